import type { Capability, PlaceQuery, RoomRole } from '../graphql/generated/graphql'

// Names for what the queries of one's own place return.

export type PlaceRoom = NonNullable<PlaceQuery['room']>

/** Returns what a role allows in a room now. */
export function allowedIn(room: PlaceRoom, role: RoomRole): Capability[] {
  return room.roles.find((one) => one.role === role)?.capabilities ?? []
}
