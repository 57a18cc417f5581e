import * as Ariakit from '@ariakit/react'
import type { MouseEvent, ReactElement, ReactNode } from 'react'
import { Icon, type IconName } from './Icon'
import './popup.css'
import './Menu.css'

let last: HTMLElement | null = null

/** Returns the button of the last open menu. It gets focus after a dialog that an item of the menu opened. */
export const lastMenuButton = () => last

// Menus are rendered in the page, whose width they depend on, but outside of rows and panels, which would clip them.
const place = () => document.querySelector('main') ?? document.body

interface MenuProps {
  label: string
  /** The button that opens it. */
  button: ReactElement
  children: ReactNode
}

/** A button with a list of actions. */
export function Menu({ label, button, children }: MenuProps) {
  return (
    <Ariakit.MenuProvider placement="bottom-end">
      <Ariakit.MenuButton render={button} onClick={(event: MouseEvent<HTMLElement>) => (last = event.currentTarget)} />
      <Ariakit.Menu portal portalElement={place} preserveTabOrder={false} gutter={6} overflowPadding={8} unmountOnHide aria-label={label} className="popup menu">
        {children}
      </Ariakit.Menu>
    </Ariakit.MenuProvider>
  )
}

interface ItemProps {
  icon?: IconName
  danger?: boolean
  onClick: () => void
  children: ReactNode
}

export function MenuItem({ icon, danger, onClick, children }: ItemProps) {
  return (
    <Ariakit.MenuItem className={danger ? 'menu__item menu__item--danger' : 'menu__item'} onClick={onClick} render={<button type="button" />}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
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
