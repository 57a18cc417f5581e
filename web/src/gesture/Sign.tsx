import type { ReactNode } from 'react'

// Drawn as those of Icon, but loaded with the controls that show them.
const drawings = {
  clap: <path d="M10.3 9.6L7.9 7.2a1.25 1.25 0 0 0-1.8 1.8l3.3 3.3M9.4 12.3l-2.6-2.6a1.25 1.25 0 0 0-1.8 1.8l5.4 5.4a6 6 0 0 0 8.5 0 6 6 0 0 0 1.4-6.2l-1-3.2a1.3 1.3 0 0 0-2.5.7l.5 2.1-5.9-5.9a1.25 1.25 0 0 0-1.8 1.8l3.1 3.1M14.5 3v2.2M18.2 3.6l-.9 2M11 3.8l.9 1.8"/>,
  hand: <path d="M8.2 12.2V6.4a1.4 1.4 0 0 1 2.8 0V11M11 11V4.9a1.4 1.4 0 0 1 2.8 0V11M13.8 11V6.2a1.4 1.4 0 0 1 2.8 0v5.3M16.6 9.4a1.4 1.4 0 0 1 2.8 0v4.9a6.6 6.6 0 0 1-6.6 6.6c-2.7 0-4.4-1.1-5.7-3.4l-2.5-4.3a1.45 1.45 0 0 1 2.4-1.6l1.2 1.5"/>,
  heart: <path d="M12 19.5S4.5 15 4.5 9.7A4.2 4.2 0 0 1 12 7.1a4.2 4.2 0 0 1 7.5 2.6C19.5 15 12 19.5 12 19.5z"/>,
  laugh: <><circle cx="12" cy="12" r="8.5"/><path d="M7.8 13h8.4a4.2 4.2 0 0 1-8.4 0zM8 9.7l1.8-.9M16 9.7l-1.8-.9"/></>,
  smile: <><circle cx="12" cy="12" r="8.5"/><path d="M8.2 13.8a4.3 4.3 0 0 0 7.6 0M9.2 9.4v.1M14.8 9.4v.1"/></>,
  thinking: <><circle cx="12" cy="12" r="8.5"/><path d="M9.2 10.2v.1M14.8 10.2v.1M9 15.3l5.2-1.1M13.4 7.4l2.6.7"/></>,
  thumb: <path d="M7.5 10.5V19H5a1 1 0 0 1-1-1v-6.5a1 1 0 0 1 1-1zM7.5 10.5L11 4a2 2 0 0 1 2.2 2.4l-.6 3.1h5a1.9 1.9 0 0 1 1.9 2.3l-1.2 5.7a1.9 1.9 0 0 1-1.9 1.5H7.5"/>,
  wow: <><circle cx="12" cy="12" r="8.5"/><path d="M9.2 9.4v.1M14.8 9.4v.1"/><circle cx="12" cy="14.8" r="1.9"/></>,
} satisfies Record<string, ReactNode>

export type SignName = keyof typeof drawings

/** An icon of a hand or a reaction beside its word. */
export function Sign({ name }: { name: SignName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      {drawings[name]}
    </svg>
  )
}
