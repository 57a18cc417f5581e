import { useEffect } from 'react'

const inside = '[data-pane-start], a[href], button, textarea, input, [tabindex="0"]'

/** Lets F6 lead from one pane of the page to the next, and Shift+F6 back. A pane has the attribute data-pane. */
export function usePanes() {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'F6' || event.ctrlKey || event.altKey || event.metaKey || document.querySelector('.dialog')) return
      const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter((pane) => pane.checkVisibility())
      if (panes.length === 0) return
      event.preventDefault()
      const at = panes.findIndex((pane) => pane.contains(document.activeElement))
      const next = panes[(at + (event.shiftKey ? -1 : 1) + panes.length) % panes.length]
      if (!next) return
      const start = next.tabIndex === -1 && next.hasAttribute('tabindex') ? next : startOf(next)
      start?.focus()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}

function startOf(pane: HTMLElement): HTMLElement | undefined {
  const found = [...pane.querySelectorAll<HTMLElement>(inside)].filter((one) => one.tabIndex >= 0 && one.checkVisibility())
  return found.find((one) => one.matches('[data-pane-start]')) ?? found[0]
}
