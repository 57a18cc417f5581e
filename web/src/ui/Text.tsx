import { Fragment, type ReactNode } from 'react'

/** Renders a text with elements for its parts: `{host} invites you` with an element for host. */
export function Say({ text, ...parts }: { text: string; [name: string]: ReactNode }) {
  return text.split(/(\{\w+\})/).map((piece, index) => {
    const name = /^\{(\w+)\}$/.exec(piece)?.[1]
    return <Fragment key={index}>{name === undefined ? piece : parts[name]}</Fragment>
  })
}

/** A name in any script, isolated so that it does not change the direction of the sentence. */
export function Name({ children }: { children: string }) {
  return <bdi>{children}</bdi>
}

/** A name on one line. One that is too long is cut at its own end, in scripts from right to left too. The whole is its title. */
export function Clip({ className, children }: { className?: string; children: string }) {
  return (
    <span className={`clip${className ? ` ${className}` : ''}`} dir="auto" title={children}>
      {children}
    </span>
  )
}
