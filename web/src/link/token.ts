import { takeSecret } from '../shell/secret'
import { tabStorage } from '../ui/storage'

// The secret of a link is in the fragment, which no server sees. It is read before the first request, and removed from the
// address, so that it is in neither the history nor a copied address. Phones discard pages, so the tab's sessionStorage
// keeps it until the link is redeemed. It is kept as it came: the server finds the token in it.
const key = 'usher.link'
let memory: string | null = null
const listeners = new Set<() => void>()

/** Takes the secret out of the address. Call it before the first request of the page. */
export function takeToken() {
  const text = takeSecret('/join', 'u1_')
  if (text) keepToken(text)
}

/** Keeps a link, or a text that contains one, for this tab until it is redeemed. */
export function keepToken(text: string) {
  memory = text
  tabStorage()?.setItem(key, text)
  for (const listener of listeners) listener()
}

/** Returns the link of this tab that is not redeemed yet, or null. */
export function currentToken(): string | null {
  return memory ?? tabStorage()?.getItem(key) ?? null
}

/** Forgets the secret, once the link is redeemed and the cookie counts. */
export function forgetToken() {
  memory = null
  tabStorage()?.removeItem(key)
}

/** Calls the listener when another link is opened in this tab. Only the fragment differs, so the page is not loaded. */
export function onToken(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
