import * as Ariakit from '@ariakit/react'
import { type ReactNode, useMemo, useState } from 'react'
import { useQuery } from 'urql'
import { UserSearchDocument, type UserSearchQuery } from '../graphql/generated/graphql'
import { t } from '../texts'
import { searchable } from '../ui/searchable'
import { useDebounced } from '../ui/useDebounced'
import { Avatar } from './Avatar'
import { marked } from './mark'
import './PeopleCombobox.css'
import '../ui/popup.css'

export type Match = NonNullable<UserSearchQuery['userSearch']>[number]

interface PeopleComboboxProps {
  roomId: string
  value: string
  onChange: (value: string) => void
  onChoose: (match: Match) => void
  note?: (match: Match) => ReactNode
  control: { id: string; 'aria-invalid': true | undefined; 'aria-describedby': string | undefined }
  autoFocus?: boolean
  /** Explains that a person who is not listed can be typed. */
  free?: boolean
}

/** An email field that suggests people of the site from the second character. It accepts other addresses too. */
export function PeopleCombobox({ roomId, value, onChange, onChoose, note, control, autoFocus, free }: PeopleComboboxProps) {
  const query = useDebounced(searchable(value), 120)
  const [chosen, setChosen] = useState<string | null>(null)
  const pause = [...query].length < 2 || query === chosen
  const [{ data, fetching }] = useQuery({ query: UserSearchDocument, variables: { roomId, query }, pause, requestPolicy: 'network-only' })
  const matches = useMemo(() => (pause ? [] : (data?.userSearch ?? [])), [pause, data])
  const combobox = Ariakit.useComboboxStore({ value, setValue: onChange, resetValueOnHide: false })
  const open = Ariakit.useStoreState(combobox, 'open')

  return (
    <div className="combobox">
      <Ariakit.Combobox
        {...control}
        store={combobox}
        className="input"
        type="email"
        inputMode="email"
        autoFocus={autoFocus}
        autoComplete="none"
        autoCapitalize="off"
        spellCheck={false}
        autoSelect={false}
        showMinLength={2}
        onBlur={(event) => {
          // Late suggestions would cover the next field, which somebody has moved to.
          if (!combobox.getState().popoverElement?.contains(event.relatedTarget)) combobox.hide()
        }}
        aria-busy={fetching || undefined}
      />
      <Ariakit.ComboboxPopover store={combobox} autoFocusOnHide={false} hidden={matches.length === 0} gutter={6} sameWidth fitViewport unmountOnHide={!open} className="popup combobox__popup" aria-label={t.invite.people}>
        {matches.map((match) => (
          <Ariakit.ComboboxItem
            key={match.user.id}
            className="option"
            value={match.user.email ?? ''}
            setValueOnClick={false}
            onClick={() => {
              setChosen(match.user.email ?? '')
              onChoose(match)
            }}
          >
            <Avatar id={match.user.id} name={match.user.name} size="small" />
            <div className="option__main">
              <div className="clip" title={match.user.name}>
                <bdi>
                  <Marked text={match.user.name} typed={query} />
                </bdi>
              </div>
              <div className="clip small soft" title={match.user.email ?? undefined}>
                <Marked text={match.user.email ?? ''} typed={query} />
              </div>
            </div>
            {note && <span className="option__note">{note(match)}</span>}
          </Ariakit.ComboboxItem>
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
