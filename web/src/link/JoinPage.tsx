import { Suspense, useCallback, useEffect, useEffectEvent, useRef, useState, useSyncExternalStore } from 'react'
import { useNavigate } from 'react-router'
import { useClient } from 'urql'
import { askFresh } from '../graphql/fresh'
import { LinkLookDocument, LinkWatchDocument, type LinkPartsFragment, type ProblemPartsFragment } from '../graphql/generated/graphql'
import { backoff } from '../graphql/backoff'
import { serverNow } from '../graphql/clock'
import { holdPlace, tellTabs } from '../graphql/place'
import { errorCode, unexpected } from '../graphql/problem'
import { useRenew, useWhileHeld } from '../graphql/Usher'
import { Frame, Loading } from '../shell/Frame'
import { extra, part } from '../shell/part'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { Mark } from '../ui/Empty'
import { ring } from '../ui/ring'
import { storageWorks } from '../ui/storage'
import { usePageTitle } from '../ui/usePageTitle'
import { inEmbeddedBrowser } from './environment'
import { currentToken, forgetToken, onToken } from './token'
import { useStarted } from './useStarted'
import { WhoAreYou } from './WhoAreYou'

// Most links work, so the first page does not load what to say of the others.
const TakeOver = part(() => import('./TakeOver'))
const Asked = part(() => import('./Asked'))
const Refusal = part(async () => ({ default: (await import('./Refusal')).Refusal }))
const PasteLink = part(async () => ({ default: (await import('./Refusal')).PasteLink }))
const EmbeddedHint = extra(async () => ({ default: (await import('./Elsewhere')).EmbeddedHint }))
const StorageBlocked = part(async () => ({ default: (await import('./Elsewhere')).StorageBlocked }))

/** Shows where one stands with a link, and moves on by itself. `loadNext` fetches the page that follows. */
export function JoinPage({ loadNext }: { loadNext: () => void }) {
  const token = useSyncExternalStore(onToken, currentToken)
  const onRedeemed = useRedeemed()
  if (!token) return <NoLink />
  if (token.includes('h1_')) {
    return (
      <Suspense fallback={<Loading text={t.link.opening} />}>
        <TakeOver key={token} secret={token} onMoved={onRedeemed} />
      </Suspense>
    )
  }
  return <OpenedLink key={token} token={token} loadNext={loadNext} onRedeemed={onRedeemed} />
}

/** Returns a function that continues with a place that this device has got. */
function useRedeemed() {
  const navigate = useNavigate()
  const renew = useRenew()
  return (roomId: string, place: string) => {
    forgetToken()
    holdPlace(roomId, place)
    tellTabs()
    renew()
    void navigate(`/rooms/${roomId}`, { replace: true })
  }
}

function NoLink() {
  usePageTitle(t.link.pageTitle)
  return (
    <Frame centre>
      <Mark icon="link" />
      <div className="stack stack--tight">
        <h1>{t.link.noLink}</h1>
        <p className="soft">{t.link.noLinkText}</p>
      </div>
      <Suspense fallback={null}>
        <PasteLink />
      </Suspense>
    </Frame>
  )
}

interface Look {
  link: LinkPartsFragment | null
  /** The link itself, for copying. Only the look has it: what is pushed is the same for everybody. */
  address: string | null
  user: { name: string; email?: string | null } | null
  fault: string | null
}

/** What the page knows of the room, from the last look that showed it. */
type Known = Partial<Pick<LinkPartsFragment, 'roomTitle' | 'invitedBy'>>

