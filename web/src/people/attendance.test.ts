import { describe, expect, it } from 'vitest'
import type { AttendeePartsFragment } from '../graphql/generated/graphql'
import { bySeniority, fits, groupPeople, offersFor, placesOf } from './attendance'

function person(id: string, more: Partial<AttendeePartsFragment> = {}): AttendeePartsFragment {
  return {
    id, displayName: id, guest: true, state: 'IN_ROOM', online: true, role: 'VIEWER', managerRole: null,
    roleRevision: 1, roleDelivered: true, waitingSince: null, mayChangeRole: true, rolesToGive: ['VIEWER', 'SPEAKER', 'MODERATOR'], mayRemove: true, mayUnblock: true, session: { id: 's' }, ...more,
  }
}

describe('groupPeople', () => {
  it('puts everyone under their role, managers first, and who waits nowhere', () => {
    const groups = groupPeople([
      person('Zoe'),
      person('Ben', { role: 'SPEAKER' }),
      person('Moe', { role: 'MODERATOR' }),
      person('Ann', { role: 'MODERATOR', managerRole: 'OWNER' }),
      person('Kim', { state: 'WAITING' }),
      person('Bad', { state: 'BLOCKED', role: 'MODERATOR' }),
    ])
    expect(groups.map((group) => [group.key, group.people.map((one) => one.id)])).toEqual([
      ['moderators', ['Ann', 'Moe']],
      ['speakers', ['Ben']],
      ['viewers', ['Zoe']],
      ['out', ['Bad']],
    ])
  })

  it('puts those who closed the page under away, but never oneself', () => {
    const people = [
      person('Ann', { online: false }),
      person('Ben', { online: false, state: 'LOBBY' }),
      person('Cleo', { online: false, state: 'COUNTDOWN', role: 'MODERATOR' }),
      person('Dan', { online: false, state: 'LEFT' }),
      person('Me', { online: false }),
    ]
    expect(groupPeople(people, 'Me').map((group) => [group.key, group.people.map((one) => one.id)])).toEqual([
      ['viewers', ['Me']],
      ['away', ['Cleo', 'Ann', 'Ben']],
      ['left', ['Dan']],
    ])
  })
})

it('the one who waits longest comes first', () => {
  const people = [person('late', { waitingSince: '2026-11-24T15:02:00.000Z' }), person('early', { waitingSince: '2026-11-24T15:01:00.000Z' })]
  expect(bySeniority(people).map((one) => one.id)).toEqual(['early', 'late'])
})

describe('offersFor', () => {
  const offered = (person: Parameters<typeof offersFor>[0], me = false) => Object.entries(offersFor(person, me)).flatMap(([what, may]) => (may ? [what] : []))

  it.each([
    ['COUNTDOWN', ['changeRole', 'remove']],
    ['LOBBY', ['changeRole', 'remove']],
    ['WAITING', ['changeRole', 'remove']],
    ['IN_ROOM', ['changeRole', 'remove']],
    ['LEFT', ['changeRole']],
    ['REMOVED', ['changeRole']],
    ['DENIED', ['unblock']],
    ['BLOCKED', ['unblock']],
  ] as const)('offers what a person who is %s allows', (state, offers) => {
    expect(offered({ state, mayChangeRole: true, mayRemove: true, mayUnblock: true })).toEqual(offers)
    expect(offered({ state, mayChangeRole: false, mayRemove: false, mayUnblock: false })).toEqual([])
    expect(offered({ state, mayChangeRole: true, mayRemove: true, mayUnblock: true }, true)).toEqual([])
  })

  it('offers a moderator what they may do', () => {
    expect(offered({ state: 'IN_ROOM', mayChangeRole: true, mayRemove: true, mayUnblock: false })).toEqual(['changeRole', 'remove'])
    expect(offered({ state: 'BLOCKED', mayChangeRole: true, mayRemove: true, mayUnblock: false })).toEqual([])
  })
})

describe('placesOf', () => {
  it('counts everybody once', () => {
    const counts = { countdown: 1, lobby: 4, waiting: 5, inRoom: 9, left: 2, denied: 1, removed: 3, blocked: 1, away: { countdown: 1, lobby: 1, waiting: 2, inRoom: 3 } }
    expect(placesOf(counts)).toEqual({ inRoom: 6, lobby: 3, waiting: 5, away: 5, left: 2, out: 5 })
    const { away: _, ...states } = counts
    const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0)
    expect(sum(Object.values(placesOf(counts)))).toBe(sum(Object.values(states)))
  })
})

describe('fits', () => {
  it.each([
    ['IN_ROOM', true, ['inRoom']],
    ['IN_ROOM', false, ['away']],
    ['LOBBY', true, ['lobby']],
    ['COUNTDOWN', false, ['away']],
    ['WAITING', true, ['waiting']],
    ['WAITING', false, ['waiting']],
    ['LEFT', false, ['left']],
    ['BLOCKED', true, ['out']],
  ] as const)('lists a person who is %s, online %s, in one place', (state, online, places) => {
    const all = ['inRoom', 'lobby', 'waiting', 'away', 'left', 'out'] as const
    expect(all.filter((where) => fits(person('Ann', { state, online }), where))).toEqual(places)
    expect(fits(person('Ann', { state, online }), null)).toBe(true)
  })
})
