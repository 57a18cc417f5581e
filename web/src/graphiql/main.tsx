import 'graphiql/setup-workers/vite'
import 'graphiql/style.css'
import './graphiql.css'
import { createGraphiQLFetcher } from '@graphiql/toolkit'
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql'
import { createClient } from 'graphql-ws'
import { createRoot } from 'react-dom/client'
import { examples } from './examples'

// Signed-in people ask with their cookies; anyone else puts `{"Authorization": "Bearer …"}` under Headers, which the
// connection for subscriptions takes over too.
const url = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`
let headers: Record<string, unknown> = {}
const wsClient = createClient({
  url,
  connectionParams: () => (typeof headers['Authorization'] === 'string' ? { authorization: headers['Authorization'] } : {}),
})
const fetcher = createGraphiQLFetcher({ url: '/graphql', wsClient, fetch: (input, init) => fetch(input, { ...init, credentials: 'same-origin' }) })

function takeHeaders(text: string | undefined) {
  try {
    headers = JSON.parse(text || '{}') as Record<string, unknown>
  } catch {
    headers = {} // still being typed
  }
}

const root = document.getElementById('graphiql')
if (!root) throw new Error('draw GraphiQL: #graphiql is missing')
createRoot(root).render(<GraphiQL fetcher={fetcher} plugins={[HISTORY_PLUGIN]} defaultTabs={examples} onEditHeaders={takeHeaders} defaultEditorToolsVisibility="variables" />)
