import { useCallback, useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react'
import { useNavigate } from 'react-router'
import { useClient } from 'urql'
import { LinkLookDocument, LinkWatchDocument, type LinkPartsFragment, type ProblemPartsFragment } from '../graphql/generated/graphql'
import { backoff } from '../graphql/backoff'
import { serverNow } from '../graphql/clock'
import { holdPlace, tellTabs } from '../graphql/place'
import { errorCode, unexpected } from '../graphql/problem'
import { useRenew } from '../graphql/Usher'
import { Frame } from '../shell/Frame'
import { t } from '../texts'
import { Banner } from '../ui/Banner'
import { Button, buttonClass } from '../ui/Button'
import { CopyButton } from '../ui/Copy'
import { Mark } from '../ui/Empty'
import { storageWorks } from '../ui/storage'
import { usePageTitle } from '../ui/usePageTitle'
import { inEmbeddedBrowser } from './environment'
import { Asked, PasteLink, Refusal } from './Refusal'
import { currentToken, forgetToken, onToken } from './token'
import { WhoAreYou } from './WhoAreYou'

/** Shows where one stands with a link, and moves on by itself. `loadNext` fetches the page that follows. */
export function JoinPage({ loadNext }: { loadNext: () => void }) {
  const token = useSyncExternalStore(onToken, currentToken)
  usePageTitle(t.link.pageTitle)
  if (!token) {
    return (
      <Frame centre>
        <Mark icon="link" />
        <div className="stack stack--tight">
          <h1>{t.link.noLink}</h1>
          <p className="soft">{t.link.noLinkText}</p>
        </div>
        <PasteLink />
      </Frame>
    )
  }
  return <OpenedLink key={token} token={token} loadNext={loadNext} />
}

interface Look {
  link: LinkPartsFragment | null
  user: { name: string; email?: string | null } | null
  fault: string | null
}

/** Looks at the link, then subscribes to it. The look comes first, because its POST sets the device cookie. */
function useLink(token: string): Look & { put: (link: LinkPartsFragment) => void; again: () => void } {
  const client = useClient()
  const [look, setLook] = useState<Look>({ link: null, user: null, fault: null })
  const [looks, setLooks] = useState(0)
  const again = useCallback(() => setLooks((count) => count + 1), [])
  const put = useCallback((link: LinkPartsFragment) => setLook((before) => ({ ...before, link, fault: null })), [])

  useEffect(() => {
    let over = false
    let timer: number | undefined
    let watching: { unsubscribe: () => void } | undefined
    async function begin(tries: number) {
      const result = await client.query(LinkLookDocument, { token }, { requestPolicy: 'network-only' }).toPromise()
      if (over) return
      const data = result.data
      if (!data) {
        const limited = errorCode(result.error) === 'RATE_LIMITED'
        setLook((before) => ({ ...before, fault: unexpected(result.error) }))
        timer = window.setTimeout(() => void begin(tries + 1), limited ? 60_000 : backoff(tries) + 500)
        return
      }
      setLook({ link: data.invitationLink, user: data.me.user ?? null, fault: null })
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

  return { ...look, put, again }
}

function OpenedLink({ token, loadNext }: { token: string; loadNext: () => void }) {
  const navigate = useNavigate()
  const renew = useRenew()
  const { link, user, fault, put, again } = useLink(token)
  const [refused, setRefused] = useState<ProblemPartsFragment | null>(null)

  // The next page is fetched while somebody reads this one, so that the click is answered at once.
  useEffect(loadNext, [loadNext])

  const problem = link?.problem ?? refused
  useRetry(problem?.retryAt, () => {
    setRefused(null)
    again()
  })

  const redeemed = (roomId: string, place: string) => {
    forgetToken()
    holdPlace(roomId, place)
    tellTabs()
    renew()
    void navigate(`/rooms/${roomId}`, { replace: true, state: { invitedBy: link?.invitedBy } })
  }

  const bar = <EmbeddedHint token={token} />
  if (!link) {
    return (
      <Frame centre bar={bar}>
        <div className="late stack" role="status">
          <span className="spinner" aria-hidden="true" />
          <p className="soft">{fault ?? t.link.opening}</p>
        </div>
      </Frame>
    )
  }
  if (link.problem && link.hostAsked) {
    return (
      <Frame centre bar={bar}>
        <Asked />
      </Frame>
    )
  }
  if (problem) {
    return (
      <Frame centre bar={bar} foot={problem.code === 'LINK_NOT_VALID' || problem.code === 'SIGN_IN_REQUIRED' ? t.brand : undefined}>
        <Refusal problem={problem} link={link} token={token} onAsked={put} onTryOther={() => setRefused(null)} />
      </Frame>
    )
  }
  if (!storageWorks()) {
    return (
      <Frame centre>
        <StorageBlocked token={token} />
      </Frame>
    )
  }
  return (
    <Frame bar={bar}>
      <WhoAreYou token={token} link={link} user={user} onRefused={setRefused} onPaused={again} onRedeemed={redeemed} />
    </Frame>
  )
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

/** Shows that this browser cannot keep a place. It sends nothing, since that would use up the link. */
function StorageBlocked({ token }: { token: string }) {
  return (
    <>
      <Mark icon="lock" tone="wait" />
      <div className="stack stack--tight">
        <h1>{t.link.storageBlocked.title}</h1>
        <p className="soft">{t.link.storageBlocked.text}</p>
      </div>
      <div className="stack stack--tight full">
        <a className={buttonClass('primary', 'large', true)} href={addressOf(token)} target="_blank" rel="noopener noreferrer">
          {t.link.ownTab}
        </a>
        <CopyButton size="large" wide text={addressOf(token)} words={t.link.copyForBrowser} />
      </div>
    </>
  )
}

const addressOf = (token: string) => `${location.origin}/join#${token}`

/** Warns that the browser of a mail app may lose the place. */
function EmbeddedHint({ token }: { token: string }) {
  const [closed, setClosed] = useState(false)
  if (closed || !inEmbeddedBrowser()) return null
  return (
    <Banner
      bar
      role="status"
      tone="wait"
      icon="alert"
      actions={
        <>
          <CopyButton text={addressOf(token)} size="small" words={t.link.copyForBrowser} />
          <Button kind="quiet" size="small" icon="x" aria-label={t.close} onClick={() => setClosed(true)} />
        </>
      }
    >
      {t.link.embedded}
    </Banner>
  )
}
