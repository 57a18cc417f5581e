import { tabStorage } from '../ui/storage'

// The pages that a one-time link of the site opens, with the token behind the #.
type Door = '/setup' | '/password'
const doors: string[] = ['/setup', '/password'] satisfies Door[]
const tokens = new Map<string, string>()
const keyOf = (door: string) => `usher.token${door}`

/** Takes the token of a one-time link out of the address, before the first request. The tab keeps it through reloads. */
export function takeDoorToken() {
  const { pathname, hash, search } = location
  if (!doors.includes(pathname) || hash.length < 2) return
  tokens.set(pathname, hash.slice(1))
  tabStorage()?.setItem(keyOf(pathname), hash.slice(1))
  history.replaceState(history.state, '', pathname + search)
}

export const doorToken = (door: Door) => tokens.get(door) ?? tabStorage()?.getItem(keyOf(door)) ?? null

/** Forgets a token that was used. */
export function dropDoorToken(door: Door) {
  tokens.delete(door)
  tabStorage()?.removeItem(keyOf(door))
}
