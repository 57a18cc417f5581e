import { tabStorage } from '../ui/storage'

// Several people may use one browser, and its cookie names the browser, not the person. So each tab keeps the place that it
// acts as, by room, and names it in each request. The id is no secret: it opens nothing without the cookie.
const key = (roomId: string) => `usher.place.${roomId}`
const memory = new Map<string, string>()
const lost = new Set<string>()
const listeners = new Set<() => void>()

/** Returns the place of this tab in a room, or null. */
export const heldPlace = (roomId: string) => memory.get(roomId) ?? tabStorage()?.getItem(key(roomId)) ?? null

/** Makes this tab act as a place in a room, through reloads too. */
export function holdPlace(roomId: string, id: string) {
  memory.set(roomId, id)
  tabStorage()?.setItem(key(roomId), id)
}

/** Returns the place to name in requests: that of the room on the page, unless the server refused it. */
export function namedPlace(): string | null {
  const roomId = /^\/rooms\/([^/]+)/.exec(location.pathname)?.[1]
  const id = roomId === undefined ? null : heldPlace(roomId)
  return id !== null && lost.has(id) ? null : id
}

/** Reports whether the server refused this tab's place in a room. */
export function placeIsLost(roomId: string): boolean {
  const id = heldPlace(roomId)
  return id !== null && lost.has(id)
}

/** Marks the named place as refused. Requests no longer name it. */
export function losePlace() {
  const id = namedPlace()
  if (id === null) return
  lost.add(id)
  for (const listener of listeners) listener()
}

/** Names refused places again, after new credentials. */
export const retryPlaces = () => lost.clear()

/** Calls the listener when a place is lost. */
export function onPlaceLost(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Opens the channel between the browser's tabs. */
const tabs = () => new BroadcastChannel('usher.places')

/** Notifies the other tabs that this one redeemed a link. */
export function tellTabs() {
  const channel = tabs()
  // A channel has no target origin: it reaches only this one.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  channel.postMessage(null)
  channel.close()
}

/** Calls the listener when another tab redeemed a link. */
export function onPlaceGot(listener: () => void): () => void {
  const channel = tabs()
  channel.addEventListener('message', listener)
  return () => channel.close()
}
