import * as Ariakit from '@ariakit/react'
import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { t } from '../texts'
import { Banner } from './Banner'
import { Button } from './Button'
import { useVoice, voices } from './Announcer'
import { lastMenuButton } from './Menu'
import { Clamp } from './Text'
import './Dialog.css'

interface Shown {
  title: ReactNode
  subtitle?: ReactNode
  /** Whether it asks before something that cannot be undone. */
  alert?: boolean
  /** Whether it needs room for a table. */
  wide?: boolean
  /** Where nothing inside needs scrolling and suggestions may stand out. */
  foot?: ReactNode
  onClose: () => void
  children: ReactNode
}

/** Body and foot are a form, or neither is. */
type Form =
  | {
      onSubmit: () => void
      /** Whether something typed would be lost (`useUnsaved`). Then Escape, a click outside and the cross ask once. */
      unsaved: boolean
      /** What to ask in place of whether to discard what was typed. */
      asks?: Asks
      /** Why the form could not be sent, for what no field explains. */
      fault: string | null | undefined
    }
  | { onSubmit?: undefined; unsaved?: undefined; asks?: undefined; fault?: string | null }

interface Asks {
  text: string
  leave: string
  stay: string
}

type DialogProps = Shown & Form

/** Reports whether what a form holds differs from what it opened with. */
export function useUnsaved(draft: unknown): boolean {
  const now = JSON.stringify(draft)
  const [before] = useState(now)
  return now !== before
}

// Focus starts at an element with autofocus, else at the first field, else at the first button of the foot.
const starts = ['[data-autofocus="true"]', '.dialog__body :is(input, select, textarea)', '.dialog__foot button']

function startIn(first: HTMLElement | null): boolean {
  const dialog = first?.closest('.dialog')
  const start = starts.map((selector) => dialog?.querySelector<HTMLElement>(selector)).find(Boolean)
  start?.focus()
  return !start
}

// Where focus returns to: the opener, else another button that opens the same, else the button of the menu it was in.
function returnTo(opener: Element | null): HTMLElement | null {
  if (!(opener instanceof HTMLElement) || opener.closest('[role="menu"]')) return lastMenuButton()
  const { opens } = opener.dataset
  return opener.isConnected || !opens ? opener : document.querySelector<HTMLElement>(`[data-opens="${opens}"]`)
}

/** A modal dialog. Focus goes in, stays in, and returns to where it was. */
export function Dialog({ title, subtitle, alert, wide, foot, onSubmit, unsaved, asks: words, fault, onClose, children }: DialogProps) {
  const [asking, setAsking] = useState(false)
  // What was typed may be gone meanwhile, such as after a submit.
  const asks = asking && unsaved
  const leave = () => {
    if (asks) setAsking(false)
    else if (unsaved) setAsking(true)
    else onClose()
  }
  const { within } = useVoice()
  const opener = useRef(document.activeElement)
  useEffect(() => {
    const from = opener.current
    return () => {
      const back = returnTo(from)
      requestAnimationFrame(() => {
        if (back?.isConnected && document.activeElement === document.body) back.focus()
      })
    }
  }, [])

  const inner = (
    <>
      <div className="dialog__body stack">
        {fault && (
          <Banner tone="danger" icon="alert" role="alert">
            {fault}
          </Banner>
        )}
        {children}
      </div>
      {foot && !asks && <footer className="dialog__foot">{foot}</footer>}
      {asks && <Discard words={words} onDiscard={onClose} onKeep={() => setAsking(false)} />}
    </>
  )
  return (
    <Ariakit.Dialog
      open
      getPersistentElements={voices}
      onClose={(event) => {
        if (unsaved) event.preventDefault()
        leave()
      }}
      backdrop={false}
      autoFocusOnShow={startIn}
      role={alert ? 'alertdialog' : 'dialog'}
      className={wide ? 'dialog dialog--wide' : 'dialog'}
      render={(props) => (
        <div className="layer">
          <div className="toasts toasts--within" role="status" data-voice ref={within} />
          <section {...props} />
        </div>
      )}
    >
      <header className="dialog__head">
        <div>
          <Ariakit.DialogHeading render={<h2 />}>
            <Clamp>{title}</Clamp>
          </Ariakit.DialogHeading>
          {subtitle && (
            <p className="soft small">
              <Clamp>{subtitle}</Clamp>
            </p>
          )}
        </div>
        {!alert && <Button kind="quiet" icon="x" aria-label={t.close} onClick={leave} />}
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

/** Asks in the foot of a dialog before what was typed there is lost. */
function Discard({ words = { text: t.discardTyped, leave: t.discard, stay: t.keepTyping }, onDiscard, onKeep }: { words?: Asks; onDiscard: () => void; onKeep: () => void }) {
  const id = useId()
  const keep = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const from = document.activeElement
    keep.current?.focus()
    return () => {
      if (from instanceof HTMLElement && from.isConnected) from.focus()
    }
  }, [])
  return (
    <footer className="dialog__foot" role="group" aria-labelledby={id}>
      <p className="dialog__asks" id={id}>
        {words.text}
      </p>
      <Button kind="quiet" onClick={onDiscard}>
        {words.leave}
      </Button>
      <Button ref={keep} kind="primary" onClick={onKeep}>
        {words.stay}
      </Button>
    </footer>
  )
}

interface ConfirmProps {
  title: string
  text: string
  confirm: string
  keep?: string
  /** How the button looks, if what it does harms nobody. */
  kind?: 'primary'
  busy?: boolean
  /** A choice, below the text. */
  children?: ReactNode
  onConfirm: () => void
  onClose: () => void
}

/** Asks once before an action that takes something from other people, and names what will happen. */
export function Confirm({ title, text, confirm, keep = t.cancel, kind, busy, children, onConfirm, onClose }: ConfirmProps) {
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
          <Button kind={kind ?? 'danger-solid'} busy={busy} onClick={onConfirm}>
            {confirm}
          </Button>
        </>
      }
    >
      <p>{text}</p>
      {children}
    </Dialog>
  )
}
