import { type FormEvent, useState } from 'react'
import { AskHostDocument, type LinkPartsFragment } from '../graphql/generated/graphql'
import { useRun } from '../graphql/useRun'
import { t } from '../texts'
import { Button } from '../ui/Button'
import { TextField } from '../ui/Field'
import { tabStorage } from '../ui/storage'

interface AskHostProps {
  token: string
  host: string | null | undefined
  onAsked?: (link: LinkPartsFragment) => void
}

/** A form that asks the host to let this device in, or to extend the link. */
export default function AskHost({ token, host, onAsked }: AskHostProps) {
  const [ask, busy] = useRun(AskHostDocument)
  const [message, setMessage] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const sent = message.trim()
    const outcome = await ask({ input: { token, message: sent || undefined } })
    if ('fault' in outcome) return setFault(outcome.fault)
    if ('problem' in outcome) return setFault(outcome.problem.code === 'TOO_MANY_ATTEMPTS' ? t.link.askedTooOften : outcome.problem.message)
    keepMessage(token, sent)
    onAsked?.(outcome.answer.link)
  }
  return (
    <form className="stack full" noValidate onSubmit={(event) => void submit(event)}>
      <TextField label={t.link.wordToHost} optional limited={{ text: message, limit: 280 }} value={message} error={fault} onChange={(event) => setMessage(event.target.value)} autoComplete="off" />
      <Button type="submit" kind="primary" size="large" wide busy={busy}>
        {host ? t.link.askNamed(host) : t.link.askHost}
      </Button>
    </form>
  )
}

// The tab keeps what was asked through reloads. The server shows it to managers only, since others may have the same link.
const key = 'usher.asked'

function keepMessage(token: string, message: string) {
  tabStorage()?.setItem(key, JSON.stringify({ token, message }))
}

/** Returns the message that this tab sent to the host of a link, or an empty text. */
export function sentMessage(token: string): string {
  const kept = JSON.parse(tabStorage()?.getItem(key) ?? 'null') as { token: string; message: string } | null
  return kept?.token === token ? kept.message : ''
}
