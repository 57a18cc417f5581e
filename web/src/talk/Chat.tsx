import { Fragment, type ReactNode, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { type Channel, EditMessageDocument, type PostedPartsFragment } from '../graphql/generated/graphql'
import { useRun } from '../graphql/useRun'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Button } from '../ui/Button'
import { Empty } from '../ui/Empty'
import { Icon } from '../ui/Icon'
import { Scroll } from '../ui/Scroll'
import { clock } from '../ui/time'
import { type About, Composer, ComposerOff } from './Composer'
import { ChannelButton } from './ChannelButton'
import { type Action, Message } from './Message'
import type { Message as Row } from './messages'
import { Pending } from './Pending'
import { Pinned } from './Pinned'
import { speaker } from './speak'
import { useMessages, type Rules } from './useMessages'
import { useMissed } from './useMissed'
import { useModeration } from './useModeration'
import { type Named, useSending } from './useSending'
import './Chat.css'

export interface ChatProps {
  roomId: string
  channel: Channel
  me: { id: string; role: string; displayName: string }
  moderates: boolean
  /** How long viewers wait between two messages in the chat now, in seconds. */
  gap: number
  /** The panel is the one that is shown. */
  shown: boolean
  /** The reader sees it now: it is shown, and so is the page. */
  seen: boolean
  /** Where on the stage the pinned message goes. */
  stage: HTMLElement | null
  /** Gets what is new while the reader does not see the panel: how many messages, and how many of them concern the reader. */
  onNews: (news: { count: number; toMe: number }) => void
}

