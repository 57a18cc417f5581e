import type { ComponentProps } from 'react'

/** A part of a page that scrolls by itself. The keyboard can reach it, so it has a name. */
export function Scroll({ label, ...rest }: { label: string } & ComponentProps<'div'>) {
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
  return <div {...rest} tabIndex={0} role="group" aria-label={label} />
}
