import * as Ariakit from '@ariakit/react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Avatar } from './Avatar'
import { marked } from './mark'
import { type Suggestion, useSuggestions } from './useSuggestions'
import './PeopleCombobox.css'
import '../ui/popup.css'

interface PeopleComboboxProps {
  roomId: string
  value: string
  onChange: (value: string) => void
  onChoose: (person: Suggestion) => void
  /** Called when the keyboard or the pointer goes elsewhere, but not to the list. */
  onLeave?: () => void
  /** Called with a text that is pasted into the empty field. */
  onPaste?: (text: string) => void
  note?: (person: Suggestion) => ReactNode
  control: { id: string; 'aria-invalid': true | undefined; 'aria-describedby': string | undefined }
  autoFocus?: boolean
  /** Accepts addresses that are not listed, and says so. It also suggests people who were invited before. */
  free?: boolean
}

/**
 * An email field that suggests people from the second character. The list is open only if it has somebody, so Enter and
 * Escape go to the form whenever there is no list.
 */
export function PeopleCombobox({ roomId, value, onChange, onChoose, onLeave, onPaste, note, control, autoFocus, free }: PeopleComboboxProps) {
  const [chosen, setChosen] = useState<string | null>(null)
  const [wanted, setWanted] = useState(false)
  const { query, groups, fetching } = useSuggestions(roomId, value, chosen, free === true)
  const found = groups.reduce((count, group) => count + group.people.length, 0)
  const open = wanted && found > 0
  const combobox = Ariakit.useComboboxStore({ value, setValue: onChange, resetValueOnHide: false, open, setOpen: setWanted })

  const { say } = useVoice()
  const said = useRef('')
  const words = !wanted || query === '' ? '' : fetching ? null : found > 0 ? t.invite.suggestions(found) : t.invite.noSuggestions
  useEffect(() => {
    if (words === null || words === said.current) return
    said.current = words
    if (words) say(words)
  }, [words, say])

  return (
    <div className="combobox">
      <Ariakit.Combobox
        {...control}
        store={combobox}
        className="input"
        type="text"
        inputMode="email"
        autoFocus={autoFocus}
        autoComplete="list"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        autoSelect={false}
        showMinLength={2}
        onBlur={(event) => {
          if (combobox.getState().popoverElement?.contains(event.relatedTarget)) return
          // Late suggestions would cover the next field, which somebody has moved to.
          setWanted(false)
          onLeave?.()
        }}
        onPaste={(event) => value.trim() === '' && onPaste?.(event.clipboardData.getData('text').replaceAll(/[\r\n]+/g, ''))}
        aria-busy={fetching || undefined}
      />
      <Ariakit.ComboboxPopover store={combobox} autoFocusOnHide={false} gutter={6} sameWidth fitViewport unmountOnHide className="popup combobox__popup" aria-label={t.invite.people}>
        {groups.map((group) => (
          <Ariakit.ComboboxGroup key={group.label}>
            {(groups.length > 1 || group.label === t.invite.before) && <Ariakit.ComboboxGroupLabel className="popup__title">{group.label}</Ariakit.ComboboxGroupLabel>}
            {group.people.map((person) => (
              <Ariakit.ComboboxItem
                key={person.id}
                className="option"
                value={person.email}
                setValueOnClick={false}
                onClick={() => {
                  setChosen(person.email)
                  onChoose(person)
                }}
              >
                <Avatar name={person.name} size="small" />
                <div className="option__main">
                  <div className="clip" title={person.name}>
                    <bdi>
                      <Marked text={person.name} typed={query} />
                    </bdi>
                  </div>
                  <div className="clip small soft" title={person.email}>
                    <Marked text={person.email} typed={query} />
                  </div>
                </div>
                {note && <span className="option__note">{note(person)}</span>}
              </Ariakit.ComboboxItem>
            ))}
          </Ariakit.ComboboxGroup>
        ))}
        {free && <p className="popup__foot">{t.invite.notHere}</p>}
      </Ariakit.ComboboxPopover>
    </div>
  )
}

/** Marks the typed beginnings of words. */
function Marked({ text, typed }: { text: string; typed: string }) {
  return marked(text, typed).map((piece, index) => (piece.hit ? <mark key={index}>{piece.text}</mark> : <span key={index}>{piece.text}</span>))
}
