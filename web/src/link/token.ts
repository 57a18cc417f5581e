import { tabStorage } from '../ui/storage'

// The secret of a link is in the fragment, which no server sees. It is read before the first request, and removed from the
// address, so that it is in neither the history nor a copied address. Phones discard pages, so the tab's sessionStorage
// keeps it until the link is redeemed.
const key = 'usher.link'
let memory: string | null = null
const listeners = new Set<() => void>()

/** Returns the secret in a pasted text: a whole address, or what follows its #. It is empty if there is none. */
export function tokenIn(pasted: string): string {
  const text = pasted.replaceAll(/\s/g, '')
  return text.slice(text.lastIndexOf('#') + 1)
}

/** Takes the secret out of the address. Call it before the first request of the page. */
export function takeToken() {
  if (location.pathname !== '/join' || location.hash.length < 2) return
  const token = location.hash.slice(1)
  history.replaceState(history.state, '', location.pathname + location.search)
  keepToken(token)
}

/** Keeps the secret for this tab, until it is redeemed. */
export function keepToken(token: string) {
  memory = token
  tabStorage()?.setItem(key, token)
  for (const listener of listeners) listener()
}

/** Returns the secret of this tab that is not redeemed yet, or null. */
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
