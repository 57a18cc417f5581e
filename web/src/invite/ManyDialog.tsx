import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useClient, useQuery } from 'urql'
import { askFresh } from '../graphql/fresh'
import { type InvitationPartsFragment, InvitePreviewDocument, type InvitePreviewQueryVariables, LastSessionsDocument } from '../graphql/generated/graphql'
import { unexpected } from '../graphql/problem'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { expiresAt, expiryOf } from './Expiry'
import { ManyCheck } from './ManyCheck'
import { ManyDone } from './ManyDone'
import { ManySource, type Source } from './ManySource'
import { inputOf, type List, type Row, rowsOf, summaryOf } from './rows'
import { useInvited, welcome } from './useInvited'
import { type RowResult, useInviteMany } from './useInviteMany'
import { useSending } from './useSending'
import './Many.css'

export interface ManyDialogProps {
  room: { id: string; title: string; session?: { id: string } | null }
  /** Whether to begin with the people of the last session. */
  again?: boolean
  onOne?: () => void
  onClose: () => void
}

const empty: Source = { from: 'paste', text: '', file: null, role: 'VIEWER', expiry: expiryOf(null) }

/** Invites several people: from a pasted text, a file or the last session. Nobody is invited before the list was checked. */
export default function ManyDialog({ room, again, onOne, onClose }: ManyDialogProps) {
  const client = useClient()
  const { say } = useVoice()
  const [source, setSource] = useState(empty)
  const [list, setList] = useState<List | null>(null)
  const [done, setDone] = useState<RowResult[] | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [checking, setChecking] = useState(false)
  const [invited, setInvited] = useState<RowResult[]>([])
  const read = useInvited(room.id)
  const [{ data: sessions }] = useQuery({ query: LastSessionsDocument, variables: { roomId: room.id } })
  const last = sessions?.room?.sessions.nodes.find(({ id }) => id !== room.session?.id)?.id
  const [inviteAll, now] = useInviteMany(room.id)
  const sending = useSending()

  /** Has the server read and check a list. Returns null, and shows why, if it cannot. */
  async function check(given: Omit<InvitePreviewQueryVariables, 'roomId'>, before?: Row[], unwelcome?: (string | undefined)[]): Promise<List | null> {
    setFault(null)
    setError(null)
    setChecking(true)
    const result = await askFresh(client, InvitePreviewDocument, { roomId: room.id, role: source.role, ...given })
    setChecking(false)
    const answer = result.data?.invitePreview
    if (!answer) setFault(unexpected(result.error))
    else if (answer.__typename === 'Problem') (answer.field ? setError : setFault)(answer.message)
    if (answer?.__typename !== 'InvitePreviewSuccess') return null
    const { left, more, skippedColumns, linesBefore, windows1252, rows } = rowsOf(answer, before, unwelcome)
    const next = before && list ? { ...list, left, rows } : { left, more, skippedColumns, linesBefore, windows1252, rows }
    setList(next)
    return next
  }

  async function begin() {
    setError(null)
    if (expiresAt(source.expiry) === null) return setFault(t.invite.typeUntil)
    if (source.from === 'paste') return source.text.trim() ? announce(await check({ text: source.text })) : setError(t.severalPeople.pasteEmpty)
    if (source.from === 'file') {
      if (!source.file) return setError(t.severalPeople.fileEmpty)
      if (source.file.size > 1 << 20) return setError(t.severalPeople.fileLong)
      const file = await base64(source.file)
      return file === null ? setError(t.severalPeople.fileLost) : announce(await check({ file }))
    }
    return beginAgain()
  }

  async function beginAgain() {
    if (!last) return setError(t.severalPeople.earlierNone)
    setChecking(true)
    const people = await read(last)
    setChecking(false)
    if (!people) return setFault(t.invitations.notRead)
    const first = people.slice(0, 500)
    const checked = await check({ rows: first.map(inputOf) }, undefined, first.map(unwelcomeOf))
    if (checked) setList({ ...checked, more: people.length - first.length })
    announce(checked)
  }

  const announce = (checked: List | null) => checked && say(summaryOf(checked.rows))

  const begun = useRef(false)
  const beginOnce = useEffectEvent(() => {
    if (begun.current) return
    begun.current = true
    setSource((before) => ({ ...before, from: 'earlier' }))
    void beginAgain()
  })
  const ready = sessions !== undefined
  useEffect(() => {
    if (again && ready) beginOnce()
  }, [again, ready])

  const ticked = list?.rows.filter((row) => row.ticked) ?? []

  async function invite() {
    if (!list) return
    if (ticked.length === 0) return setFault(t.severalPeople.nobody)
    if (ticked.length > list.left) return setFault(t.severalPeople.tooMany(list.left))
    setFault(null)
    const rest = ticked.slice(invited.length).map(inputOf)
    const { rows, stopped: why } = await inviteAll({ people: rest, of: room.session?.id, expiresAt: expiresAt(source.expiry) ?? undefined, send: sending.send, language: sending.send ? sending.language : undefined })
    const all = [...invited, ...rows]
    setInvited(all)
    if (why !== null) return setFault(t.severalPeople.stopped(all.length, ticked.length, why))
    say(t.severalPeople.done(all.filter(({ outcome }) => outcome === 'INVITED').length))
    setDone(all)
  }

  if (done) {
    const more = () => {
      setDone(null)
      setList(null)
      setInvited([])
      setSource((before) => ({ ...before, text: '', file: null, from: 'paste' }))
    }
    return <ManyDone rows={done} left={list?.rows.filter((row) => !row.ticked) ?? []} title={room.title} onMore={more} onClose={onClose} />
  }
  const began = now !== null || invited.length > 0
  const step = (submit: () => void, primary: string, back?: () => void) => (
    <Dialog
      wide
      title={t.severalPeople.title}
      subtitle={room.title}
      onClose={onClose}
      onSubmit={submit}
      unsaved={list !== null || Boolean(source.text.trim() || source.file)}
      asks={began ? { text: t.severalPeople.leave, leave: t.severalPeople.stop, stay: t.severalPeople.stay } : undefined}
      fault={fault}
      foot={
        <>
          <Button kind="quiet" onClick={back ?? onClose}>
            {back ? t.severalPeople.back : t.cancel}
          </Button>
          <Button type="submit" kind="primary" busy={checking || now !== null}>
            {primary}
          </Button>
        </>
      }
    >
      {list === null ? (
        <ManySource value={source} error={error} last={last} read={read} onChange={(next) => { setSource(next); setError(null) }} onOne={onOne} />
      ) : began ? (
        <div className="stack stack--tight">
          <progress className="many__bar" max={ticked.length} value={invited.length + (now ?? 0)} aria-label={t.severalPeople.title} />
          <p className="small soft" role="status">{t.severalPeople.inviting(invited.length + (now ?? 0), ticked.length)}</p>
        </div>
      ) : (
        <ManyCheck list={list} sending={sending.field} busy={checking} onTick={(rows) => setList({ ...list, rows })} onEdit={(rows) => void check({ rows: rows.map(inputOf) }, rows)} />
      )}
    </Dialog>
  )
  if (list === null) return step(() => void begin(), t.severalPeople.check)
  if (began) return step(() => void invite(), now === null ? t.severalPeople.goOn : t.severalPeople.invite(ticked.length))
  return step(() => void invite(), t.severalPeople.invite(ticked.length), () => { setList(null); setFault(null) })
}

const unwelcomeOf = (person: InvitationPartsFragment) => (welcome(person) ? undefined : person.revokedAt ? t.statuses.REVOKED : t.people.states[person.participant?.state ?? 'LEFT'])

/** Returns the bytes of a file in Base64, null if it cannot be read. */
async function base64(file: File): Promise<string | null> {
  try {
    const bytes = new Uint8Array(await file.arrayBuffer())
    let text = ''
    for (let from = 0; from < bytes.length; from += 0x8000) text += String.fromCharCode(...bytes.subarray(from, from + 0x8000))
    return btoa(text)
  } catch {
    return null
  }
}
