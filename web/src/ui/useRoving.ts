import { useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react'

const controls = 'a[href], button:not([aria-hidden])'

/**
 * Makes a list one tab stop. The arrow keys move among its rows and, in a row, among its controls; Home and End lead to the
 * first and the last row. Rows have the attribute data-row. Their menus open with Enter, because the arrow keys lead on.
 */
export function useRoving<E extends HTMLElement>() {
  const list = useRef<E>(null)
  const current = useRef<HTMLElement | null>(null)

  const rows = () =>
    [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
      .map((row) => [...row.querySelectorAll<HTMLElement>(controls)].filter((one) => one.closest('[data-row]') === row))
      .filter((found) => found.length > 0)

  // A narrow window hides some controls of a row.
  const isShown = (one: HTMLElement) => one.getClientRects().length > 0

  const settle = (next?: HTMLElement | null) => {
    const all = rows().flat()
    const before = current.current && all.includes(current.current) && isShown(current.current) ? current.current : null
    const chosen = next ?? before ?? all.find(isShown)
    for (const one of all) {
      const index = one === chosen ? 0 : -1
      if (one.tabIndex !== index || !one.hasAttribute('tabindex')) one.tabIndex = index
    }
    current.current = chosen ?? null
  }
  // Rows come and go with each rendering.
  useLayoutEffect(() => settle())

  const onFocus = ({ target }: FocusEvent) => {
    if (target instanceof HTMLElement && target !== current.current && rows().flat().includes(target)) settle(target)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    const all = rows().map((found) => found.filter(isShown)).filter((found) => found.length > 0)
    const at = event.target as HTMLElement
    const row = all.findIndex((found) => found.includes(at))
    const column = all[row]?.indexOf(at) ?? -1
    if (column < 0) return // a key in a field of the list
    const along = document.dir === 'rtl' ? -1 : 1
    const inRow = (next: number) => all[next]?.[Math.min(column, (all[next]?.length ?? 1) - 1)]
    const moves: Record<string, HTMLElement | undefined> = {
      ArrowDown: inRow(row + 1),
      ArrowUp: inRow(row - 1),
      ArrowRight: all[row]?.[column + along],
      ArrowLeft: all[row]?.[column - along],
      Home: inRow(0),
      End: inRow(all.length - 1),
    }
    if (!(event.key in moves)) return
    event.preventDefault()
    moves[event.key]?.focus()
  }
  const focused = useEffectEvent(onFocus)
  const pressed = useEffectEvent(onKeyDown)
  const resized = useEffectEvent(() => settle())
  // The list may be drawn later than this runs.
  useEffect(() => {
    const inside = ({ target }: Event) => target instanceof Node && list.current?.contains(target)
    const onFocusIn = (event: FocusEvent) => void (inside(event) && focused(event))
    const onPress = (event: KeyboardEvent) => void (inside(event) && pressed(event))
    document.addEventListener('focusin', onFocusIn)
    document.addEventListener('keydown', onPress)
    const onResize = () => resized()
    window.addEventListener('resize', onResize)
    return () => {
      document.removeEventListener('focusin', onFocusIn)
      document.removeEventListener('keydown', onPress)
      window.removeEventListener('resize', onResize)
    }
  }, [])
  return list
}
