import { describe, expect, it } from 'vitest'
import type { AttendeePartsFragment } from '../graphql/generated/graphql'
import { bySeniority, groupPeople, offersFor } from './attendance'

function person(id: string, more: Partial<AttendeePartsFragment> = {}): AttendeePartsFragment {
  return {
    id, displayName: id, guest: true, state: 'IN_ROOM', online: true, role: 'VIEWER', managerRole: null,
    roleRevision: 1, roleDelivered: true, waitingSince: null, mayChangeRole: true, mayRemove: true, session: { id: 's' }, ...more,
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
      ['gone', ['Bad']],
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
    expect(offered({ state, mayChangeRole: true, mayRemove: true })).toEqual(offers)
    expect(offered({ state, mayChangeRole: false, mayRemove: false })).toEqual([])
    expect(offered({ state, mayChangeRole: true, mayRemove: true }, true)).toEqual([])
  })

  it('offers a moderator only to remove', () => {
    expect(offered({ state: 'IN_ROOM', mayChangeRole: false, mayRemove: true })).toEqual(['remove'])
    expect(offered({ state: 'BLOCKED', mayChangeRole: false, mayRemove: true })).toEqual([])
  })
})
