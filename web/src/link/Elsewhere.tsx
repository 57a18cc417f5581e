import { useState } from 'react'
import { t } from '../texts'
import { Banner } from '../ui/Banner'
import { Button, buttonClass } from '../ui/Button'
import { CopyButton } from '../ui/Copy'
import { Mark } from '../ui/Empty'

// What to do where this browser is the wrong one.

/** Shows that this browser cannot keep a place. It sends nothing, since that would use up the link. */
export function StorageBlocked({ address }: { address: string }) {
  return (
    <>
      <Mark icon="lock" tone="wait" />
      <div className="stack stack--tight">
        <h1>{t.link.storageBlocked.title}</h1>
        <p className="soft">{t.link.storageBlocked.text}</p>
      </div>
      <div className="stack stack--tight full">
        <a className={buttonClass('primary', 'large', true)} href={address} target="_blank" rel="noopener noreferrer">
          {t.link.ownTab}
        </a>
        <CopyButton size="large" wide text={address} words={t.link.copyForBrowser} />
      </div>
    </>
  )
}

/** Warns that the browser of a mail app may lose the place. */
export function EmbeddedHint({ address }: { address: string }) {
  const [closed, setClosed] = useState(false)
  if (closed) return null
  return (
    <Banner
      bar
      role="status"
      tone="wait"
      icon="alert"
      actions={
        <>
          <CopyButton text={address} size="small" words={t.link.copyForBrowser} />
          <Button kind="quiet" size="small" icon="x" aria-label={t.close} onClick={() => setClosed(true)} />
        </>
      }
    >
      {t.link.embedded}
    </Banner>
  )
}
