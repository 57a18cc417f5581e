import { Suspense } from 'react'
import { BrowserRouter, Route, Routes, useLocation } from 'react-router'
import { UsherProvider, type UsherStore } from './graphql/Usher'
import { JoinPage } from './link/JoinPage'
import { Boundary } from './shell/Boundary'
import { ConnectionBar } from './shell/ConnectionBar'
import screens from './screens.json'
import { Loading } from './shell/Frame'
import { LanguageBar } from './shell/LanguageBar'
import { part } from './shell/part'
import { Announcer } from './ui/Announcer'
import { usePreference } from './ui/preference'
import { useFocusKept } from './ui/useFocusKept'

// An invitee loads the link's page, and the room's while they read it. Everything else is loaded when it is opened.
const loadRoom = () => import('./room/RoomRoute')
const loadNext = () => void loadRoom().catch(() => {})
const RoomRoute = part(loadRoom)
const RoomsPage = part(() => import('./room/RoomsPage'))
const SignInPage = part(() => import('./site/SignInPage'))
const SetUpPage = part(() => import('./site/SetUpPage'))
const SitePage = part(() => import('./site/SitePage'))
const PeoplePage = part(() => import('./site/PeoplePage'))
const ServersPage = part(() => import('./site/ServersPage'))
const AccountPage = part(() => import('./site/AccountPage'))
const NotFound = part(() => import('./shell/NotFound'))
const PasswordPage = part(() => import('./site/PasswordPage'))

export function App({ store }: { store: UsherStore }) {
  useFocusKept()
  return (
    <Boundary>
      <UsherProvider store={store}>
        <Announcer>
          <ConnectionBar />
          <LanguageBar />
          <BrowserRouter>
            <Pages />
          </BrowserRouter>
        </Announcer>
      </UsherProvider>
    </Boundary>
  )
}

function Pages() {
  usePreference('clock') // draws all times again
  return (
    <Boundary at={useLocation().pathname}>
      <Suspense fallback={<Loading />}>
        <Routes>
          <Route path={screens.rooms} element={<RoomsPage />} />
          <Route path={screens.join} element={<JoinPage loadNext={loadNext} />} />
          <Route path={screens.room} element={<RoomRoute />} />
          <Route path={screens.inside} element={<RoomRoute inside />} />
          <Route path={screens.signIn} element={<SignInPage />} />
          <Route path={screens.setUp} element={<SetUpPage />} />
          <Route path={screens.password} element={<PasswordPage />} />
          <Route path={screens.account} element={<AccountPage />} />
          <Route path={screens.site} element={<SitePage />} />
          <Route path={screens.people} element={<PeoplePage />} />
          <Route path={screens.servers} element={<ServersPage />} />
          <Route path="*" element={<NotFound />} />
        </Routes>
      </Suspense>
    </Boundary>
  )
}
