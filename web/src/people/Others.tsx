import type { PlaceQuery } from '../graphql/generated/graphql'
import { holdPlace } from '../graphql/place'
import { useRenew } from '../graphql/Usher'
import { t } from '../texts'
import { Banner } from '../ui/Banner'
import { Button } from '../ui/Button'
import { Name, Say } from '../ui/Text'
import './Others.css'

export type Own = PlaceQuery['me']['participants'][number]

interface OthersProps {
  roomId: string
  /** The name of this tab's person, if it has one. */
  me: string | undefined
  others: Own[]
}

/** Shows as whom this tab is here, and lets it continue as another person of this browser. */
export function Others({ roomId, me, others }: OthersProps) {
  return (
    <section className="others" aria-label={t.room.inThisBrowser}>
      <Banner bar icon="device" actions={<ContinueAs roomId={roomId} others={others} />}>
        {me && <Say text={t.room.youAreHereAs} name={<Name>{me}</Name>} />} <Say text={me ? t.room.alsoHere : t.room.hereAre} names={<Names of={others} />} />
      </Banner>
    </section>
  )
}

/** Offers the other people of this browser, on a page that has nothing for this tab's person. */
export function OthersInstead({ roomId, others }: { roomId: string; others: Own[] }) {
  return (
    <>
      <p className="small soft">
        <Say text={t.room.hereAre} names={<Names of={others} />} />
      </p>
      <ContinueAs roomId={roomId} others={others} wide />
    </>
  )
}

function Names({ of }: { of: Own[] }) {
  return of.map(({ id, displayName }, index) => (
    <span key={id}>
      {index > 0 && ', '}
      <Name>{displayName}</Name>
    </span>
  ))
}

/** A button for each person. */
function ContinueAs({ roomId, others, wide }: { roomId: string; others: Own[]; wide?: boolean }) {
  const renew = useRenew()
  const become = (id: string) => {
    holdPlace(roomId, id)
    renew()
  }
  return (
    <div className={wide ? 'stack stack--tight full' : 'banner__actions'}>
      {others.map(({ id, displayName }) => (
        <Button key={id} size={wide ? 'large' : 'small'} wide={wide} onClick={() => become(id)}>
          <span>
            <Say text={t.link.continueAs} name={<Name>{displayName}</Name>} />
          </span>
        </Button>
      ))}
    </div>
  )
}
