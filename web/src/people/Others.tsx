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
  /** As whom this tab is here, if as anybody. */
  me: string | undefined
  others: Own[]
}

/** Other people have places in this browser: as whom one is here, and how to go on as somebody else. */
export function Others({ roomId, me, others }: OthersProps) {
  return (
    <section className="others" aria-label={t.room.inThisBrowser}>
      <Banner bar icon="device" actions={<ContinueAs roomId={roomId} others={others} />}>
        {me && <Say text={t.room.youAreHereAs} name={<Name>{me}</Name>} />} <Say text={me ? t.room.alsoHere : t.room.hereAre} names={<Names of={others} />} />
      </Banner>
    </section>
  )
}

/** Whom else one may be, on a page that has nothing for the person of this tab. */
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

/** A button for each of the people. */
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
