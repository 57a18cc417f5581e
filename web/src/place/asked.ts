import type { PlaceEventsSubscription, PlaceQuery } from '../graphql/generated/graphql'

// What one's own place asks for, under names.

export type PlaceRoom = NonNullable<PlaceQuery['room']>
export type PlaceEvent = PlaceEventsSubscription['roomEvents']
