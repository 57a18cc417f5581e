import './Avatar.css'

// Scripts whose letters join, or mean syllables or words. One character is clearer than two that do not fit.
const single = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}]/u

/** Returns the first letters of the first two words, or one character in scripts that join letters. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u)
  const first = [...(words[0] ?? '')][0] ?? ''
  if (single.test(first)) return first
  const second = [...(words[1] ?? '')][0] ?? ''
  return (first + (single.test(second) ? '' : second)).toLocaleUpperCase()
}

/** Returns one of six tints, always the same for a name. So a person looks the same in every list. */
export function tint(name: string): number {
  let hash = 0x811c9dc5 // FNV-1a, then mixed: the last letters alone must not decide
  for (const char of name.trim().normalize('NFC')) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x2c1b3c6d)
  return ((hash ^ (hash >>> 13)) >>> 0) % 6 + 1
}

interface AvatarProps {
  name: string
  size?: 'small' | 'large'
  /** Whether the person is connected. Left out, nothing is shown. */
  online?: boolean
}

/** Initials on a tint. It is hidden from assistive technology, because the name is always beside it. */
export function Avatar({ name, size, online }: AvatarProps) {
  return (
    <span className={size ? `avatar avatar--${size}` : 'avatar'} data-tint={tint(name)} data-online={online} aria-hidden="true">
      {initials(name)}
    </span>
  )
}
