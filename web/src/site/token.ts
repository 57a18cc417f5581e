let token: string | null = null

/** Takes the one-time token of the set-up link out of the address, before the first request. */
export function takeSetUpToken() {
  if (location.pathname !== '/setup' || location.hash.length < 2) return
  token = location.hash.slice(1)
  history.replaceState(history.state, '', location.pathname + location.search)
}

/** Returns the token of this page load. Nothing else keeps it: the link on the console works until it is used. */
export const setUpToken = () => token
