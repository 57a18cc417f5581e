import { type ReactNode, Suspense, useState } from 'react'
import { DialogBoundary } from './DialogBoundary'
import { Button } from '../ui/Button'
import type { IconName } from '../ui/Icon'

export interface Opened {
  opener: HTMLElement
  open: boolean
  setOpen: (open: boolean) => void
}

interface MenuButtonProps {
  icon: IconName
  label: string
  children: (opened: Opened) => ReactNode
}

/** A button whose menu is loaded when somebody opens it first. If it cannot be loaded, the page stays. */
export function MenuButton({ icon, label, children }: MenuButtonProps) {
  const [opener, setOpener] = useState<HTMLElement | null>(null)
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        kind="quiet"
        size="small"
        icon={icon}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={({ currentTarget }) => {
          setOpener(currentTarget)
          setOpen(!open)
        }}
      />
      {opener && (
        <DialogBoundary
          onClose={() => {
            setOpen(false)
            setOpener(null)
          }}
        >
          <Suspense fallback={null}>{children({ opener, open, setOpen })}</Suspense>
        </DialogBoundary>
      )}
    </>
  )
}
