import type { PersonPartsFragment } from '../graphql/generated/graphql'
import { Avatar } from '../people/Avatar'
import { t } from '../texts'
import { Badge } from '../ui/Badge'
import { Clip } from '../ui/Text'

interface PeopleHereProps {
  people: PersonPartsFragment[]
  total: number
  meId: string
}

/** Returns the role that somebody is listed with. */
export const rankOf = ({ managerRole, role }: PersonPartsFragment) => (managerRole ? 'MODERATOR' : role)

/** Lists hosts, moderators and speakers by name, and oneself. Viewers are a number: only those who run the room see their names. */
export function PeopleHere({ people, total, meId }: PeopleHereProps) {
  const others = total - people.length
  const groups = (['MODERATOR', 'SPEAKER', 'VIEWER'] as const).map((role) => {
    const members = people.filter((person) => rankOf(person) === role)
    return { role, members, count: members.length + (role === 'VIEWER' ? others : 0) }
  })
  return (
    <section className="panel" aria-labelledby="here">
      <header className="panel__head">
        <h2 id="here">{t.people.title}</h2>
        <Badge count>{t.numbers.number(total)}</Badge>
      </header>
      {groups.map(
        ({ role, members, count }) =>
          count > 0 && (
            <div key={role}>
              <h3 className="group-title">{t.inside.group(role, count)}</h3>
              <ul>
                {members.map((person) => (
                  <li className="row row--still" key={person.id}>
                    <Avatar name={person.displayName} online />
                    <div className="row__main">
                      <Clip className="row__name">{person.displayName}</Clip>
                      <span className="small soft">{person.id === meId ? t.room.youRole(titleOf(person)) : titleOf(person)}</span>
                    </div>
                  </li>
                ))}
              </ul>
              {role === 'VIEWER' && others > 0 && <p className="small soft people-here__others">{t.inside.others(others, members.length > 0)}</p>}
            </div>
          ),
      )}
    </section>
  )
}

/** Returns what somebody is in the room, in a word. */
export const titleOf = ({ managerRole, role }: Pick<PersonPartsFragment, 'managerRole' | 'role'>) => (managerRole ? t.room.host : t.roles[role])
