import { useCallback } from 'react'
import { useClient } from 'urql'
import { askFresh } from '../graphql/fresh'
import { ReadAddressDocument } from '../graphql/generated/graphql'
import { useExact } from '../people/useSuggestions'
import { type Draft, fillIn, sameAddress, withEmail } from './draft'

/** What is known about a typed address: what is wrong with it, or how it completes the form. */
export type Recognised = { wrong: string } | { complete: (draft: Draft) => Draft; /** The address that may be meant. */ meant?: string | null }

const asItIs: Recognised = { complete: (draft) => draft }

/**
 * Returns a function that reads the typed or pasted address. An account fills in its names, otherwise the names beside the
 * address do. `complete` changes nothing if another address has been typed since.
 */
export function useRecognise(roomId: string) {
  const client = useClient()
  const findExact = useExact(roomId)
  return useCallback(
    async (typed: string): Promise<Recognised> => {
      if (!/[@＠﹫]/.test(typed)) return asItIs
      const { data } = await askFresh(client, ReadAddressDocument, { text: typed })
      const read = data?.readAddress
      if (!read) return asItIs
      if (read.__typename === 'Problem') return { wrong: read.message }
      const person = await findExact(read.email)
      return {
        meant: person ? null : read.suggestion,
        complete: (draft) => {
          if (draft.filled || !sameAddress(draft.email, typed)) return draft
          if (person) return fillIn(draft, { ...person, email: read.email }, 'account')
          if (read.firstName && !draft.firstName.trim() && !draft.lastName.trim()) return fillIn(draft, read, 'text')
          return withEmail(draft, read.email)
        },
      }
    },
    [client, findExact],
  )
}
