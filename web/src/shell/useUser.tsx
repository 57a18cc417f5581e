import type { ReactNode } from 'react'
import { Navigate, useLocation } from 'react-router'
import { useQuery } from 'urql'
import { MeDocument, type MeQuery } from '../graphql/generated/graphql'

export type SignedIn = NonNullable<MeQuery['me']['user']>

/** Renders for a signed-in user. Anyone else goes to the sign-in page and returns afterwards. */
export function WithUser({ children }: { children: (user: SignedIn) => ReactNode }) {
  const [{ data }] = useQuery({ query: MeDocument, requestPolicy: 'cache-and-network' })
  const { pathname, search } = useLocation()
  if (!data) return null
  if (!data.me.user) return <Navigate replace to={`/sign-in?next=${encodeURIComponent(pathname + search)}`} />
  return children(data.me.user)
}
