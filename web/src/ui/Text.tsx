import { Fragment, type ReactNode, useState } from 'react'

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

/** A text on three lines at most. Where it has more, pressing it shows the whole, and pressing it again three lines. */
export function Clamp({ children }: { children: ReactNode }) {
  const [cut, setCut] = useState(false)
  const [whole, setWhole] = useState(false)
  const watch = (element: HTMLElement | null) => {
    if (!element || whole) return
    // A fourth line adds a third. Less than that is a letter which reaches below its line.
    const observer = new ResizeObserver(() => setCut(element.scrollHeight > element.clientHeight * 1.25))
    observer.observe(element)
    return () => observer.disconnect()
  }
  const text = (
    <span className={whole ? undefined : 'clamp'} ref={watch}>
      {children}
    </span>
  )
  if (!cut) return text
  return (
    <button type="button" className="clamp__all" aria-expanded={whole} onClick={() => setWhole(!whole)}>
      {text}
    </button>
  )
}
