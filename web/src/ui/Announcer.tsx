import { createPortal } from 'react-dom'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { Button } from './Button'
import { Icon } from './Icon'
import './Announcer.css'

/** What an action changed, and the revision that it left. A later change makes its undo pointless. */
interface Subject {
  id: string
  revision: number | string
}

interface Toast {
  text: string
  /** The action failed. */
  failed?: boolean
  /** Undoes the action. */
  undo?: { label: string; run: () => void; of?: Subject }
}

interface Voice {
  /** Announces a text to assistive technology, politely. */
  say: (text: string) => void
  /** Shows the result of an action for some seconds, with a way to undo it. */
  toast: (toast: Toast) => void
  /** Takes back the way to undo an action, if its subject has another revision by now, or is gone (null). */
  settle: (id: string, revision: Subject['revision'] | null) => void
  /** Shows toasts in an element while it is there, such as that of an open dialog, which they would cover. Works as a ref. */
  within: (place: HTMLElement | null) => () => void
}

const Context = createContext<Voice>({ say: () => {}, toast: () => {}, settle: () => {}, within: () => () => {} })

export const useVoice = () => useContext(Context)

/** Returns the page's status and toasts. They work beside an open dialog too. */
export const voices = () => document.querySelectorAll<HTMLElement>('[data-voice]')

const saidFor = 5_000 // milliseconds; by then a screen reader has read the text, or has it in its queue

/** Holds the page's only polite status, and its toasts. */
export function Announcer({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState('')
  const [toast, setToast] = useState<(Toast & { key: number }) | null>(null)
  const [places, setPlaces] = useState<HTMLElement[]>([])
  const key = useRef(0)

  const say = useCallback((text: string) => {
    // A screen reader announces the same text again only if it changed.
    setSaid((before) => (before === text ? `${text}\u00a0` : text))
  }, [])
  useEffect(() => {
    if (!said) return
    const timer = setTimeout(() => setSaid(''), saidFor)
    return () => clearTimeout(timer)
  }, [said])
  const show = useCallback((next: Toast) => setToast({ ...next, key: (key.current += 1) }), [])
  const settle = useCallback(
    (id: string, revision: Subject['revision'] | null) => setToast((shown) => (shown?.undo?.of?.id === id && shown.undo.of.revision !== revision ? { ...shown, undo: undefined } : shown)),
    [],
  )

  useEffect(() => {
    if (!toast) return
    const timer = setTimeout(() => setToast(null), toast.undo || toast.failed ? 10_000 : 4_000)
    return () => clearTimeout(timer)
  }, [toast])

  const within = useCallback((place: HTMLElement | null) => {
    if (place) setPlaces((before) => [...before, place])
    return () => setPlaces((before) => before.filter((one) => one !== place))
  }, [])
  const place = places.at(-1)
  const voice = useMemo(() => ({ say, toast: show, settle, within }), [say, show, settle, within])
  const shown = toast && (
    <div className="toast" key={toast.key}>
      <Icon name={toast.failed ? 'alert' : 'check'} />
      <span>{toast.text}</span>
      {toast.undo && (
        <Button
          kind="text"
          onClick={() => {
            toast.undo?.run()
            setToast(null)
          }}
        >
          {toast.undo.label}
        </Button>
      )}
    </div>
  )
  return (
    <Context.Provider value={voice}>
      {children}
      <div className="visually-hidden" role="status" data-voice>
        {said}
      </div>
      <div className="toasts" role="status" data-voice>
        {!place && shown}
      </div>
      {place && createPortal(shown, place)}
    </Context.Provider>
  )
}
