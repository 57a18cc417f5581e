import { tabStorage } from '../ui/storage'

// Several people may use one browser, and the server knows the browser alone. So each tab keeps the place that it acts as, by
// room, and each of its requests names it. The id is no secret: it opens nothing without the cookie.
const key = (roomId: string) => `usher.place.${roomId}`
const memory = new Map<string, string>()
const lost = new Set<string>()
const listeners = new Set<() => void>()

/** The place that this tab holds in a room, if any. */
export const heldPlace = (roomId: string) => memory.get(roomId) ?? tabStorage()?.getItem(key(roomId)) ?? null

/** Makes the tab that person in the room, through reloads too. */
export function holdPlace(roomId: string, id: string) {
  memory.set(roomId, id)
  tabStorage()?.setItem(key(roomId), id)
}

/** The place to name now: that of the room whose page is shown, unless the server refuses it. */
export function namedPlace(): string | null {
  const roomId = /^\/rooms\/([^/]+)/.exec(location.pathname)?.[1]
  const id = roomId === undefined ? null : heldPlace(roomId)
  return id !== null && lost.has(id) ? null : id
}

/** Whether the place that this tab holds in a room is not this browser's any more. */
export function placeIsLost(roomId: string): boolean {
  const id = heldPlace(roomId)
  return id !== null && lost.has(id)
}

/** The server refuses the place that was named: from now on the tab asks without it. */
export function losePlace() {
  const id = namedPlace()
  if (id === null) return
  lost.add(id)
  for (const listener of listeners) listener()
}

/** Other credentials may give back what was lost. */
export const retryPlaces = () => lost.clear()

/** Tells when a place is lost. */
export function onPlaceLost(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The browser's tabs, which tell each other that it has got another place. */
const tabs = () => new BroadcastChannel('usher.places')

/** Tells the other tabs that a link was redeemed in this one. */
export function tellTabs() {
  const channel = tabs()
  // A channel has no target origin: it reaches this one alone.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  channel.postMessage(null)
  channel.close()
}

/** Tells when a link was redeemed in another tab. */
export function onPlaceGot(listener: () => void): () => void {
  const channel = tabs()
  channel.addEventListener('message', listener)
  return () => channel.close()
}
