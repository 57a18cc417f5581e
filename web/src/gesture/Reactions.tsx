import { ReactDocument, type Reaction } from '../graphql/generated/graphql'
import { useDo } from '../graphql/useRun'
import { t } from '../texts'
import { Sign, type SignName } from './Sign'

export const signs: Record<Reaction, SignName> = { CLAP: 'clap', HEART: 'heart', LAUGH: 'laugh', WOW: 'wow', THUMBS_UP: 'thumb', THINKING: 'thinking' }

const reactions = Object.keys(signs) as Reaction[]

/** The reactions that one can show. They stay open, because people clap more than once. */
export function Reactions({ roomId }: { roomId: string }) {
  const [react] = useDo(ReactDocument)
  return (
    <div className="reactions">
      {reactions.map((reaction) => (
        <button key={reaction} type="button" className="control" onClick={() => void react({ roomId, reaction })}>
          <Sign name={signs[reaction]} />
          <span>{t.gesture.reactions[reaction]}</span>
        </button>
      ))}
    </div>
  )
}
