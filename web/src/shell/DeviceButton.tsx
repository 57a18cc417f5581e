import { Suspense, useState } from 'react'
import { t } from '../texts'
import { Button } from '../ui/Button'
import { DialogBoundary } from './DialogBoundary'
import { part } from './part'

// Few people open it, so no page loads it first.
const DeviceDialog = part(() => import('./DeviceSettings'))

/** Opens what people without an account here can choose for their browser. */
export function DeviceButton({ icon }: { icon?: boolean }) {
  const [open, setOpen] = useState(false)
  const show = () => setOpen(true)
  const close = () => setOpen(false)
  return (
    <>
      {icon ? (
        <Button kind="quiet" icon="settings" aria-label={t.display} title={t.display} onClick={show} />
      ) : (
        <Button kind="quiet" size="small" onClick={show}>
          {t.display}
        </Button>
      )}
      {open && (
        <DialogBoundary onClose={close}>
          <Suspense fallback={null}>
            <DeviceDialog onClose={close} />
          </Suspense>
        </DialogBoundary>
      )}
    </>
  )
}
