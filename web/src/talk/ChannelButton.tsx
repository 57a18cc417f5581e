import type { Channel } from '../graphql/generated/graphql'
import { part } from '../shell/part'
import { t } from '../texts'
import { MenuButton } from '../shell/MenuButton'
import type { Rules } from './useMessages'

const ChannelMenu = part(() => import('./ChannelMenu'))

/** Opens what moderators set for a channel. */
export function ChannelButton({ roomId, channel, rules }: { roomId: string; channel: Channel; rules: Rules }) {
  return (
    <MenuButton icon="settings" label={channel === 'BACKCHANNEL' ? t.talk.backSettings : t.talk.settings}>
      {(opened) => <ChannelMenu roomId={roomId} channel={channel} chat={rules.chat} slowModeSeconds={rules.slowModeSeconds} {...opened} />}
    </MenuButton>
  )
}
