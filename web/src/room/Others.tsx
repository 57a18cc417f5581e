import type { PlaceQuery } from '../graphql/generated/graphql'
import { holdPlace } from '../graphql/place'
import { useRenew } from '../graphql/Usher'
import { t } from '../texts'
import { Banner } from '../ui/Banner'
import { Button } from '../ui/Button'
import { Name, Say } from '../ui/Text'

export type Own = PlaceQuery['me']['participants'][number]

interface OthersProps {
  roomId: string
  /** As whom this tab is here, if as anybody. */
  me: string | undefined
  others: Own[]
}

/** Other people have places in this browser: as whom one is here, and how to go on as somebody else. */
export function Others({ roomId, me, others }: OthersProps) {
  const people = others.map((other, index) => (
    <span key={other.id}>
      {index > 0 && ', '}
      <b className="strong">
        <Name>{other.displayName}</Name>
      </b>
    </span>
  ))
  return (
    <section aria-label={t.room.inThisBrowser}>
      <Banner bar icon="device" actions={<ContinueAs roomId={roomId} others={others} />}>
        {me && (
          <>
            <Say text={t.room.youAreHereAs} name={<b className="strong"><Name>{me}</Name></b>} />{' '}
          </>
        )}
        <Say text={me ? t.room.alsoHere : t.room.hereAre} names={people} />
      </Banner>
    </section>
  )
}

/** A button for each of the people. */
export function ContinueAs({ roomId, others, wide }: { roomId: string; others: Own[]; wide?: boolean }) {
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