/** A channel: what was written, newest last, and the field to write in. */
export function Chat({ roomId, channel, me, moderates, gap, shown, seen, stage, onNews }: ChatProps) {
  const back = channel === 'BACKCHANNEL'
  const scroll = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const [below, setBelow] = useState(0)
  const [text, setText] = useState('')
  const [about, setAbout] = useState<About>(null)
  const [named, setNamed] = useState<Named[]>([])
  const [editFault, setEditFault] = useState<string | null>(null)
  const { say } = useVoice()
  const isMine = (row: PostedPartsFragment) => row.author.participantId === me.id
  const isToMe = (row: PostedPartsFragment) => row.mentions.some(({ participantId }) => participantId === me.id) || row.replyTo?.author.participantId === me.id
  const atEnd = () => Math.abs(scroll.current?.scrollTop ?? 0) < 8

  const voice = useRef<ReturnType<typeof speaker>>(null)
  const speak = useEffectEvent(say)
  useEffect(() => {
    const made = speaker((words) => speak(words), { now: () => performance.now(), setTimeout: (run, ms) => window.setTimeout(run, ms), clearTimeout: (timer) => clearTimeout(timer) })
    voice.current = made
    return made.stop
  }, [])

  const { held, revision, rules, ready, loading, readOlder, readNewest } = useMessages({
    roomId,
    channel,
    meId: me.id,
    moderates,
    onPosted: (messages) => {
      const others = messages.filter((row) => !isMine(row))
      if (others.length === 0) return
      voice.current?.wrote(others.map((row) => ({ author: row.author.name, text: row.text ?? '', toMe: isToMe(row) })))
      if (shown && !atEnd()) setBelow((count) => count + others.length)
      if (!seen) onNews({ count: others.length, toMe: others.filter(isToMe).length })
    },
  })
  const left = useMissed({ roomId, placeId: me.id, held, revision: back ? null : revision, seen, say })
  const sending = useSending(roomId, channel, (one) => {
    if (field.current?.value !== '') return false
    setText(one.text)
    setAbout(one.replyTo && { reply: one.replyTo })
    setNamed(one.named)
    return true
  })
  const { act, question, unpin } = useModeration(roomId, channel)
  const [edit, editing] = useRun(EditMessageDocument)
  const known = new Set(held.rows.map(({ id }) => id))
  const pending = sending.all.filter(({ id }) => id === null || !known.has(id))
  if (pending.length < sending.all.length) sending.keep(pending) // what came back may be cleared later
  // An event may come before the answer that says which message is one's own.
  const underWay = pending.find(({ id, fault }) => id === null && !fault)
  const seenBefore = underWay && held.rows.findIndex(({ id }) => id === underWay.after)
  const rows = seenBefore === undefined ? held.rows : held.rows.filter((row, index) => index <= seenBefore || !isMine(row))

  const pinnedId = rules?.pinned?.id
  const lastPinned = useRef<string | undefined>(undefined)
  useEffect(() => {
    if (ready && lastPinned.current !== undefined && pinnedId && pinnedId !== lastPinned.current) speak(t.talk.pinned(rules?.pinned?.text ?? ''))
    if (ready) lastPinned.current = pinnedId ?? ''
  }, [ready, pinnedId, rules])

  const toEnd = () => {
    setBelow(0)
    if (!held.atEnd) readNewest()
    scroll.current?.scrollTo({ top: 0 })
  }
  // Where one writes, one sees one's own words.
  useLayoutEffect(() => {
    if (pending.length > 0) scroll.current?.scrollTo({ top: 0 })
  }, [pending.length])

  const cancel = () => {
    if (about && 'edit' in about) setText('')
    setAbout(null)
    setEditFault(null)
    field.current?.focus()
  }
  const onAct = (row: Row, action: Action) => {
    if (action !== 'reply' && action !== 'mention' && action !== 'edit') return act(row, action)
    if (action === 'reply') setAbout({ reply: row })
    if (action === 'mention' && row.author.participantId) {
      setNamed((before) => [...before, { id: row.author.participantId ?? '', name: row.author.name }])
      setText((before) => `${before}${before && !/\s$/.test(before) ? ' ' : ''}@${row.author.name} `)
    }
    if (action === 'edit') {
      setAbout({ edit: row })
      setText(row.text ?? '')
    }
    requestAnimationFrame(() => field.current?.focus())
  }
  async function saveEdit(row: Row) {
    const outcome = await edit({ input: { messageId: row.id, text } })
    if ('answer' in outcome) {
      setAbout(null)
      setText('')
      return setEditFault(null)
    }
    setEditFault('problem' in outcome ? outcome.problem.message : outcome.fault)
  }
  const send = () => {
    if (about && 'edit' in about) return void saveEdit(about.edit)
    sending.write(text.trim(), about?.reply ?? null, named, held.rows.at(-1)?.id)
    if (wait > 0) sending.waitFor(wait)
    setText('')
    setAbout(null)
    setNamed([])
  }
  const off = rules && why(rules, back, me.role)
  const slow = rules?.slowModeSeconds ?? 0
  const wait = back || moderates ? 0 : me.role === 'VIEWER' ? Math.max(slow, gap) : slow
  const [waited, setWaited] = useState(wait)
  if (waited !== wait) {
    setWaited(wait)
    if (wait < waited) sending.waitNoMore()
  }
  const settings = moderates && rules && <ChannelButton roomId={roomId} channel={channel} rules={rules} />

  // Somebody who may no longer write keeps what they typed, and their place on the page.
  const told = useRef<string | null | undefined>(undefined)
  useEffect(() => {
    if (!ready || told.current === off) return
    if (told.current !== undefined) {
      speak(off ?? t.talk.open)
      if (off && shown && document.activeElement === document.body) scroll.current?.focus()
    }
    told.current = off
  }, [ready, off, shown])
  const newest = rows.at(-1)
  const last = held.rows.findLast((row) => isMine(row) && row.state === 'SHOWN')
  const pinned = rules?.pinned && <Pinned message={rules.pinned} onUnpin={moderates ? unpin : undefined} />
  return (
    <>
      {back ? pinned : stage && pinned && createPortal(pinned, stage)}
      <Scroll className="tool__scroll tool__scroll--end" label={back ? t.talk.backList : t.talk.list} ref={scroll} onScroll={() => atEnd() && below > 0 && held.atEnd && setBelow(0)}>
        {ready && held.rows.length === 0 && pending.length === 0 ? (
          <Empty icon={back ? 'back' : 'chat'} title={t.talk.none} text={back ? t.talk.noneBackText : t.talk.noneText} />
        ) : (
          <ol className="chat">
            {held.older && (
              <li className="chat__older">
                <Button kind="text" size="small" busy={loading} onClick={readOlder}>
                  {t.talk.older}
                </Button>
              </li>
            )}
            {left && !known.has(left.after ?? '') && <LeftOff words={left.words} />}
            {rows.map((row, index) => (
              <Fragment key={row.id}>
                <Message row={row} meId={me.id} more={rows[index - 1]?.id !== left?.after && follows(rows[index - 1], row)} writes={!off} moderates={moderates} pinned={row.id === pinnedId} onAct={onAct} />
                {left?.after === row.id && <LeftOff words={left.words} />}
              </Fragment>
            ))}
            {pending.map((one, index) => (
              <Pending key={one.key} one={one} me={me} more={index > 0 || Boolean(newest && isMine(newest) && newest.state === 'SHOWN')} onAgain={() => sending.again(one)} onDrop={() => sending.drop(one.key)} />
            ))}
          </ol>
        )}
      </Scroll>
      <div className="pill-place">
        {(below > 0 || !held.atEnd) && (
          <button type="button" className="pill" onClick={toEnd}>
            {below > 0 ? t.talk.newBelow(below) : t.talk.toNewest}
            <Icon name="down" />
          </button>
        )}
      </div>
      {off ? (
        <ComposerOff words={off} settings={settings} />
      ) : (
        <Composer
          back={back}
          about={about}
          text={text}
          onText={setText}
          field={field}
          until={sending.until}
          gap={wait === 0 ? null : wait > slow ? t.talk.crowded(wait) : t.talk.slow(wait)}
          busy={editing}
          fault={editFault}
          onSend={send}
          onCancel={cancel}
          onUp={() => last && onAct(last, 'edit')}
          settings={settings}
        />
      )}
      {question as ReactNode}
    </>
  )
}

/** The line where the reader left off. */
function LeftOff({ words }: { words: string }) {
  return (
    <li className="chat__since">
      <span>{words}</span>
    </li>
  )
}

/** Returns why somebody cannot write, or null. */
function why(rules: Rules, back: boolean, role: string): string | null {
  if (rules.muted) return rules.mutedUntil ? t.talk.pausedUntil(clock(rules.mutedUntil)) : t.talk.pausedSession
  if (back) return null
  if (rules.chat === 'OFF') return t.talk.off
  return rules.chat === 'HOSTS' && role === 'VIEWER' ? t.talk.hostsOnly : null
}

const soon = 5 * 60_000

/** Reports whether a message needs no name, because the same author wrote the one before a moment ago. */
function follows(before: Row | undefined, row: Row): boolean {
  const same = before?.author.participantId ? before.author.participantId === row.author.participantId : before?.author.userId && before.author.userId === row.author.userId
  return Boolean(same) && before?.state === 'SHOWN' && !row.replyTo && !row.editedAt && Date.parse(row.at) - Date.parse(before.at) < soon
}
