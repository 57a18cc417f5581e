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
