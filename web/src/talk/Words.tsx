import { type ReactNode, useMemo } from 'react'
import { piecesOf } from './link'

/** Shows what somebody wrote, with its links, and the names that it mentions. */
export function Words({ text, names }: { text: string; names: string[] }) {
  return useMemo(() => piecesOf(text).map((piece, index) => (typeof piece === 'string' ? <Mentions key={index} text={piece} names={names} /> : <Link key={index} {...piece} />)), [text, names])
}

function Link({ href, words }: { href: string; words: string }) {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow ugc">
      {words}
    </a>
  )
}

function Mentions({ text, names }: { text: string; names: string[] }): ReactNode {
  const name = names.find((one) => text.includes(`@${one}`))
  if (!name) return text
  const at = text.indexOf(`@${name}`)
  const end = at + name.length + 1
  return (
    <>
      {text.slice(0, at)}
      <span className="mention">
        <bdi>{text.slice(at, end)}</bdi>
      </span>
      <Mentions text={text.slice(end)} names={names} />
    </>
  )
}
