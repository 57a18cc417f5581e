import { type DragEvent, useEffect, useState } from 'react'
import type { InvitationPartsFragment, RoomRole } from '../graphql/generated/graphql'
import { t } from '../texts'
import { Button } from '../ui/Button'
import { Field } from '../ui/Field'
import { csv, save } from './csv'
import { type Expiry, ExpiryField } from './Expiry'
import { RoleCards } from './RoleCards'

export interface Source {
  from: 'paste' | 'file' | 'earlier'
  text: string
  file: File | null
  role: RoomRole
  expiry: Expiry
}

interface ManySourceProps {
  value: Source
  error: string | null
  last?: string
  read: (sessionId: string) => Promise<InvitationPartsFragment[] | null>
  onChange: (next: Source) => void
  onOne?: () => void
}

const from = ['paste', 'file', 'earlier'] as const

/** Asks where the people come from. */
export function ManySource({ value, error, last, read, onChange, onOne }: ManySourceProps) {
  const [before, setBefore] = useState<number | null>(null)
  const set = (change: Partial<Source>) => onChange({ ...value, ...change })
  useEffect(() => {
    if (value.from === 'earlier' && last) void read(last).then((people) => setBefore(people?.length ?? null))
  }, [value.from, last, read])
  const drop = (event: DragEvent) => {
    event.preventDefault()
    const file = event.dataTransfer.files[0]
    if (file) set({ from: 'file', file })
  }
  return (
    <div className="stack" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <div className="segments" role="group" aria-label={t.severalPeople.sources}>
        {onOne && (
          <button type="button" className="segment" aria-pressed={false} onClick={onOne}>
            {t.severalPeople.one}
          </button>
        )}
        {from.map((one) => (
          <button key={one} type="button" className="segment" aria-pressed={value.from === one} onClick={() => set({ from: one })}>
            {t.severalPeople.tabs[one]}
          </button>
        ))}
      </div>
      {value.from === 'paste' && (
        <Field label={t.severalPeople.paste} hint={t.severalPeople.pasteHint} error={error}>
          {(control) => <textarea className="input textarea many__paste" rows={8} spellCheck={false} dir="auto" placeholder={t.severalPeople.pasteExample} value={value.text} onChange={(event) => set({ text: event.target.value })} {...control} />}
        </Field>
      )}
      {value.from === 'file' && (
        <Field
          label={t.severalPeople.file}
          hint={t.severalPeople.fileHint}
          error={error}
          after={
            <div className="cluster">
              {value.file && <span className="small strong wrap">{value.file.name}</span>}
              <Button kind="text" size="small" onClick={() => save(t.severalPeople.templateName, csv([t.severalPeople.header.slice(0, 4)]))}>
                {t.severalPeople.template}
              </Button>
            </div>
          }
        >
          {(control) => <input className="input many__file" type="file" accept=".csv,.tsv,.txt,text/csv,text/plain" onChange={(event) => set({ file: event.target.files?.[0] ?? value.file })} {...control} />}
        </Field>
      )}
      {value.from === 'earlier' && (
        <p className={error ? 'field__error' : 'soft'}>{error ?? (last ? before !== null && t.severalPeople.earlierHint(before) : t.severalPeople.earlierNone)}</p>
      )}
      {value.from !== 'earlier' && <RoleCards label={t.severalPeople.role} value={value.role} onChange={(role) => set({ role })} />}
      <ExpiryField optional value={value.expiry} onChange={(expiry) => set({ expiry })} />
    </div>
  )
}
