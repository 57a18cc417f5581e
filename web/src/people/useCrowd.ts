import { useLayoutEffect, useState } from 'react'
import { crowdFrom } from '../graphql/lists'

// Where rows should stay until somebody is done.
const busy = 'input[type="search"], [role="dialog"], [role="dialog"] *, [role="alertdialog"], [role="alertdialog"] *, [role="menu"], [role="menu"] *'

/** Reports whether so many people are a crowd. The answer never changes while somebody types, or has a menu or dialog open. */
export function useCrowd(people: number | null): boolean {
  const [crowd, setCrowd] = useState(false)
  const many = people === null ? crowd : people >= crowdFrom
  useLayoutEffect(() => {
    if (many === crowd) return
    const change = () => {
      if (!document.activeElement?.matches(busy)) setCrowd(many)
    }
    let timer: number | undefined
    const later = () => {
      clearTimeout(timer)
      timer = window.setTimeout(change)
    }
    change()
    document.addEventListener('focusin', later)
    document.addEventListener('focusout', later)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('focusin', later)
      document.removeEventListener('focusout', later)
    }
  }, [many, crowd])
  return crowd
}
