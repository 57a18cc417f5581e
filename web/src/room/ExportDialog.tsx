import { type FormEvent, useState } from 'react'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Banner } from '../ui/Banner'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { SelectField } from '../ui/Field'

const contents = ['ATTENDANCE', 'CHAT', 'BACKCHANNEL', 'QUESTIONS', 'INTERACTIONS', 'ANSWERS', 'HANDS'] as const
const formats = ['CSV', 'NDJSON'] as const

/** Saves what the session has in a tool to a file. */
export function ExportDialog({ sessionId, onClose }: { sessionId: string; onClose: () => void }) {
  const [what, setWhat] = useState<string>(contents[0])
  const [format, setFormat] = useState<string>(formats[0])
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const { toast } = useVoice()

  async function save(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setFault(null)
    const outcome = await download({ session: sessionId, what, format })
    setBusy(false)
    if (outcome) return setFault(outcome)
    toast({ text: t.exporting.saved })
    onClose()
  }
  return (
    <Dialog
      title={t.exporting.title}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button kind="primary" type="submit" form="export" busy={busy}>
            {t.exporting.save}
          </Button>
        </>
      }
    >
      <form id="export" className="stack" onSubmit={(event) => void save(event)}>
        <p className="soft">{t.exporting.text}</p>
        {fault && (
          <Banner tone="danger" icon="alert" role="alert">
            {fault}
          </Banner>
        )}
        <SelectField label={t.exporting.what} value={what} onChange={({ target }) => setWhat(target.value)}>
          {contents.map((one) => (
            <option key={one} value={one}>
              {t.exporting.contents[one]}
            </option>
          ))}
        </SelectField>
        <SelectField label={t.exporting.format} value={format} onChange={({ target }) => setFormat(target.value)}>
          {formats.map((one) => (
            <option key={one} value={one}>
              {t.exporting.formats[one]}
            </option>
          ))}
        </SelectField>
      </form>
    </Dialog>
  )
}

/** Saves the file of an export. It returns why that was not possible, or null. */
async function download(form: Record<string, string>): Promise<string | null> {
  try {
    const answer = await fetch('/export', { method: 'POST', body: new URLSearchParams(form) })
    if (answer.status === 429) return t.exporting.tooMany
    if (!answer.ok) return t.exporting.failed
    const name = /filename="([^"]+)"/.exec(answer.headers.get('Content-Disposition') ?? '')?.[1]
    const anchor = document.createElement('a')
    anchor.href = URL.createObjectURL(await answer.blob())
    anchor.download = name ?? 'export'
    anchor.click()
    setTimeout(() => URL.revokeObjectURL(anchor.href), 60_000)
    return null
  } catch {
    return t.exporting.failed // the connection was lost, or the server broke the file off
  }
}
