import type { ReactNode } from 'react'
import { Navigate, useLocation } from 'react-router'
import { useQuery } from 'urql'
import { MeDocument, type MeQuery } from '../graphql/generated/graphql'
import { unexpected } from '../graphql/problem'
import { useTryAgain } from '../graphql/useTryAgain'
import { Loading } from './Frame'

export type SignedIn = NonNullable<MeQuery['me']['user']>

/** Renders for a signed-in user. Anyone else goes to the sign-in page and returns afterwards. */
export function WithUser({ children }: { children: (user: SignedIn) => ReactNode }) {
  const [{ data, error }, readAgain] = useQuery({ query: MeDocument, requestPolicy: 'cache-and-network' })
  const { pathname, search } = useLocation()
  useTryAgain(Boolean(error) && !data, () => readAgain({ requestPolicy: 'network-only' }))
  if (!data) return error ? <Loading text={unexpected(error)} /> : null
  if (!data.me.user) return <Navigate replace to={`/sign-in?next=${encodeURIComponent(pathname + search)}`} />
  return children(data.me.user)
}
