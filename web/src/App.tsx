import { Suspense } from 'react'
import { BrowserRouter, Route, Routes, useLocation } from 'react-router'
import { UsherProvider, type UsherStore } from './graphql/Usher'
import { JoinPage } from './link/JoinPage'
import { Boundary } from './shell/Boundary'
import { NotFound } from './shell/NotFound'
import { part } from './shell/part'
import { Announcer } from './ui/Announcer'
import { useFocusKept } from './ui/useFocusKept'

// An invitee loads the link's page, and the room's while they read it. Everything else is loaded when it is opened.
const loadRoom = () => import('./room/RoomRoute')
const loadNext = () => void loadRoom().catch(() => {})
const RoomRoute = part(loadRoom)
const RoomsPage = part(() => import('./room/RoomsPage'))
const SignInPage = part(() => import('./site/SignInPage'))
const SetUpPage = part(() => import('./site/SetUpPage'))
const SitePage = part(() => import('./site/SitePage'))

export function App({ store }: { store: UsherStore }) {
  useFocusKept()
  return (
    <Boundary>
      <UsherProvider store={store}>
        <Announcer>
          <BrowserRouter>
            <Pages />
          </BrowserRouter>
        </Announcer>
      </UsherProvider>
    </Boundary>
  )
}

function Pages() {
  return (
    <Boundary at={useLocation().pathname}>
      <Suspense fallback={null}>
        <Routes>
          <Route path="/" element={<RoomsPage />} />
          <Route path="/join" element={<JoinPage loadNext={loadNext} />} />
          <Route path="/rooms/:roomId" element={<RoomRoute />} />
          <Route path="/rooms/:roomId/inside" element={<RoomRoute inside />} />
          <Route path="/sign-in" element={<SignInPage />} />
          <Route path="/setup" element={<SetUpPage />} />
          <Route path="/admin" element={<SitePage />} />
          <Route path="*" element={<NotFound />} />
        </Routes>
      </Suspense>
    </Boundary>
  )
}
