import { describe, expect, it } from 'vitest'
import type { PersonPartsFragment } from '../graphql/generated/graphql'
import type { PlaceEvent } from '../graphql/roomEvents'
import { type Here, hereOf, nobody, type Said, whoIsHere, withEvent } from './here'

const person = (id: string, more: Partial<PersonPartsFragment> = {}): PersonPartsFragment => ({
  id, displayName: id, guest: true, state: 'IN_ROOM', online: true, role: 'SPEAKER', managerRole: null, ...more,
})
const me = person('Me', { role: 'VIEWER' })
const kinds = ['ParticipantChanged', 'ParticipantRemoved', 'RolePromoted', 'RoleDemoted'] as const
const event = (revision: number, who: PersonPartsFragment, kind: (typeof kinds)[number] = 'ParticipantChanged') =>
  ({ __typename: kind, id: `e${revision}`, revision, participant: who }) as PlaceEvent
const plain = (kind: 'SessionStarted' | 'RoomUpdated', revision: number) => ({ __typename: kind, id: `e${revision}`, revision }) as PlaceEvent
const here = (revision: number, ...people: PersonPartsFragment[]): Here => ({ revision, people: [me, ...people], more: false })
const after = (...events: PlaceEvent[]): Said => events.reduce(withEvent, nobody)
const names = (read: Here | null, said: Said, who = me) => whoIsHere(read, said, who).map(({ id }) => id)

describe('the list of who is here', () => {
  it.each([
    ['somebody enters', here(5), after(event(6, person('Wei'))), ['Me', 'Wei']],
    ['somebody leaves', here(5, person('Wei')), after(event(6, person('Wei', { state: 'LEFT' }))), ['Me']],
    ['somebody is removed', here(5, person('Wei')), after(event(6, person('Wei', { state: 'REMOVED' }), 'ParticipantRemoved')), ['Me']],
    ['somebody leaves and enters in one batch', here(5, person('Wei')), after(event(6, person('Wei', { state: 'LEFT' })), event(7, person('Wei'))), ['Me', 'Wei']],
    ['somebody enters and leaves in one batch', here(5), after(event(6, person('Wei')), event(7, person('Wei', { state: 'LEFT' }))), ['Me']],
    ['a viewer becomes a speaker', here(5), after(event(6, person('Wei'), 'RolePromoted')), ['Me', 'Wei']],
    ['a speaker becomes a viewer, whom viewers do not see', here(5, person('Wei')), after(event(6, person('Wei', { role: 'VIEWER' }), 'RoleDemoted')), ['Me']],
    ['a speaker becomes a viewer, leaves and comes back', here(5, person('Wei')), after(event(6, person('Wei', { role: 'VIEWER' }), 'RoleDemoted'), event(7, person('Wei', { role: 'VIEWER' }))), ['Me']],
    ['a viewer is promoted in the lobby', here(5), after(event(6, person('Wei', { state: 'LOBBY' }), 'RolePromoted')), ['Me']],
    ['an answer is newer than an event', here(7), after(event(6, person('Wei'))), ['Me']],
    ['an event comes before an older answer', here(5), after(event(6, person('Wei')), event(8, person('Nia'))), ['Me', 'Nia', 'Wei']],
    ['an event comes before any answer', null, after(event(6, person('Wei'))), ['Me']],
    ['the session began again', here(9), after(event(6, person('Wei')), plain('SessionStarted', 8)), ['Me']],
    ['something else happens', here(5, person('Wei')), after(plain('RoomUpdated', 6)), ['Me', 'Wei']],
    ['somebody is not online', here(5, person('Wei', { online: false })), nobody, ['Me']],
  ])('is right if %s', (_, read, said, want) => {
    expect(names(read, said)).toEqual(want)
  })

  it('has oneself first, then managers, then by role and name', () => {
    const people = [person('Bo'), person('Al'), person('Mod', { role: 'MODERATOR' }), person('Amina', { role: 'MODERATOR', managerRole: 'OWNER' })]
    expect(names(here(5, ...people), nobody)).toEqual(['Me', 'Amina', 'Mod', 'Al', 'Bo'])
  })

  it('shows oneself as one is now, whatever answers and events say', () => {
    const promoted = person('Me')
    expect(whoIsHere(here(5), after(event(6, person('Me', { state: 'LEFT' }))), promoted)).toEqual([promoted])
  })

  it('keeps nothing of the viewers that a moderator gets events about', () => {
    const viewers = Array.from({ length: 1_000 }, (_unused, index) => event(index + 1, person(`v${index}`, { role: 'VIEWER' })))
    expect(after(...viewers).size).toBe(0)
  })

  it('is unknown if an answer left it out', () => {
    expect(hereOf({ revision: 5 })).toBeNull()
    expect(hereOf(null)).toBeNull()
  })

  it.each([
    ['speakers are on the next page', person('Wei'), true],
    ['only viewers are, whom moderators get too', me, false],
  ])('is read on if %s', (_, last, more) => {
    expect(hereOf({ revision: 5, participants: { nodes: [last], pageInfo: { hasNextPage: true } } })).toEqual({ revision: 5, people: [last], more })
  })
})
