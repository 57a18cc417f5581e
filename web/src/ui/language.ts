import { prefer } from './preference'

/** The languages that the app speaks. The server sends it in one of them: the chosen one, else the first that the browser asks for. */
export type Language = 'en' | 'de'

const year = 31_536_000

/** Returns the language that was chosen for this browser, or null. */
export function chosenLanguage(): Language | null {
  const [, language] = /(?:^|; )usher_language=(en|de)(?:;|$)/.exec(document.cookie) ?? []
  return (language ?? null) as Language | null
}

/**
 * Stores a choice for this browser, or null for the browser's own language. It is a cookie, because the server reads it. Browsers send it
 * with links of other sites too (Lax), so that an invitation opens in the chosen language. The preference tells the other tabs.
 */
export function chooseLanguage(language: Language | null) {
  prefer('language', language)
  const secure = location.protocol === 'https:' ? '; Secure' : ''
  document.cookie = `usher_language=${language ?? ''}; Path=/; Max-Age=${language ? year : 0}; SameSite=Lax${secure}`
}
