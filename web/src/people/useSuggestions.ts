import { useCallback, useMemo } from 'react'
import { useClient, useQuery } from 'urql'
import { type ManagerRole, type RoomRole, UserSearchDocument, type UserSearchQuery } from '../graphql/generated/graphql'
import { t } from '../texts'
import { searchable } from '../ui/searchable'
import { useDebounced } from '../ui/useDebounced'

/** A person to choose: an account. */
export interface Suggestion {
  id: string
  email: string
  firstName: string
  lastName: string
  name: string
  managerRole: ManagerRole | null
  /** The role of the person's invitation to the room's current session. */
  invitedAs: RoomRole | null
}

interface Group {
  label: string
  people: Suggestion[]
}

type Match = NonNullable<UserSearchQuery['userSearch']>[number]

function suggestionOf({ user, invitation, managerRole }: Match): Suggestion {
  return { ...user, email: user.email ?? '', managerRole: managerRole ?? null, invitedAs: invitation?.role ?? null }
}

/** Returns the people who match what is typed, from the second character. `chosen` needs no suggestions any more. */
export function useSuggestions(roomId: string, typed: string, chosen: string | null) {
  const query = useDebounced(searchable(typed), 120)
  const pause = [...query].length < 2 || query === chosen
  const [{ data, fetching }] = useQuery({ query: UserSearchDocument, variables: { roomId, query }, pause, requestPolicy: 'network-only' })
  const groups = useMemo(() => {
    const all: Group[] = [{ label: t.invite.people, people: pause ? [] : (data?.userSearch ?? []).map(suggestionOf) }]
    return all.filter((group) => group.people.length > 0)
  }, [pause, data])
  return { query: pause ? '' : query, groups, fetching }
}

const folded = (email: string) => email.trim().normalize('NFC').toLowerCase()

/** Returns a function that finds the person whose whole address was typed, or null. */
export function useExact(roomId: string) {
  const client = useClient()
  return useCallback(
    async (email: string): Promise<Suggestion | null> => {
      if (!email.includes('@')) return null
      const { data } = await client.query(UserSearchDocument, { roomId, query: searchable(email) }, { requestPolicy: 'network-only' }).toPromise()
      const match = data?.userSearch?.find(({ user }) => folded(user.email ?? '') === folded(email))
      return match ? suggestionOf(match) : null
    },
    [client, roomId],
  )
}
