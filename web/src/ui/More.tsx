import { useEffect, useEffectEvent, useRef } from 'react'
import './Skeleton.css'

/** Calls onNear when it comes near the window, so that a list loads as somebody scrolls. Give it another key for each page. */
export function More({ onNear }: { onNear: () => void }) {
  const here = useRef<HTMLLIElement>(null)
  const load = useEffectEvent(onNear)
  useEffect(() => {
    if (!here.current) return
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && load(), { rootMargin: '400px' })
    observer.observe(here.current)
    return () => observer.disconnect()
  }, [])
  return (
    <li className="row row--skeleton" aria-hidden="true" ref={here}>
      <span className="skeleton skeleton--avatar" />
      <div className="row__main">
        <div className="skeleton skeleton--third" />
        <div className="skeleton skeleton--half" />
      </div>
    </li>
  )
}
