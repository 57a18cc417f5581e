import type { TypedDocumentNode } from '@urql/core'
import { useCallback, useMemo, useState } from 'react'
import { useClient, useQuery } from 'urql'
import { useGathered } from './gather'

interface Connection<N> {
  edges: { node: N }[]
  pageInfo: { hasNextPage: boolean; endCursor?: string | null }
  totalCount: number
}

/**
 * Reads a list page by page and keeps it whole in the cache. `refresh` reads again every page that was read so far; calls
 * that come close together become one. While it is `paused`, nothing is read.
 */
export function usePages<D, V extends { after?: string | null }, N>(
  document: TypedDocumentNode<D, V>,
  variables: Omit<V, 'after'>,
  pick: (data: D) => Connection<N> | null | undefined,
  paused = false,
) {
  const client = useClient()
  const key = JSON.stringify(variables)
  const [at, setAt] = useState<{ key: string; after: string | null }>({ key, after: null })
  const after = at.key === key ? at.after : null
  const [{ data, fetching, error }] = useQuery({ query: document, variables: { ...variables, after } as unknown as V, requestPolicy: after ? 'cache-first' : 'cache-and-network', pause: paused })

  const pageOf = (answer: D | null | undefined) => (answer ? pick(answer) : undefined) // a refused answer has no data
  const found = pageOf(data)
  const [shown, setShown] = useState(found)
  if (found && found !== shown) setShown(found)

  const readAll = async () => {
    let cursor: string | null = null
    for (let read = 1; read <= 100; read++) {
      const result = await client.query(document, { ...variables, after: cursor } as unknown as V, { requestPolicy: 'network-only' }).toPromise()
      const page: Connection<N> | null | undefined = pageOf(result.data)
      if (!page || !after || cursor === after) return
      cursor = page.pageInfo.endCursor ?? null
      if (!cursor || !page.pageInfo.hasNextPage) return
    }
  }
  const refresh = useGathered(() => void (paused || readAll()), 1_000)

  const next = shown?.pageInfo.endCursor ?? null
  const more = useCallback(() => setAt({ key, after: next }), [key, next])
  return {
    nodes: useMemo(() => shown?.edges.map((edge) => edge.node), [shown]),
    total: shown?.totalCount ?? 0,
    hasMore: shown?.pageInfo.hasNextPage ?? false,
    mark: `${key}${next}`,
    fetching,
    error,
    more,
    refresh,
  }
}
