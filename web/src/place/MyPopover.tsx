import * as Ariakit from '@ariakit/react'
import { useLayoutEffect } from 'react'
import { t } from '../texts'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { popupPlace } from '../ui/Menu'
import type { MeProps } from './Me'
import type { OpensMore } from './Moving'
import { WhatYouCan } from './WhatYouCan'
import '../ui/popup.css'

interface MyPopoverProps extends MeProps, OpensMore {
  opener: HTMLElement
  open: boolean
  setOpen: (open: boolean) => void
}

/** Shows above one's own name what one can do here. */
export default function MyPopover({ opener, open, setOpen, onMove, ...props }: MyPopoverProps) {
  const popover = Ariakit.usePopoverStore({ placement: 'top-start', open, setOpen })
  useLayoutEffect(() => {
    popover.setDisclosureElement(opener)
    popover.setAnchorElement(opener)
  }, [popover, opener])
  return (
    <Ariakit.Popover store={popover} portal portalElement={popupPlace} gutter={12} overflowPadding={8} unmountOnHide aria-labelledby="can" className="popup popover popover--can">
      <div className="spread">
        <h2 id="can">{t.room.whatYouCan}</h2>
        <Badge tone="well">{t.roles[props.me.role]}</Badge>
      </div>
      <WhatYouCan {...props} />
      {onMove && (
        <Button icon="device" wide onClick={onMove}>
          {t.move.title}
        </Button>
      )}
    </Ariakit.Popover>
  )
}
