import { useEffect } from 'react'
import { t } from '../texts'

/** The title of the tab: what the page is, with a number in front where something waits. */
export function usePageTitle(title: string, waiting = 0) {
  useEffect(() => {
    document.title = `${waiting > 0 ? `(${waiting}) ` : ''}${title} · ${t.brand}`
  }, [title, waiting])
}
