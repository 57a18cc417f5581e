import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { t } from '../texts'
import { Button } from '../ui/Button'
import { Catch } from './Catch'
import { Failed, type Why } from './Failed'
import { PartMissing, serverAnswers } from './part'
import './DialogBoundary.css'

interface DialogBoundaryProps {
  onClose: () => void
  children: ReactNode
}

/** Shows what happened in a dialog of its own where a dialog throws. The page stays, with what somebody may be typing there. */
export function DialogBoundary({ onClose, children }: DialogBoundaryProps) {
  const instead = (error: unknown, onAgain: () => void) => <FailedDialog error={error} onAgain={onAgain} onClose={onClose} />
  return <Catch instead={instead}>{children}</Catch>
}

// The browser's own dialog, because the app's may be what is missing.
function FailedDialog({ error, onAgain, onClose }: { error: unknown; onAgain: () => void; onClose: () => void }) {
  const [why, setWhy] = useState<Why>(error instanceof PartMissing ? 'updated' : 'fault')
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useId()
  useEffect(() => {
    dialog.current?.showModal()
    if (error instanceof PartMissing) void serverAnswers().then((answers) => !answers && setWhy('unreachable'))
  }, [error])
  return (
    <dialog className="failed stack stack--tight" aria-labelledby={title} ref={dialog} onClose={onClose}>
      <Failed why={why} titleId={title} onAgain={onAgain}>
        <Button onClick={() => dialog.current?.close()}>{t.close}</Button>
      </Failed>
    </dialog>
  )
}
