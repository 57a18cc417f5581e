import { useEffect } from 'react'

/**
 * Keeps focus in the page. If the focused element is removed, the heading of the nearest remaining part gets focus. A
 * component that moves focus itself goes first.
 */
export function useFocusKept() {
  useEffect(() => {
    let around: Element[] = []
    let planned = 0
    const remember = (event: FocusEvent) => {
      around = []
      for (let at = event.target as Element | null; at; at = at.parentElement) around.push(at)
    }
    const mend = () => {
      planned = 0
      if (document.activeElement !== document.body || !around[0] || around[0].isConnected) return
      const part = around.find((element) => element.isConnected)?.closest('section, main') ?? document
      const heading = part.querySelector<HTMLElement>('h1, h2') ?? document.querySelector<HTMLElement>('h1')
      if (!heading) return
      heading.tabIndex = -1
      heading.focus()
    }
    // Dialogs and lists move focus within two frames.
    const observer = new MutationObserver(() => {
      if (document.activeElement === document.body && !planned) planned = requestAnimationFrame(() => requestAnimationFrame(mend))
    })
    document.addEventListener('focusin', remember)
    observer.observe(document.body, { childList: true, subtree: true })
    return () => {
      document.removeEventListener('focusin', remember)
      observer.disconnect()
      cancelAnimationFrame(planned)
    }
  }, [])
}
