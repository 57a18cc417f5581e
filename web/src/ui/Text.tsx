import { Fragment, type ReactNode } from 'react'

/** A sentence of the catalogue with parts that are more than text: `{host} invites you` with host as an element. */
export function Say({ text, ...parts }: { text: string; [name: string]: ReactNode }) {
  return text.split(/(\{\w+\})/).map((piece, index) => {
    const name = /^\{(\w+)\}$/.exec(piece)?.[1]
    return <Fragment key={index}>{name === undefined ? piece : parts[name]}</Fragment>
  })
}

/** A name, in whatever script: isolated, so that it never turns the sentence around. */
export function Name({ children }: { children: string }) {
  return <bdi>{children}</bdi>
}
