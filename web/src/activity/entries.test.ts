import { describe, expect, it } from 'vitest'
import { foldedLines, kindOf } from './entries'
import type { RoomEvent } from './sentence'

let revision = 0
const start = Date.parse('2026-11-24T18:00:00.000Z')

/** One event more, so many seconds after the last. */
function happens(typename: RoomEvent['__typename'], who: string, fields: Record<string, unknown> = {}, after = 1): RoomEvent {
  revision += 1
  const at = new Date(start + revision * after * 1000).toISOString()
  const about = typename.startsWith('Invitation') ? { invitation: { id: `i-${who}` } } : { participant: { id: `p-${who}`, displayName: who } }
  return { __typename: typename, id: `e${revision}`, revision, at, actor: who, subject: who, ...about, ...fields } as unknown as RoomEvent
}
const enters = (who: string) => happens('ParticipantChanged', who, { previousState: 'LOBBY', state: 'IN_ROOM', role: 'VIEWER' })
const leaves = (who: string) => happens('ParticipantChanged', who, { previousState: 'IN_ROOM', state: 'LEFT', role: 'VIEWER' })
const admitted = (who: string, actor: string) => happens('ParticipantChanged', who, { previousState: 'WAITING', state: 'IN_ROOM', role: 'VIEWER', actor })
const day = (at: string) => at.slice(0, 10)
const told = (events: RoomEvent[], complete = true) =>
  foldedLines(events.toReversed(), complete, day).lines.map(({ run, count, events: all, more }) => (run ? `${run} ${count}${more ? '+' : ''}` : `${all[0]?.__typename} ${all[0]?.subject}`))

describe('runs of events', () => {
  it('become one line when somebody comes and goes, also while others do', () => {
    const noor = Array.from({ length: 6 }, () => [enters('Noor'), enters('Ida'), leaves('Noor')]).flat().filter((event, index) => event.subject === 'Noor' || index < 5)
    expect(told(noor)).toEqual(['cameAndWent 6', 'ParticipantChanged Ida', 'ParticipantChanged Ida'])
  })

  it('become one line from the fourth person on', () => {
    const three = ['a', 'b', 'c'].map((who) => admitted(who, 'Ada'))
    expect(told(three)).toHaveLength(3)
    expect(told([...three, admitted('d', 'Ada')])).toEqual(['admitted 4'])
    expect(told([...three, admitted('d', 'Bo')])).toHaveLength(4)
  })

  it('say that they are longer where older events are not read', () => {
    expect(told(['a', 'b', 'c', 'd'].map(enters), false)).toEqual(['entered 4+'])
  })

  it('end at anything that is worth its own line', () => {
    const events = [...['a', 'b', 'c', 'd'].map(enters), happens('SessionEnded', ''), ...['e', 'f', 'g', 'h'].map(enters)]
    expect(told(events)).toEqual(['entered 4', 'SessionEnded ', 'entered 4'])
  })

  it('are folded as far as they are shown, at N and N+1', () => {
    const events = ['a', 'b', 'c'].map((who) => happens('RolePromoted', who, { role: 'SPEAKER' }))
    const folded = (most: number) => {
      const { lines, rest } = foldedLines(events.toReversed(), false, day, most)
      return [lines.map((line) => line.events[0]?.subject).join(''), rest]
    }
    expect([folded(2), folded(3), folded(4)]).toEqual([['cb', true], ['cba', false], ['cba', false]])
  })

  it('of a crowd are few lines, quickly', () => {
    const crowd = Array.from({ length: 1000 }, (_, index) => [happens('InvitationOpened', `p${index}`), happens('InvitationRedeemed', `p${index}`), enters(`p${index}`)]).flat()
    const begun = performance.now()
    expect(told(crowd)).toEqual(['entered 1000', 'accepted 1000', 'opened 1000'])
    expect(performance.now() - begun).toBeLessThan(1_000)
  })
})

it('filters tell entries, changes and problems apart, and leave out what another event says', () => {
  const refused = happens('RedemptionRefused', 'Sam', { code: 'EMAIL_MISMATCH' })
  const denied = happens('ParticipantChanged', 'Sam', { previousState: 'WAITING', state: 'DENIED', actor: 'Ada' })
  const revokedOut = happens('ParticipantChanged', 'Sam', { previousState: 'IN_ROOM', state: 'LEFT', actor: 'Ada' })
  const made = happens('RolePromoted', 'Sam', { role: 'SPEAKER' })
  expect([refused, denied, enters('Sam'), made, revokedOut, happens('RoleDelivered', 'Sam'), happens('MailsChanged', 'Sam')].map(kindOf)).toEqual(['problems', 'problems', 'entries', 'changes', null, null, null])
})
