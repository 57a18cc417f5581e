import { useRef, useState } from 'react'
import {
  AdmitAllDocument, AdmitParticipantDocument, AdmitParticipantsDocument, type AttendeePartsFragment, DenyAllDocument, DenyParticipantDocument, DenyParticipantsDocument,
  type RoomRole,
} from '../graphql/generated/graphql'
import { useServerNow } from '../graphql/clock'
import { useDo } from '../graphql/useRun'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Button } from '../ui/Button'
import { Confirm } from '../ui/Dialog'
import { More } from '../ui/More'
import { Name } from '../ui/Text'
import { span } from '../ui/time'
import { useShown } from './usePeople'
import './queue.css'

interface WaitingProps {
  roomId: string
  /** Those who were read, the longest-waiting first. */
  people: AttendeePartsFragment[]
  /** How many wait, with that role. Null in a search, which finds only some of them. */
  total: number | null
  /** How many of them do not have the page open. */
  away: number
  role: RoomRole | null
  /** Reads more of them, if there are more. */
  onMore?: () => void
  onEmpty: () => void
}

type Answer = 'admit' | 'deny'

// More people at once than this are a question first.
const manyPeople = 20
// The API's limit of a list.
const atOnce = 500

function pagesOf(ids: string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / atOnce) }, (_, page) => ids.slice(page * atOnce, (page + 1) * atOnce))
}

/** The queue: those who wait to be admitted, one by one, several, or all. */
export function Waiting({ roomId, people, total, away, role, onMore, onEmpty }: WaitingProps) {
  const [admit] = useDo(AdmitParticipantDocument)
  const [deny] = useDo(DenyParticipantDocument)
  const [admitAll, admittingAll] = useDo(AdmitAllDocument)
  const [denyAll, denyingAll] = useDo(DenyAllDocument)
  const [admitSome, admittingSome] = useDo(AdmitParticipantsDocument)
  const [denySome, denyingSome] = useDo(DenyParticipantsDocument)
  const { say, toast } = useVoice()
  const now = useServerNow(10_000)
  const list = useRef<HTMLUListElement>(null)
  const [working, setWorking] = useState<string | null>(null)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [asking, setAsking] = useState<Answer | null>(null)
  const [shown, showMore] = useShown('queue')

  const selected = people.filter((person) => chosen.has(person.id)).map((person) => person.id)
  const all = total ?? people.length
  const count = selected.length || all
  const busy = admittingAll || denyingAll || admittingSome || denyingSome
  // A search shows some of those who wait, so only those can be answered together.
  const named = selected.length > 0 ? selected : total === null ? people.map((person) => person.id) : null

  async function answerMany(how: Answer) {
    setAsking(null)
    const roles = role ? [role] : null
    let done = 0
    if (!named && how === 'admit') done = (await admitAll({ roomId, role: roles }))?.admitted ?? 0
    if (!named && how === 'deny') done = (await denyAll({ roomId, role: roles }))?.denied ?? 0
    for (const participantIds of pagesOf(named ?? [])) {
      if (how === 'admit') done += (await admitSome({ roomId, participantIds }))?.admitted ?? 0
      else done += (await denySome({ roomId, participantIds }))?.denied ?? 0
    }
    setChosen(new Set())
    if (done === 0) return
    toast({ text: how === 'admit' ? t.people.admittedMany(done) : t.people.deniedMany(done) })
    onEmpty()
  }
  const ask = (how: Answer) => {
    if (count > manyPeople || (how === 'deny' && !named)) setAsking(how)
    else void answerMany(how)
  }

  // An answered row disappears, so focus moves to the next row, then to the panel.
  async function answerOne(person: AttendeePartsFragment, how: Answer) {
    const next = people[people.findIndex((one) => one.id === person.id) + 1] ?? people.find((one) => one.id !== person.id)
    setWorking(person.id)
    const done = await (how === 'admit' ? admit : deny)({ participantId: person.id })
    setWorking(null)
    if (!done) return
    say(how === 'admit' ? t.people.admitted(person.displayName) : t.people.denied(person.displayName))
    requestAnimationFrame(() => {
      const button = next && list.current?.querySelector<HTMLElement>(`[data-person="${CSS.escape(next.id)}"] .button--primary`)
      if (button) button.focus()
      else onEmpty()
    })
  }

  const choose = (id: string, on: boolean) => {
    const after = new Set(selected)
    if (on) after.add(id)
    else after.delete(id)
    setChosen(after)
  }
  const several = all > 1
  const words = { count, role }
  return (
    <>
      <div className="queue-bar">
        {several && (
          <input
            type="checkbox"
            className="queue-check"
            aria-label={t.people.selectAll}
            checked={selected.length > 0 && selected.length === people.length}
            ref={(box) => {
              if (box) box.indeterminate = selected.length > 0 && selected.length < people.length
            }}
            onChange={(event) => setChosen(new Set(event.target.checked ? people.map((person) => person.id) : []))}
          />
        )}
        <h3 className="queue-bar__title">{selected.length > 0 ? t.people.selected(selected.length) : t.people.waiting(all)}</h3>
        {(several || selected.length > 0) && (
          <div className="queue-bar__actions">
            <Button size="small" busy={busy} onClick={() => ask('deny')}>
              {named ? t.people.denySome(count) : t.people.denyAll}
            </Button>
            <Button kind="primary" size="small" busy={busy} onClick={() => ask('admit')}>
              {named ? t.people.admitSome(count) : t.people.admitAll({ ...words, away })}
            </Button>
          </div>
        )}
      </div>
      <ul className="queue" aria-label={t.people.waitingLabel} ref={list}>
        {people.slice(0, shown).map((person, index) => {
          const name = person.displayName
          const facts = [t.roles[person.role], person.waitingSince && t.people.waitsFor(span(now - Date.parse(person.waitingSince))), !person.online && t.people.awayShort]
          return (
            <li className="queue-row" key={person.id} data-person={person.id}>
              {several && (
                <input type="checkbox" className="queue-check" aria-label={t.people.select(name)} checked={chosen.has(person.id)} onChange={(event) => choose(person.id, event.target.checked)} />
              )}
              <div className="queue-row__main">
                <span className="queue-row__name" title={name}>
                  <Name>{name}</Name>
                </span>
                <span className="queue-row__facts">{facts.filter(Boolean).join(' · ')}</span>
              </div>
              <div className="queue-row__actions">
                <Button kind="quiet" size="small" icon="x" aria-label={t.people.denyNamed(name)} onClick={() => void answerOne(person, 'deny')}>
                  <span className="queue-row__word">{t.people.deny}</span>
                </Button>
                <Button
                  kind="primary"
                  size="small"
                  busy={working === person.id}
                  aria-label={t.people.admitNamed(name)}
                  aria-keyshortcuts={index === 0 ? 'A' : undefined}
                  onClick={() => void answerOne(person, 'admit')}
                >
                  {t.people.admit}
                </Button>
              </div>
            </li>
          )
        })}
        {people.length > shown ? <More key={shown} onNear={showMore} /> : onMore && <More key={people.length} onNear={onMore} />}
      </ul>
      {asking && (
        <Confirm
          title={asking === 'admit' ? t.people.admitTitle(words) : t.people.denyTitle(words)}
          text={asking === 'admit' ? t.people.admitText(named ? 0 : away) : t.people.denyText}
          confirm={asking === 'admit' ? t.people.admitSome(count) : t.people.denySome(count)}
          kind={asking === 'admit' ? 'primary' : undefined}
          busy={busy}
          onClose={() => setAsking(null)}
          onConfirm={() => void answerMany(asking)}
        />
      )}
    </>
  )
}
