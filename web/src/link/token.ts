import { tabStorage } from '../ui/storage'

// The secret of a link stands in the fragment, which no server sees. It is read once, before anything is asked of
// the network, and the address is cleared, so that it neither stays in the history nor travels in a copied address.
// Phones discard pages: until the link is redeemed, this tab's sessionStorage holds it.
const key = 'usher.link'
let memory: string | null = null
const listeners = new Set<() => void>()

/** The secret in what somebody pasted: a whole address, or only what follows its #. Empty where there is none. */
export function tokenIn(pasted: string): string {
  const text = pasted.replaceAll(/\s/g, '')
  return text.slice(text.lastIndexOf('#') + 1)
}

/** Takes the secret out of the address. To be called before the first request of the page. */
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

/** The secret of this tab, if it has one that is not redeemed. */
export function currentToken(): string | null {
  return memory ?? tabStorage()?.getItem(key) ?? null
}

/** Forgets the secret: it is redeemed, and the cookie is what counts from now on. */
export function forgetToken() {
  memory = null
  tabStorage()?.removeItem(key)
}

/** Tells when another link was opened in this tab: its address differs in the fragment alone, so nothing is loaded. */
export function onToken(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
