import { useSyncExternalStore } from 'react'

/** What people may choose for their browser, and tell their other tabs. Nothing is stored for the device's own way. */
interface Preferences {
  theme: 'light' | 'dark'
  clock: '12' | '24'
  sound: 'off'
  shortcuts: 'off'
  mail: 'send'
  language: 'en' | 'de'
}

export type Preference = keyof Preferences

/** Returns what was chosen for this browser, or null. A browser that stores nothing has chosen nothing. */
export function preference<Name extends Preference>(name: Name): Preferences[Name] | null {
  try {
    return localStorage.getItem(`usher.${name}`) as Preferences[Name] | null
  } catch {
    return null
  }
}

/** Stores a choice for this browser. Browsers report it to the other tabs; this tab gets the same event. */
export function prefer<Name extends Preference>(name: Name, newValue: Preferences[Name] | null) {
  const key = `usher.${name}`
  try {
    if (newValue) localStorage.setItem(key, newValue)
    else localStorage.removeItem(key)
  } catch {
    return
  }
  dispatchEvent(new StorageEvent('storage', { key, newValue }))
}

function subscribe(listener: () => void) {
  addEventListener('storage', listener)
  return () => removeEventListener('storage', listener)
}

/** Returns what was chosen for this browser, now and after each change. */
export const usePreference = <Name extends Preference>(name: Name) => useSyncExternalStore(subscribe, () => preference(name))
