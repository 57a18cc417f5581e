/** A piece of a text: words, or a link that is safe to follow. */
export type Piece = string | { href: string; words: string }

const most = /https?:\/\/\S+/gi
const closing = /[.,;:!?'"’”»)\]}>]$/u

/**
 * Splits a text into words and links. Only what begins with http:// or https:// becomes a link, up to the first blank. A link shows its
 * host as browsers resolve it: in ASCII where it has other letters, since letters of two scripts can look alike.
 */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const match of text.matchAll(most)) {
    const typed = withoutEnd(match[0])
    const url = parsed(typed)
    if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) continue
    if (match.index > at) pieces.push(text.slice(at, match.index))
    pieces.push({ href: url.href, words: shown(typed, url) })
    at = match.index + typed.length
  }
  if (at < text.length) pieces.push(text.slice(at))
  return pieces
}

/** Returns an address without the signs that end the sentence around it. A bracket belongs to it if the address opened it. */
function withoutEnd(text: string): string {
  const opened = text.split('(').length >= text.split(')').length
  return closing.test(text) && !(text.endsWith(')') && opened) ? withoutEnd(text.slice(0, -1)) : text
}

function parsed(text: string): URL | null {
  try {
    return new URL(text)
  } catch {
    return null
  }
}

/** Returns what was typed, without the scheme. A host of mixed scripts is replaced by its form in ASCII. */
function shown(typed: string, url: URL): string {
  const rest = typed.replace(/^https?:\/\//i, '')
  const [host = ''] = rest.split(/[/?#]/, 1)
  return scripts(host) > 1 ? url.host + rest.slice(host.length) : rest
}

const known = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u, /[^\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Common}\p{Script=Inherited}]/u]

/** Counts the scripts of a host. Each label counts, since “раypal.com” ends in Latin letters too. */
const scripts = (host: string) => known.filter((script) => script.test(host)).length
