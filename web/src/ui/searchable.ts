// The limits of the API's `search` and `query` arguments.
const maxCharacters = 100
const maxWords = 8

/** Returns the part of a typed text within the limits of a search. A longer text would find no more. */
export function searchable(typed: string): string {
  const words = typed.trim().split(/\s+/).slice(0, maxWords).join(' ')
  return [...words].slice(0, maxCharacters).join('').trim()
}
