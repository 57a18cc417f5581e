import * as Ariakit from '@ariakit/react'
import { type ReactNode, useId, useLayoutEffect } from 'react'
import { popupPlace } from '../ui/Menu'
import '../ui/popup.css'

interface PopProps {
  title: string
  opener: HTMLElement
  open: boolean
  setOpen: (open: boolean) => void
  children: ReactNode
}

/** Shows something above a button of the bar. */
export function Pop({ title, opener, open, setOpen, children }: PopProps) {
  const id = useId()
  const popover = Ariakit.usePopoverStore({ placement: 'top', open, setOpen })
  useLayoutEffect(() => {
    popover.setDisclosureElement(opener)
    popover.setAnchorElement(opener)
  }, [popover, opener])
  return (
    <Ariakit.Popover store={popover} portal portalElement={popupPlace} gutter={12} overflowPadding={8} unmountOnHide aria-labelledby={id} className="popup popover">
      <h2 id={id}>{title}</h2>
      {children}
    </Ariakit.Popover>
  )
}
