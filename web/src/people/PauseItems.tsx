import { useQuery } from 'urql'
import { serverNow } from '../graphql/clock'
import { MuteParticipantDocument, PauseDocument, UnmuteParticipantDocument } from '../graphql/generated/graphql'
import { useDo } from '../graphql/useRun'
import { t } from '../texts'
import { useVoice } from '../ui/Announcer'
import { MenuItem } from '../ui/Menu'
import { clock, minute } from '../ui/time'

/** The items of a menu that pause somebody's writing, or end their pause. They read which it is when the menu opens. */
export function PauseItems({ participantId, name }: { participantId: string; name: string }) {
  const [{ data, fetching }] = useQuery({ query: PauseDocument, variables: { id: participantId }, requestPolicy: 'network-only' })
  const [mute] = useDo(MuteParticipantDocument)
  const [unmute] = useDo(UnmuteParticipantDocument)
  const { toast } = useVoice()
  const place = data?.node && 'muted' in data.node ? data.node : null
  if (fetching || place?.room.chatAndCollaboration === false) return null

  async function end() {
    if (await unmute({ participantId })) toast({ text: t.talk.mayWrite(name) })
  }
  async function pause(minutes: number | null) {
    const until = minutes === null ? null : new Date(serverNow() + minutes * minute).toISOString()
    if (await mute({ input: { participantId, until } })) toast({ text: t.talk.paused(name), undo: { label: t.undo, run: () => void end() } })
  }
  if (place?.muted)
    return (
      <MenuItem icon="edit" note={place.mutedUntil ? t.talk.isPausedUntil(clock(place.mutedUntil)) : t.talk.isPausedSession} onClick={() => void end()}>
        {t.talk.endPause}
      </MenuItem>
    )
  return (
    <>
      <MenuItem icon="pause" onClick={() => void pause(10)}>
        {t.talk.pauseTen}
      </MenuItem>
      <MenuItem icon="pause" onClick={() => void pause(null)}>
        {t.talk.pauseSession}
      </MenuItem>
    </>
  )
}
