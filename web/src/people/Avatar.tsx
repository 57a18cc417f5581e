import './Avatar.css'

// Scripts whose letters join, or stand for syllables or words: one character says more than two that do not fit.
const single = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}]/u

/** The first letters of the first two words; one character where letters join or stand for words. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u)
  const first = [...(words[0] ?? '')][0] ?? ''
  if (single.test(first)) return first
  const second = [...(words[1] ?? '')][0] ?? ''
  return (first + (single.test(second) ? '' : second)).toLocaleUpperCase()
}

/** One of six tints, always the same for the same id. */
export function tint(id: string): number {
  let hash = 0
  for (const char of id) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0
  return (hash % 6) + 1
}

interface AvatarProps {
  id: string
  name: string
  size?: 'small' | 'large'
  /** Connected now; left out where that is of no interest. */
  online?: boolean
}

/** Initials on a tint. The name always stands beside it, so it is hidden from assistive technology. */
export function Avatar({ id, name, size, online }: AvatarProps) {
  return (
    <span className={size ? `avatar avatar--${size}` : 'avatar'} data-tint={tint(id)} data-online={online} aria-hidden="true">
      {initials(name)}
    </span>
  )
}
