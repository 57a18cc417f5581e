import * as Ariakit from '@ariakit/react'
import { cloneElement, type ComponentProps, type ReactElement, type ReactNode, useId, useLayoutEffect, useState } from 'react'
import { Icon, type IconName } from './Icon'
import './popup.css'
import './Menu.css'

let last: HTMLElement | null = null

/** Returns the button of the last open menu. It gets focus after a dialog that an item of the menu opened. */
export const lastMenuButton = () => last

/**
 * Returns where menus are rendered: in the page, whose width they depend on, but outside of rows and panels, which would clip them. A
 * page whose main part scrolls has another element for them.
 */
export const popupPlace = () => document.querySelector<HTMLElement>('[data-popups]') ?? document.querySelector('main') ?? document.body

interface MenuProps {
  label: string
  /** The button that opens it. */
  button: ReactElement<ComponentProps<'button'>>
  children: ReactNode
}

/** Where focus goes when a menu opens. */
type Focus = 'first' | 'last' | 'container'

const keys: Partial<Record<string, Focus>> = { ArrowDown: 'first', ArrowUp: 'last' }

/** A button with a list of actions. Before it opens first, a menu is no more than its button, because lists have hundreds of them. */
export function Menu({ label, button, children }: MenuProps) {
  const id = useId()
  const [open, setOpen] = useState(false)
  const [opener, setOpener] = useState<{ element: HTMLElement; focus: Focus } | null>(null)
  const show = (element: HTMLElement, focus: Focus) => {
    setOpener({ element, focus })
    setOpen(true)
  }
  return (
    <>
      {cloneElement(button, {
        'aria-haspopup': 'menu',
        'aria-expanded': open,
        'aria-controls': open ? id : undefined,
        onClick: ({ currentTarget, detail }) => (open ? setOpen(false) : show(currentTarget, detail === 0 ? 'first' : 'container')),
        onKeyDown: (event) => {
          const focus = keys[event.key]
          // In a row of a list they lead to the next row (useRoving).
          if (!focus || event.currentTarget.closest('[data-row]')) return
          event.preventDefault()
          show(event.currentTarget, focus)
        },
      })}
      {opener && (
        <MenuList id={id} label={label} opener={opener.element} focus={opener.focus} open={open} setOpen={setOpen}>
          {children}
        </MenuList>
      )}
    </>
  )
}

interface ListProps {
  id: string
  label: string
  opener: HTMLElement
  focus: Focus
  open: boolean
  setOpen: (open: boolean) => void
  children: ReactNode
}

/** The list of a menu whose button is elsewhere, for pages that load it when it is opened. */
export function MenuList({ id, label, opener, focus, open, setOpen, children }: ListProps) {
  const menu = Ariakit.useMenuStore({ placement: 'bottom-end', open, setOpen })
  useLayoutEffect(() => {
    menu.setDisclosureElement(opener)
    menu.setAnchorElement(opener)
    if (!open) return
    last = opener
    menu.setAutoFocusOnShow(true)
    menu.setInitialFocus(focus)
  }, [menu, opener, focus, open])
  return (
    <Ariakit.Menu id={id} store={menu} portal portalElement={popupPlace} preserveTabOrder={false} gutter={6} overflowPadding={8} unmountOnHide aria-label={label} className="popup menu">
      {children}
    </Ariakit.Menu>
  )
}

interface ItemProps {
  icon?: IconName
  danger?: boolean
  note?: string
  onClick: () => void
  children: ReactNode
}

export function MenuItem({ icon, danger, note, onClick, children }: ItemProps) {
  return (
    <Ariakit.MenuItem className={danger ? 'menu__item menu__item--danger' : 'menu__item'} onClick={onClick} render={<button type="button" />}>
      {icon && <Icon name={icon} />}
      <span>
        {children}
        {note && <small>{note}</small>}
      </span>
    </Ariakit.MenuItem>
  )
}

interface ChoiceProps {
  name: string
  value: string
  checked: boolean
  icon?: IconName
  note?: string
  onChoose: () => void
  children: ReactNode
}

/** One of several exclusive choices. */
export function MenuChoice({ name, value, checked, icon, note, onChoose, children }: ChoiceProps) {
  return (
    <Ariakit.MenuItemRadio name={name} value={value} checked={checked} hideOnClick className="menu__item" onClick={() => !checked && onChoose()} render={<button type="button" />}>
      {icon && <Icon name={icon} />}
      <span>
        {children}
        {note && <small>{note}</small>}
      </span>
      {checked && <Icon name="check" className="icon menu__check" />}
    </Ariakit.MenuItemRadio>
  )
}

export function MenuNote({ children }: { children: ReactNode }) {
  return <div className="menu__group">{children}</div>
}

export function MenuRule() {
  return <Ariakit.MenuSeparator className="menu__rule" />
}
