import type { Capability, PlaceEventsSubscription, PlaceQuery, RoomRole } from '../graphql/generated/graphql'

// Names for what the queries of one's own place return.

export type PlaceRoom = NonNullable<PlaceQuery['room']>
export type PlaceEvent = PlaceEventsSubscription['roomEvents']

/** Returns what a role allows in a room now. */
export function allowedIn(room: PlaceRoom, role: RoomRole): Capability[] {
  return room.roles.find((one) => one.role === role)?.capabilities ?? []
}
