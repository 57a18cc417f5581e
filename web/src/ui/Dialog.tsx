import * as Ariakit from '@ariakit/react'
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react'
import { t } from '../texts'
import { Button } from './Button'
import { lastMenuButton } from './Menu'
import './Dialog.css'

interface DialogProps {
  title: ReactNode
  subtitle?: ReactNode
  /** Whether it asks before something that cannot be undone. */
  alert?: boolean
  /** Where nothing inside needs scrolling and suggestions may stand out. */
  foot?: ReactNode
  /** Makes body and foot a form. */
  onSubmit?: () => void
  onClose: () => void
  children: ReactNode
}

// Focus starts at an element with autofocus, else at the first field, else at the first button of the foot.
const starts = ['[data-autofocus="true"]', '.dialog__body :is(input, select, textarea)', '.dialog__foot button']

function startIn(first: HTMLElement | null): boolean {
  const dialog = first?.closest('.dialog')
  const start = starts.map((selector) => dialog?.querySelector<HTMLElement>(selector)).find(Boolean)
  start?.focus()
  return !start
}

/** A modal dialog. Focus goes in, stays in, and returns to where it was. */
export function Dialog({ title, subtitle, alert, foot, onSubmit, onClose, children }: DialogProps) {
  const opener = useRef(document.activeElement)
  useEffect(() => {
    const from = opener.current
    return () => {
      const back = from instanceof HTMLElement && from.isConnected && from.closest('[role="menu"]') === null ? from : lastMenuButton()
      requestAnimationFrame(() => {
        if (back?.isConnected && document.activeElement === document.body) back.focus()
      })
    }
  }, [])

  const inner = (
    <>
      <div className="dialog__body stack">{children}</div>
      {foot && <footer className="dialog__foot">{foot}</footer>}
    </>
  )
  return (
    <Ariakit.Dialog
      open
      onClose={onClose}
      backdrop={false}
      autoFocusOnShow={startIn}
      role={alert ? 'alertdialog' : 'dialog'}
      className="dialog"
      render={(props) => (
        <div className="layer">
          <section {...props} />
        </div>
      )}
    >
      <header className="dialog__head">
        <div>
          <Ariakit.DialogHeading render={<h2 />}>{title}</Ariakit.DialogHeading>
          {subtitle && <p className="soft small">{subtitle}</p>}
        </div>
        {!alert && <Button kind="quiet" icon="x" aria-label={t.close} onClick={onClose} />}
      </header>
      {onSubmit ? (
        <form
          noValidate
          onSubmit={(event: FormEvent) => {
            event.preventDefault()
            onSubmit()
          }}
        >
          {inner}
        </form>
      ) : (
        inner
      )}
    </Ariakit.Dialog>
  )
}

interface ConfirmProps {
  title: string
  text: string
  confirm: string
  keep?: string
  busy?: boolean
  onConfirm: () => void
  onClose: () => void
}

/** Asks once before an action that takes something from other people, and names what will happen. */
export function Confirm({ title, text, confirm, keep = t.cancel, busy, onConfirm, onClose }: ConfirmProps) {
  return (
    <Dialog
      alert
      title={title}
      onClose={onClose}
      foot={
        <>
          <Button kind="quiet" onClick={onClose} autoFocus>
            {keep}
          </Button>
          <Button kind="danger-solid" busy={busy} onClick={onConfirm}>
            {confirm}
          </Button>
        </>
      }
    >
      <p>{text}</p>
    </Dialog>
  )
}
