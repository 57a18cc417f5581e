import { describe, expect, it } from 'vitest'
import { delivery } from './delivery'

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
