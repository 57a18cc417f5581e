import { Suspense } from 'react'
import { DialogBoundary } from '../shell/DialogBoundary'
import { part } from '../shell/part'
import { t } from '../texts'
import { Button } from '../ui/Button'

const HandOver = part(() => import('./HandOver'))

/** What may open the window that moves a place. */
export interface OpensMore {
  /** Opens how to continue on another device. It is for guests: an account signs in there. */
  onMove?: (() => void) | undefined
}

/** Shows how to continue on another device. */
export function Moving({ roomId, onClose }: { roomId: string; onClose: () => void }) {
  return (
    <DialogBoundary onClose={onClose}>
      <Suspense fallback={null}>
        <HandOver roomId={roomId} onClose={onClose} />
      </Suspense>
    </DialogBoundary>
  )
}

/** The button for it on the pages outside the room. */
export function MoveButton({ onMove }: OpensMore) {
  return (
    onMove && (
      <Button kind="text" icon="device" onClick={onMove}>
        {t.move.title}
      </Button>
    )
  )
}
