import { useCallback, useMemo } from 'react'
import { useClient, useQuery } from 'urql'
import { askFresh } from '../graphql/fresh'
import { InvitedBeforeDocument, type InvitedBeforeQuery, type ManagerRole, type RoomRole, UserSearchDocument, type UserSearchQuery } from '../graphql/generated/graphql'
import { t } from '../texts'
import { searchable } from '../ui/searchable'
import { useDebounced } from '../ui/useDebounced'

/** A person to choose: an account, or somebody who was invited before. */
export interface Suggestion {
  from: 'account' | 'invitation'

  id: string
  email: string
  firstName: string
  lastName: string
  name: string
  managerRole: ManagerRole | null
  /** The role of the person's invitation to the room's current session. */
  invitedAs: RoomRole | null
  /** The role of the person's last invitation, for somebody who was invited before. */
  lastRole: RoomRole | null
}

interface Group {
  label: string
  people: Suggestion[]
}

type Match = NonNullable<UserSearchQuery['userSearch']>[number]
type Before = NonNullable<InvitedBeforeQuery['invitedBefore']>[number]

function suggestionOf({ user, invitation, managerRole }: Match): Suggestion {
  return { ...user, from: 'account', email: user.email ?? '', managerRole: managerRole ?? null, invitedAs: invitation?.role ?? null, lastRole: null }
}

function beforeOf({ last, invitation }: Before): Suggestion {
  return { ...last, from: 'invitation', managerRole: null, invitedAs: invitation?.role ?? null, lastRole: last.role }
}

/**
 * Returns the people who match what is typed, from the second character: accounts, and with `before` people who were invited
 * before. `chosen` needs no suggestions any more.
 */
export function useSuggestions(roomId: string, typed: string, chosen: string | null, before: boolean) {
  const query = useDebounced(searchable(typed), 120)
  const pause = [...query].length < 2 || query === chosen
  const [accounts] = useQuery({ query: UserSearchDocument, variables: { roomId, query }, pause, requestPolicy: 'network-only' })
  const [invited] = useQuery({ query: InvitedBeforeDocument, variables: { roomId, query }, pause: pause || !before, requestPolicy: 'network-only' })
  const groups = useMemo(() => {
    if (pause) return []
    const people = (accounts.data?.userSearch ?? []).map(suggestionOf)
    const known = new Set(people.map(({ email }) => folded(email)))
    const others = before ? (invited.data?.invitedBefore ?? []).map(beforeOf).filter(({ email }) => !known.has(folded(email))) : []
    const all: Group[] = [
      { label: t.invite.people, people },
      { label: t.invite.before, people: others },
    ]
    return all.filter((group) => group.people.length > 0)
  }, [pause, before, accounts.data, invited.data])
  return { query: pause ? '' : query, groups, fetching: accounts.fetching || (before && invited.fetching) }
}

const folded = (email: string) => email.trim().normalize('NFC').toLowerCase()

/** Returns a function that finds the person whose whole address was typed, or null. */
export function useExact(roomId: string) {
  const client = useClient()
  return useCallback(
    async (email: string): Promise<Suggestion | null> => {
      if (!email.includes('@')) return null
      const { data } = await askFresh(client, UserSearchDocument, { roomId, query: searchable(email) })
      const match = data?.userSearch?.find(({ user }) => folded(user.email ?? '') === folded(email))
      return match ? suggestionOf(match) : null
    },
    [client, roomId],
  )
}
