import { Suspense } from 'react'
import { DeviceButton } from '../shell/DeviceButton'
import { extra } from '../shell/part'
import { t } from '../texts'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { Name } from '../ui/Text'
import type { MeProps } from './Me'
import type { OpensMore } from './Moving'
import { titleOf } from './PeopleHere'
import { WhatYouCan } from './WhatYouCan'

const SheetControls = extra(() => import('../gesture/SheetControls'))

/** Shows on the phone what one can do here, how this browser shows things, and the way out. */
export default function MySheet({ onClose, onMove, ...props }: MeProps & OpensMore & { onClose: () => void }) {
  const { me, leaving, onLeave } = props
  return (
    <Dialog
      title={<Name>{me.displayName}</Name>}
      subtitle={titleOf(me)}
      onClose={onClose}
      foot={
        <>
          <DeviceButton />
          <Button icon="leave" busy={leaving} onClick={onLeave} autoFocus>
            {t.room.leave}
          </Button>
        </>
      }
    >
      <Suspense fallback={null}>
        <SheetControls roomId={props.room.id} me={me} onDone={onClose} />
      </Suspense>
      <h3>{t.room.whatYouCan}</h3>
      <WhatYouCan {...props} />
      {onMove && (
        <Button icon="device" wide onClick={onMove}>
          {t.move.title}
        </Button>
      )}
    </Dialog>
  )
}
