import { Suspense, useState } from 'react'
import type { Channel } from '../graphql/generated/graphql'
import { part } from '../shell/part'
import { t } from '../texts'
import { Button } from '../ui/Button'
import type { Rules } from './useMessages'

// Its parts are loaded when somebody opens it first.
const ChannelMenu = part(() => import('./ChannelMenu'))

/** Opens what moderators set for a channel. */
export function ChannelButton({ roomId, channel, rules }: { roomId: string; channel: Channel; rules: Rules }) {
  const [opener, setOpener] = useState<HTMLElement | null>(null)
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        kind="quiet"
        size="small"
        icon="settings"
        aria-label={channel === 'BACKCHANNEL' ? t.talk.backSettings : t.talk.settings}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={({ currentTarget }) => {
          setOpener(currentTarget)
          setOpen(!open)
        }}
      />
      {opener && (
        <Suspense fallback={null}>
          <ChannelMenu roomId={roomId} channel={channel} chat={rules.chat} slowModeSeconds={rules.slowModeSeconds} opener={opener} open={open} setOpen={setOpen} />
        </Suspense>
      )}
    </>
  )
}
