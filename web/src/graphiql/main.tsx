import 'graphiql/setup-workers/vite'
import 'graphiql/style.css'
import './graphiql.css'
import { createGraphiQLFetcher, type Fetcher } from '@graphiql/toolkit'
import { getOperationAST, Kind, parse } from 'graphql'
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql'
import { createClient } from 'graphql-ws'
import { createRoot } from 'react-dom/client'
import { examples } from './examples'
import { lookAround } from './known'

// Signed-in people ask with their cookies; anyone else puts `{"Authorization": "Bearer …"}` under Headers, which the
// connection for subscriptions takes over too.
const url = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`
let headers: Record<string, unknown> = {}
const wsClient = createClient({
  url,
  connectionParams: () => (typeof headers['Authorization'] === 'string' ? { authorization: headers['Authorization'] } : {}),
})
const send = createGraphiQLFetcher({ url: '/graphql', wsClient, fetch: (input, init) => fetch(input, { ...init, credentials: 'same-origin' }) })

// GraphiQL reads a tab's document a moment after it is chosen: run at once, it would go with the name of the tab before.
const fetcher: Fetcher = (params, options) => {
  const documentAST = parse(params.query)
  if (getOperationAST(documentAST, params.operationName)) return send(params, { ...options, documentAST })
  const operation = documentAST.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  return send({ ...params, operationName: operation?.name?.value }, { ...options, documentAST })
}

function takeHeaders(text: string | undefined) {
  try {
    headers = JSON.parse(text || '{}') as Record<string, unknown>
  } catch {
    headers = {} // still being typed
  }
}

const root = document.getElementById('graphiql')
const late = document.getElementById('late')
if (!root || !late) throw new Error('draw GraphiQL: #graphiql or #late is missing')
// Without one of its parts, GraphiQL draws editors that are empty or stay plain.
window.addEventListener('vite:preloadError', () => {
  late.hidden = false
  late.classList.add('is-missing')
  late.role = 'alert'
})

// Tabs are kept for whom they were filled in: signing in brings new ones. They end with the browser's tab: a link that works may
// stand in them.
function storageOf(userId: string) {
  const prefix = `graphiql:${userId}:`
  const own = () => Object.keys(sessionStorage).filter((name) => name.startsWith(prefix))
  return {
    getItem: (name: string) => sessionStorage.getItem(prefix + name),
    setItem: (name: string, value: string) => sessionStorage.setItem(prefix + name, value),
    removeItem: (name: string) => sessionStorage.removeItem(prefix + name),
    clear: () => own().forEach((name) => sessionStorage.removeItem(name)),
    get length() {
      return own().length
    },
  }
}

// Not awaited at the top: that would put what all pages share into other files than theirs.
void lookAround().catch(() => ({ userId: undefined, known: {} })).then(({ userId = 'nobody', known }) => {
  late.hidden = !late.classList.contains('is-missing')
  createRoot(root).render(
    <GraphiQL
      fetcher={fetcher}
      storage={storageOf(userId)}
      plugins={[HISTORY_PLUGIN]}
      defaultTabs={examples(known)}
      onEditHeaders={takeHeaders}
      defaultEditorToolsVisibility="variables"
    />,
  )
})
