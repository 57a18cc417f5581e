import { Suspense, useEffect, useRef, useState } from 'react'
import { createPortal, flushSync } from 'react-dom'
import { type InteractionState, StartPollDocument } from '../graphql/generated/graphql'
import type { PlaceEvent } from '../graphql/roomEvents'
import { useDo } from '../graphql/useRun'
import { Boundary } from '../shell/Boundary'
import { part } from '../shell/part'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Button } from '../ui/Button'
import { Empty } from '../ui/Empty'
import { Scroll } from '../ui/Scroll'
import type { Draft } from './draft'
import type { Typed } from './PollAnswer'
import { PollCard } from './PollCard'
import { PollOnStage } from './PollOnStage'
import { type Poll, type Running, usePolls } from './usePolls'
import './Polls.css'

const PollForm = part(() => import('./PollForm'))

const groups: InteractionState[] = ['OPEN', 'DRAFT', 'STOPPED']

interface PollsProps {
  roomId: string
  meId: string
  /** The newest counts of the poll that runs, if any does. */
  running: Running | null
  /** The reader has looked at the panel. */
  wanted: boolean
  /** The reader drafts and runs polls. */
  initiates: boolean
  /** The panel is the one that is shown. */
  shown: boolean
  /** Where on the stage the poll that runs goes. */
  stage: HTMLElement | null
  /** Opens the panel. */
  onOpen: () => void
  /** Gets how many polls wait for the reader's answer. */
  onWaiting: (count: number) => void
}

/** The polls of the room: the one that runs, for hosts the drafts, and those that are closed. */
export default function Polls({ roomId, meId, running: counted, wanted, initiates, shown, stage, onOpen, onWaiting }: PollsProps) {
  const { say } = useVoice()
  const { polls, change, older } = usePolls(roomId, meId, counted, wanted || initiates, heard)
  const [typed, setTyped] = useState<Typed | null>(null)
  const [editing, setEditing] = useState<{ poll: Poll | null } | null>(null)
  const [kept, setKept] = useState<Draft | null>(null)
  const [start] = useDo(StartPollDocument)
  const create = useRef<HTMLButtonElement>(null)
  const list = useRef<HTMLDivElement>(null)

  /** Says once that a poll has begun, or that its results are there. */
  function heard(event: PlaceEvent) {
    if (event.__typename === 'InteractionChanged' && event.to === 'OPEN' && event.poll) say(t.polls.began(event.poll.title))
    if (event.__typename === 'ResultsShared' && event.poll) say(t.polls.shared(event.poll.title))
  }

  const waiting = polls?.filter(({ state, myAnswer }) => state === 'OPEN' && !myAnswer).length ?? 0
  useEffect(() => onWaiting(waiting), [waiting, onWaiting])
  if (!polls) return <Scroll className="tool__scroll" label={t.polls.title}>{null}</Scroll>
  const running = polls.find(({ state }) => state === 'OPEN')
  /** Keeps focus in the panel. A poll that has begun is at its beginning. */
  const toList = (begun: boolean) => requestAnimationFrame(() => {
    list.current?.focus({ preventScroll: true })
    if (begun) list.current?.scrollTo({ top: 0 })
  })
  /** Closes the form, and puts focus on the button that comes in its place. */
  const close = () => {
    flushSync(() => setEditing(null))
    create.current?.focus()
  }
  async function saved(poll: Poll, startNow: boolean) {
    change(poll.id, poll)
    if (!editing?.poll) setKept(null)
    close()
    const done = startNow && (await start({ id: poll.id }))
    if (done) change(poll.id, done.interaction)
  }
  const onStage = running && stage && createPortal(
    <PollOnStage poll={running} beside={shown && !editing} typed={typed} onType={setTyped} onAnswered={(to) => change(to.id, to)} onOpen={onOpen} />,
    stage,
  )
  if (initiates && editing)
    return (
      <>
        {onStage}
        <Boundary panel>
          <Suspense fallback={null}>
            <PollForm
              roomId={roomId}
              poll={editing.poll}
              kept={kept}
              onClose={(draft) => {
                if (!editing.poll) setKept(draft)
                close()
              }}
              onSaved={(poll, startNow) => void saved(poll, startNow)}
            />
          </Suspense>
        </Boundary>
      </>
    )
  return (
    <>
      {onStage}
      <Scroll className="tool__scroll" label={t.polls.title} ref={list}>
        {polls.length === 0 && <Empty icon="poll" title={t.polls.none} text={initiates ? t.polls.noneForHosts : t.polls.noneText} />}
        {groups.map((group) => {
          const rows = polls.filter(({ state }) => state === group)
          return rows.length === 0 ? null : (
            <section key={group} className="polls">
              <h2 className="polls__group">{t.polls.groups[group]}</h2>
              <ul>
                {rows.map((poll) => (
                  <li key={poll.id} className="poll">
                    <PollCard
                      poll={poll}
                      initiates={initiates}
                      blocked={Boolean(running)}
                      shown={shown}
                      typed={typed}
                      onType={setTyped}
                      onChange={(to) => change(poll.id, to)}
                      onRun={(to) => {
                        change(poll.id, to)
                        toList(to?.state === 'OPEN')
                      }}
                      onCopied={(copy) => change(copy.id, copy)}
                      onEdit={() => setEditing({ poll })}
                    />
                  </li>
                ))}
              </ul>
            </section>
          )
        })}
        {older && <div className="polls__older"><Button kind="quiet" size="small" busy={older.reading} onClick={older.read}>{t.polls.older}</Button></div>}
      </Scroll>
      {initiates && (
        <div className="tool__foot">
          <Button kind="primary" wide icon="plus" data-pane-start ref={create} onClick={() => setEditing({ poll: null })}>{t.polls.create}</Button>
        </div>
      )}
    </>
  )
}
