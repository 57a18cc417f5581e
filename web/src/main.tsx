import './ui/tokens.css'
import './ui/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App'
import { openStore } from './graphql/Usher'
import { takeToken } from './link/token'
import { takeDoorToken } from './site/token'
import './ui/layout.css'

// The secrets leave the address before the first request.
takeToken()
takeDoorToken()
window.addEventListener('hashchange', takeToken)

const root = document.getElementById('app')
if (!root) throw new Error('draw the app: #app is missing')
createRoot(root).render(
  <StrictMode>
    <App store={openStore()} />
  </StrictMode>,
)
