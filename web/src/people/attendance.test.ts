import { describe, expect, it } from 'vitest'
import type { AttendeePartsFragment } from '../graphql/generated/graphql'
import { bySeniority, delivery, groupPeople } from './attendance'

function person(id: string, more: Partial<AttendeePartsFragment> = {}): AttendeePartsFragment {
  return {
    id, displayName: id, guest: true, state: 'IN_ROOM', online: true, role: 'VIEWER', managerRole: null,
    roleRevision: 1, roleDelivered: true, waitingSince: null, session: { id: 's' }, ...more,
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

describe('delivery', () => {
  it.each([
    ['has arrived', { roleDelivered: true, online: true }, true, 'delivered'],
    ['is no news on a page that did not see the change', { roleDelivered: true, online: true }, false, null],
    ['is on its way to who is connected', { roleDelivered: false, online: true }, true, 'under way'],
    ['applies later to who is away', { roleDelivered: false, online: false }, true, 'later'],
    ['applies later also on a page that was loaded since', { roleDelivered: false, online: false }, false, 'later'],
    ['applies later to who has left', { roleDelivered: false, online: false, state: 'LEFT' }, true, 'later'],
    ['is not spoken of once who has left was told', { roleDelivered: true, online: false, state: 'LEFT' }, true, null],
    ['is not spoken of where the role was never changed', { roleDelivered: false, online: false, roleRevision: 1 }, false, null],
    ['is not spoken of where somebody is out', { roleDelivered: false, online: false, state: 'BLOCKED' }, true, null],
    ['is not spoken of where nobody may know', { roleDelivered: null, online: true }, true, null],
  ] as const)('%s', (_name, state, changed, said) => {
    expect(delivery({ state: 'IN_ROOM', roleRevision: 2, ...state }, changed)).toBe(said)
  })
})
