import { useEffect } from 'react'
import { t } from '../texts'

/** Sets the title of the tab, with the number of what waits in front. */
export function usePageTitle(title: string, waiting = 0) {
  useEffect(() => {
    document.title = `${waiting > 0 ? `(${waiting}) ` : ''}${title} · ${t.brand}`
  }, [title, waiting])
}
