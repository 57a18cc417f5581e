import { lazy, Suspense } from 'react'
import { BrowserRouter, Route, Routes } from 'react-router'
import { UsherProvider } from './graphql/Usher'
import { JoinPage } from './link/JoinPage'
import { NotFound } from './shell/NotFound'
import { Announcer } from './ui/Announcer'
import { useFocusKept } from './ui/useFocusKept'

// An invitee loads the link's page, and the room's while they read it. Everything else is loaded when it is opened.
const loadRoom = () => import('./room/RoomRoute')
const loadNext = () => void loadRoom().catch(() => {})
const RoomRoute = lazy(loadRoom)
const RoomsPage = lazy(() => import('./room/RoomsPage'))
const SignInPage = lazy(() => import('./site/SignInPage'))
const SetUpPage = lazy(() => import('./site/SetUpPage'))
const SitePage = lazy(() => import('./site/SitePage'))

export function App() {
  useFocusKept()
  return (
    <UsherProvider>
      <Announcer>
        <BrowserRouter>
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
        </BrowserRouter>
      </Announcer>
    </UsherProvider>
  )
}
