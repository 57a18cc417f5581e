import * as Ariakit from '@ariakit/react'
import { useMemo, useState } from 'react'
import { t } from '../texts'
import { Field } from './Field'
import { Icon } from './Icon'
import { allZones, ownZone, zoneMatches, zoneOffset } from './zones'
import './popup.css'
import './ZoneField.css'

interface ZoneFieldProps {
  value: string
  /** The instant at which the zones' clocks are compared. */
  at: number
  onChange: (zone: string) => void
}

const most = 50
const shown = (zone: string) => zone.replaceAll('_', ' ')

/** A field for the zone of a room's times, which is searched by city, region or offset. */
export function ZoneField({ value, at, onChange }: ZoneFieldProps) {
  const [typed, setTyped] = useState<string | null>(null) // null unless somebody searches
  const zones = useMemo(() => [...new Set([ownZone(), value, 'UTC', ...allZones()])], [value])
  const found = useMemo(() => zones.filter((zone) => zoneMatches(zone, at, typed ?? '')).slice(0, most), [zones, at, typed])
  const missing = typed !== null && typed.trim() !== '' && found.length === 0
  return (
    <Field label={t.when.zone} hint={missing ? t.when.noZone : zoneOffset(value, at) !== value && zoneOffset(value, at)}>
      {(control) => (
        <Ariakit.ComboboxProvider
          value={typed ?? shown(value)}
          setValue={setTyped}
          selectedValue={value}
          setSelectedValue={(zone) => {
            if (typeof zone !== 'string') return
            onChange(zone)
            setTyped(null)
          }}
          setOpen={(open) => {
            if (!open) setTyped(null)
          }}
          resetValueOnHide={false}
        >
          <div className="select">
            <Ariakit.Combobox
              {...control}
              className="input"
              autoSelect="always"
              autoComplete="list"
              spellCheck={false}
              onFocus={(event) => event.currentTarget.select()}
              onBlur={() => setTyped(null)}
            />
            <Icon name="down" />
          </div>
          <Ariakit.ComboboxPopover gutter={6} sameWidth fitViewport unmountOnHide className="popup zones" aria-label={t.when.zone}>
            {found.map((zone) => (
              <Ariakit.ComboboxItem key={zone} value={zone} setValueOnClick={false} className="zone">
                <span>{shown(zone)}</span>
                <span className="small soft digits">{zoneOffset(zone, at)}</span>
              </Ariakit.ComboboxItem>
            ))}
          </Ariakit.ComboboxPopover>
        </Ariakit.ComboboxProvider>
      )}
    </Field>
  )
}
