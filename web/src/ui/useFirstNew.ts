import { useLayoutEffect, useRef } from 'react'

/**
 * Moves focus from the button that shows more of a list to the first row that came with it. Nothing scrolls, because that row takes the
 * place of the button. Returns the ref of the list, whose children are its rows, and a function for the button to call.
 */
export function useFirstNew<List extends HTMLElement>(keys: readonly string[]) {
  const list = useRef<List>(null)
  const asked = useRef<{ button: HTMLElement; before: ReadonlySet<string> } | null>(null)
  useLayoutEffect(() => {
    if (!asked.current) return
    const { button, before } = asked.current
    const at = keys.findIndex((key) => !before.has(key))
    const row = list.current?.children[at]
    if (!(row instanceof HTMLElement)) return
    asked.current = null
    if (document.activeElement !== button && document.activeElement !== document.body) return // they went on meanwhile
    row.tabIndex = -1
    row.focus({ preventScroll: true })
  }, [keys])
  return {
    list,
    expectMore: (button: HTMLElement) => {
      asked.current = { button, before: new Set(keys) }
    },
  }
}
