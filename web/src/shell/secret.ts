/**
 * Takes a secret out of the address of a page, in whatever form a program altered the link: `/join/#…`, `/Join#…`, `/join%23…`,
 * `/join?fbclid=…#…`, `/join/u1_…`. Returns the text behind the page's path, or null if there is none. `begins` is how secrets
 * of the page begin.
 */
export function takeSecret(page: string, begins: string): string | null {
  const path = location.pathname
  if (path.slice(0, page.length).toLowerCase() !== page) return null
  const rest = path.slice(page.length)
  const inPath = rest.replace(/^\//, '')
  if (/^[a-z\d-]/i.test(rest) || (/^[a-z\d-]/i.test(inPath) && !inPath.startsWith(begins))) return null // another page
  if (!inPath && location.hash.length < 2 && !location.search.includes(begins)) return null
  const taken = (inPath + location.search + location.hash).replace(/^#/, '')
  history.replaceState(history.state, '', page)
  return taken
}
