export interface Piece {
  text: string
  hit: boolean
}

const fold = (char: string) => char.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()

/** Splits a text where its words begin with the words typed, whatever the case or accents. */
export function marked(text: string, typed: string): Piece[] {
  const chars = [...text]
  const folded = chars.map(fold)
  const words = typed.split(/[\s.@_+-]+/u).filter(Boolean).map((word) => [...word].map(fold))
  const hit = chars.map(() => false)
  for (const word of words) {
    for (let start = 0; start + word.length <= chars.length; start += 1) {
      const begins = start === 0 || /[\s.@_+-]/u.test(chars[start - 1] ?? '')
      if (begins && word.every((char, index) => folded[start + index] === char)) hit.fill(true, start, start + word.length)
    }
  }
  const pieces: Piece[] = []
  chars.forEach((char, index) => {
    const last = pieces.at(-1)
    if (last && last.hit === hit[index]) last.text += char
    else pieces.push({ text: char, hit: hit[index] ?? false })
  })
  return pieces
}
