import type { ReactNode } from 'react'

// The icons are drawn in 24 px. They are inline, so that they need no request and no data: address.
const drawings = {
  alert: <><path d="M12 4l9 15.5H3z"/><path d="M12 10v4M12 16.7v.1"/></>,
  answer: <><path d="M4 6.5A1.5 1.5 0 0 1 5.5 5h13A1.5 1.5 0 0 1 20 6.5v9a1.5 1.5 0 0 1-1.5 1.5H10l-4.5 3.5V17A1.5 1.5 0 0 1 4 15.5z"/><path d="M8.5 11l2.5 2.5 4.5-4.5"/></>,
  ask: <><circle cx="12" cy="12" r="8.5"/><path d="M9.5 9.5a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8M12 16.6v.1"/></>,
  at: <><circle cx="12" cy="12" r="3.6"/><path d="M15.6 8.6v4.7a2.3 2.3 0 0 0 4.7-.2V12a8.3 8.3 0 1 0-3.6 6.8"/></>,
  back: <><path d="M9 15H5.5L3 17.5v-10A1.5 1.5 0 0 1 4.5 6h8A1.5 1.5 0 0 1 14 7.5V9"/><path d="M10 12.5A1.5 1.5 0 0 1 11.5 11h8a1.5 1.5 0 0 1 1.5 1.5V21l-2.5-2.5h-7A1.5 1.5 0 0 1 10 17z"/></>,
  bell: <path d="M6 16.5V11a6 6 0 1 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4"/>,
  calendar: <><rect x="4" y="5" width="16" height="15" rx="2"/><path d="M4 10h16M8.5 3v4M15.5 3v4"/></>,
  chat: <path d="M4 6.5A1.5 1.5 0 0 1 5.5 5h13A1.5 1.5 0 0 1 20 6.5v9a1.5 1.5 0 0 1-1.5 1.5H10l-4.5 3.5V17A1.5 1.5 0 0 1 4 15.5z"/>,
  check: <path d="M5 12.5l4.5 4.5L19 7.5"/>,
  clock: <><circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V12l3 2"/></>,
  copy: <><rect x="9" y="9" width="11" height="11" rx="2"/><path d="M5 15H4.5A1.5 1.5 0 0 1 3 13.5V4.5A1.5 1.5 0 0 1 4.5 3h9A1.5 1.5 0 0 1 15 4.5V5"/></>,
  device: <><rect x="3" y="5" width="12" height="9" rx="1.5"/><path d="M1.5 18H12"/><rect x="15.5" y="9.5" width="6" height="11" rx="1.5" fill="var(--surface)"/></>,
  door: <path d="M6 20.5V5a1.5 1.5 0 0 1 1.5-1.5h9A1.5 1.5 0 0 1 18 5v15.5M3.5 20.5h17M14.5 12v.5"/>,
  down: <path d="M6 9l6 6 6-6"/>,
  edit: <path d="M4.5 19.5l.8-3.7L16 5.1a1.8 1.8 0 0 1 2.6 0l.3.3a1.8 1.8 0 0 1 0 2.6L8.2 18.7z"/>,
  eye: <><path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="2.75"/></>,
  'eye-off': <path d="M4.5 8.5C3.2 10.2 2.5 12 2.5 12S6 18.5 12 18.5c1.6 0 3-.4 4.2-1M9 6.1a9 9 0 0 1 3-.6c6 0 9.5 6.5 9.5 6.5s-.8 1.5-2.3 3.1M10 10.2a2.75 2.75 0 0 0 3.8 3.8M4 4l16 16"/>,
  hour: <path d="M7 3.5h10M7 20.5h10M8 3.5v4l4 4.5 4-4.5v-4M8 20.5v-4l4-4.5 4 4.5v4"/>,
  keyboard: <><rect x="2.5" y="6" width="19" height="12" rx="2"/><path d="M6.5 10v.1M10 10v.1M14 10v.1M17.5 10v.1M8 14h8"/></>,
  leave: <path d="M13 4H6.5A1.5 1.5 0 0 0 5 5.5v13A1.5 1.5 0 0 0 6.5 20H13M10 12h10.5M17 8.5l3.5 3.5-3.5 3.5"/>,
  link: <><path d="M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1"/><path d="M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1"/></>,
  lock: <><rect x="5" y="10.5" width="14" height="10" rx="2"/><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5"/></>,
  logo: <><path d="M5 4v8a7 7 0 0 0 14 0V4" strokeWidth="3"/><circle cx="12" cy="10.5" r="2.25" fill="currentColor" stroke="none"/></>,
  mail: <><rect x="3.5" y="5.5" width="17" height="13" rx="2"/><path d="M4 7l8 6 8-6"/></>,
  mic: <><rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3"/></>,
  more: <><circle cx="5" cy="12" r="1.25" fill="currentColor" stroke="none"/><circle cx="12" cy="12" r="1.25" fill="currentColor" stroke="none"/><circle cx="19" cy="12" r="1.25" fill="currentColor" stroke="none"/></>,
  offline: <path d="M4 4l16 16M8.5 15.5a5 5 0 0 1 7 0M5 12a10 10 0 0 1 4-2.4M19 12a10 10 0 0 0-5.5-2.8M12 19v.1"/>,
  pause: <path d="M8.5 5.5v13M15.5 5.5v13"/>,
  pin: <path d="M8.5 3.5h7M9.5 3.5v6l-3 3.5v1.5h11V13l-3-3.5v-6M12 14.5v6"/>,
  plus: <path d="M12 5v14M5 12h14"/>,
  poll: <path d="M5 20V11M12 20V4M19 20v-6"/>,
  qr: <><rect x="4" y="4" width="6" height="6" rx="1"/><rect x="14" y="4" width="6" height="6" rx="1"/><rect x="4" y="14" width="6" height="6" rx="1"/><path d="M14 14h2v2M20 14v2M14 20h2M20 20h-1M18 17h2"/></>,
  refresh: <path d="M19.5 12a7.5 7.5 0 1 1-2.2-5.3L20 9.3M20 4v5.3h-5.3"/>,
  reply: <path d="M9 6l-4.5 4.5L9 15M4.5 10.5H14a5.5 5.5 0 0 1 5.5 5.5v2"/>,
  right: <path d="M9 6l6 6-6 6"/>,
  search: <><circle cx="11" cy="11" r="6.5"/><path d="M16 16l4.5 4.5"/></>,
  settings: <><path d="M4 7h9M17.5 7H20M4 17h2.5M11 17h9"/><circle cx="15" cy="7" r="2.25"/><circle cx="8.5" cy="17" r="2.25"/></>,
  shield: <><path d="M12 3l7.5 2.5V11c0 4.8-3 8.2-7.5 10-4.5-1.8-7.5-5.2-7.5-10V5.5z"/><path d="M9 11.8l2.2 2.2L15 10"/></>,
  start: <path d="M5 20v-7M12 20V9M19 20v-4M15.5 5.5h6M18.5 2.5v6"/>,
  trash: <path d="M4.5 6.5h15M9.5 6.5v-2h5v2M6.5 6.5l.8 13h9.4l.8-13M10 10.5v5M14 10.5v5"/>,
  unlink: <path d="M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1M4 4l16 16"/>,
  up: <path d="M12 19V6M6.5 11.5L12 6l5.5 5.5"/>,
  'user-plus': <><circle cx="10" cy="8" r="3.5"/><path d="M3.5 19.5c.6-3.4 3-5.5 6.5-5.5s5.9 2.1 6.5 5.5M18.5 8v6M15.5 11h6"/></>,
  users: <><circle cx="9" cy="8" r="3.5"/><path d="M2.5 19.5c.6-3.4 3-5.5 6.5-5.5s5.9 2.1 6.5 5.5M16 4.8a3.5 3.5 0 0 1 0 6.4M18 14.5c2 .8 3.2 2.6 3.5 5"/></>,
  video: <><rect x="3.5" y="6" width="12" height="12" rx="2"/><path d="M15.5 11l5-3v8l-5-3z"/></>,
  x: <path d="M6 6l12 12M18 6L6 18"/>,
} satisfies Record<string, ReactNode>

export type IconName = keyof typeof drawings

/** An icon beside a word, hidden from assistive technology because the word has its meaning. */
export function Icon({ name, className = 'icon' }: { name: IconName; className?: string }) {
  return (
    <svg className={className} viewBox="0 0 24 24" aria-hidden="true">
      {drawings[name]}
    </svg>
  )
}
