import { type ReactNode, useId } from 'react'

/** A titled part of a page, with a note where one is needed. */
export function Panel({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  const id = useId()
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel__head">
        <h2 id={id}>{title}</h2>
      </header>
      <div className="section">
        {note && <p className="small soft">{note}</p>}
        {children}
      </div>
    </section>
  )
}
