import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { t } from '../texts'
import { Button } from '../ui/Button'
import { Check } from '../ui/Check'
import { Dialog } from '../ui/Dialog'
import { prefer, usePreference } from '../ui/preference'
import './Shortcuts.css'

// A control declares its key by aria-keyshortcuts. The table has the words, and keys that belong to no control.
const keys = ['/', 'I', 'A', 'E', 'C'] as const

const typing = 'input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable="true"], [role="menu"], [role="listbox"]'
const overlay = '.dialog, [role="menu"]'

/** Returns the visible control with a key. */
function controlOf(key: string): HTMLElement | undefined {
  const found = document.querySelectorAll<HTMLElement>(key === '/' ? 'main input[type="search"]' : `main [aria-keyshortcuts="${key}"]`)
  return [...found].find((one) => one.checkVisibility())
}

const chordTime = 1_500

/** Presses the control whose key is typed, unless somebody types a text, or a dialog or menu is open. `?` asks for help. */
export function useShortcutKeys(onHelp: () => void) {
  const navigate = useNavigate()
  const on = usePreference('shortcuts') !== 'off'
  const afterG = useRef(0)
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.repeat) return
    if ((event.target instanceof Element && event.target.closest(typing)) || document.querySelector(overlay)) return
    const key = event.key.toUpperCase()
    const chord = key === 'R' && event.timeStamp - afterG.current < chordTime
    afterG.current = key === 'G' ? event.timeStamp : 0
    if (event.key === '?') onHelp()
    else if (chord) void navigate('/')
    else {
      const control = event.shiftKey && key !== '/' ? undefined : controlOf(key)
      if (!control || !(keys as readonly string[]).includes(key)) return
      control.focus()
      if (key !== '/') control.click()
    }
    event.preventDefault()
  })
  useEffect(() => {
    if (!on) return
    const listen = (event: KeyboardEvent) => press(event)
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [on])
}

/** Lists the keys, with a switch. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const on = usePreference('shortcuts') !== 'off'
  const [rows] = useState(() => Object.entries(t.shortcuts.keys))
  return (
    <Dialog
      title={t.shortcuts.title}
      onClose={onClose}
      foot={
        <Button kind="primary" onClick={onClose} autoFocus>
          {t.done}
        </Button>
      }
    >
      <dl className="shortcuts">
        {rows.map(([key, words]) => (
          <div key={key}>
            <dt>
              {key.split(' ').map((one) => (
                <kbd key={one}>{one}</kbd>
              ))}
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <Check checked={on} label={t.shortcuts.on} note={t.shortcuts.onNote} onChange={(turnOn) => prefer('shortcuts', turnOn ? null : 'off')} />
    </Dialog>
  )
}
