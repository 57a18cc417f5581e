import { Frame } from '../shell/Frame'
import { t } from '../texts'
import { Button } from '../ui/Button'
import { Mark } from '../ui/Empty'
import { usePageTitle } from '../ui/usePageTitle'
import { type Moved, useTakeOver, Waiting } from './MoveHere'

/** Shows what the QR code of another device leads to. Nothing happens without the click. */
export default function TakeOver({ secret, onMoved }: { secret: string; onMoved: Moved }) {
  usePageTitle(t.move.title)
  const { ask, busy, waits, refused } = useTakeOver(onMoved)
  return (
    <Frame centre>
      <Mark icon="device" />
      {waits ? (
        <Waiting />
      ) : (
        <>
          <div className="stack stack--tight">
            <h1>{t.move.here}</h1>
            <p className="soft" role={refused ? 'alert' : undefined}>
              {refused ?? t.move.hereText}
            </p>
          </div>
          <Button kind="primary" size="large" wide busy={busy} onClick={() => void ask({ secret })}>
            {refused ? t.tryAgain : t.move.continueHere}
          </Button>
        </>
      )}
    </Frame>
  )
}
