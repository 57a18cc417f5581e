// What a search may have at most: the limits of the API's `search` and `query` arguments.
const maxCharacters = 100
const maxWords = 8

/** The part of a typed text that a search takes. What is beyond its limits is left out: a longer text would find no more. */
export function searchable(typed: string): string {
  const words = typed.trim().split(/\s+/).slice(0, maxWords).join(' ')
  return [...words].slice(0, maxCharacters).join('').trim()
}
