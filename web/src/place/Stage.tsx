import { type ReactNode, useMemo } from 'react'
import type { PersonPartsFragment } from '../graphql/generated/graphql'
import { Avatar } from '../people/Avatar'
import { roleRank } from '../people/roles'
import { t } from '../texts'
import { Scroll } from '../ui/Scroll'
import { Clip } from '../ui/Text'
import { rankOf, titleOf } from './PeopleHere'

interface StageProps {
  people: PersonPartsFragment[]
  /** What is pinned, if anything is. */
  children: ReactNode
}

/** Shows what everyone in the room looks at: what is pinned, and who leads. */
export function Stage({ people, children }: StageProps) {
  const lead = useMemo(() => people.filter((person) => rankOf(person) !== 'VIEWER').toSorted((a, b) => roleRank[rankOf(b)] - roleRank[rankOf(a)]), [people])
  return (
    <Scroll className="hall" label={t.inside.stage}>
      {children}
      <div className="hall__quiet">
        <h2 className="hall__title">{t.link.sessionOpen}</h2>
        <p className="soft">{t.inside.quiet}</p>
      </div>
      {lead.length > 0 && (
        <section className="stack stack--tight hall__lead" aria-labelledby="lead">
          <h2 id="lead">{t.inside.lead}</h2>
          <ul className="hall__people">
            {lead.map((person) => (
              <li className="hall__person" key={person.id}>
                <Avatar name={person.displayName} online />
                <div>
                  <Clip className="strong">{person.displayName}</Clip>
                  <span className="small soft">{titleOf(person)}</span>
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Scroll>
  )
}