/** Looks at the link, then subscribes to it. The look comes first, because its POST sets the device cookie. */
function useLink(token: string): Look & { put: (link: LinkPartsFragment) => void; again: () => void } {
  const client = useClient()
  const [look, setLook] = useState<Look>({ link: null, address: null, user: null, fault: null })
  const [looks, setLooks] = useState(0)
  const again = useCallback(() => setLooks((count) => count + 1), [])
  const put = useCallback((link: LinkPartsFragment) => setLook((before) => ({ ...before, link, fault: null })), [])

  useEffect(() => {
    let over = false
    let timer: number | undefined
    let watching: { unsubscribe: () => void } | undefined
    async function begin(tries: number) {
      const result = await askFresh(client, LinkLookDocument, { token })
      if (over) return
      const data = result.data
      if (!data) {
        const limited = errorCode(result.error) === 'RATE_LIMITED'
        setLook((before) => ({ ...before, fault: unexpected(result.error) }))
        timer = window.setTimeout(() => void begin(tries + 1), limited ? 60_000 : backoff(tries) + 500)
        return
      }
      setLook({ link: data.invitationLink, address: data.invitationLink.link ?? null, user: data.me.user ?? null, fault: null })
      watching = client.subscription(LinkWatchDocument, { token }).subscribe(({ data: pushed }) => pushed && put(pushed.invitationLink))
    }
    void begin(0)
    return () => {
      over = true
      clearTimeout(timer)
      watching?.unsubscribe()
    }
    // A higher number asks for another look.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [client, token, put, looks])
  useWhileHeld(again)

  return { ...look, put, again }
}

interface OpenedProps {
  token: string
  loadNext: () => void
  onRedeemed: (roomId: string, place: string) => void
}

function OpenedLink({ token, loadNext, onRedeemed }: OpenedProps) {
  const { link, address, user, fault, put, again } = useLink(token)
  const [refused, setRefused] = useState<ProblemPartsFragment | null>(null)

  // The next page is fetched while somebody reads this one, so that the click is answered at once.
  useEffect(loadNext, [loadNext])

  // A link that is withdrawn shows nothing of its room any more. The page still knows which room it was.
  const [known, setKnown] = useState<Known>({})
  if (link?.roomTitle && (link.roomTitle !== known.roomTitle || link.invitedBy !== known.invitedBy)) setKnown(link)
  const session = link?.session
  const title = link?.roomTitle ?? t.link.pageTitle
  usePageTitle(session?.state === 'OPEN' && !link?.problem ? t.link.liveTitle(title) : title)
  useStarted(session?.state, t.link.isLive(title))
  useAnswered(Boolean((link?.problem || link?.needsCode) && link.hostAsked), link !== null && !link.problem && !link.needsCode)

  // While the other device answers, the page keeps what it shows, also if the link has moved meanwhile.
  const [moving, setMoving] = useState<ProblemPartsFragment | null>(null)
  const problem = moving ?? link?.problem ?? refused
  useRetry(problem?.retryAt, () => {
    setRefused(null)
    again()
  })

  const bar = address && link?.roomTitle && inEmbeddedBrowser() && (
    <Suspense fallback={null}>
      <EmbeddedHint address={address} />
    </Suspense>
  )
  if (!link) return <Loading bar={bar} text={fault ?? t.link.opening} />
  if (link.problem && link.hostAsked) {
    return (
      <Frame centre bar={bar}>
        <Suspense fallback={null}>
          <Asked token={token} at={link.hostAskedAt} roomTitle={known.roomTitle} host={known.invitedBy} />
        </Suspense>
      </Frame>
    )
  }
  if (problem) {
    return (
      <Frame centre bar={bar}>
        <Suspense fallback={null}>
          <Refusal problem={problem} link={{ ...known, expiresAt: link.expiresAt, matchesAccount: link.matchesAccount, codeFailed: link.codeFailed }} token={token} onAsked={put} onMoved={onRedeemed} onWaiting={(waits) => setMoving(waits ? problem : null)} onTryOther={() => setRefused(null)} />
        </Suspense>
      </Frame>
    )
  }
  if (!storageWorks()) {
    return (
      <Frame centre>
        <Suspense fallback={null}>
          <StorageBlocked address={address ?? location.href} />
        </Suspense>
      </Frame>
    )
  }
  return (
    <Frame bar={bar} foot={user || link.signInRequired ? undefined : t.link.noAccount}>
      <WhoAreYou token={token} link={link} user={user} onRefused={setRefused} onPaused={again} onRedeemed={onRedeemed} onAsked={put} />
    </Frame>
  )
}

/** Says once, with a soft sound, that the host has answered and the link works. */
function useAnswered(asked: boolean, works: boolean) {
  const { say } = useVoice()
  const before = useRef(asked)
  useEffect(() => {
    const answered = before.current && works
    before.current = asked
    if (!answered) return
    say(t.link.answered)
    ring()
  }, [asked, works, say])
}

/** Runs `run` when the time to try again has come. */
function useRetry(at: string | null | undefined, run: () => void) {
  const retry = useEffectEvent(run)
  useEffect(() => {
    if (!at) return
    const timer = setTimeout(() => retry(), Math.max(1_000, Date.parse(at) - serverNow()))
    return () => clearTimeout(timer)
  }, [at])
}
