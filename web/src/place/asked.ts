import type { PlaceEventsSubscription, PlaceQuery } from '../graphql/generated/graphql'

// Names for what the queries of one's own place return.

export type PlaceRoom = NonNullable<PlaceQuery['room']>
/** What a role allows. */
export type RoleInfo = PlaceQuery['roles'][number]
export type PlaceEvent = PlaceEventsSubscription['roomEvents']
