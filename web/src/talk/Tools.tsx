import { type ReactNode, Suspense, useEffect, useState } from 'react'
import type { Capability } from '../graphql/generated/graphql'
import { Boundary } from '../shell/Boundary'
import { part } from '../shell/part'
import { t } from '../texts'
import { Scroll } from '../ui/Scroll'
import { useVisible } from '../ui/useVisible'
import { Chat } from './Chat'
import { type Mark, type Tab, Tabs } from './Tabs'
import type { Running } from './usePolls'
import { markOf, noNews, type News, withNews } from './unread'
import './Tools.css'

const Questions = part(() => import('./Questions'))
const Polls = part(() => import('./Polls'))

interface ToolsProps {
  roomId: string
  me: { id: string; role: string; displayName: string }
  allowed: Capability[]
  /** How long viewers wait between two messages in the chat now, in seconds. */
  gap: number
  /** The newest upvotes of the questions that have the most. */
  upvotes: readonly { id: string; upvotes: number }[]
  /** The newest counts of the poll that runs, if any does. */
  running: Running | null
  /** The list of people. */
  people: ReactNode
  /** How many wait to be let in, for those who can do that. */
  waiting: number
  /** How many raised hands they can answer. */
  hands: number
  /** Null until somebody chooses one. */
  chosen: string | null
  onChoose: (tool: string) => void
  /** Gets how much mentions or answers the reader that they have not seen yet. */
  onForMe: (count: number) => void
  /** Where on the stage the pinned message and the poll that runs go. */
  stage: HTMLElement | null
  /** What a phone shows beside the tabs. */
  more: ReactNode
}

/** The tools of the room: a tab for each, and its panel. All panels stay, so that nothing that was typed or read is lost. */
export default function Tools({ roomId, me, allowed, gap, upvotes, running, people, waiting, hands, chosen, onChoose, onForMe, stage, more }: ToolsProps) {
  const [news, setNews] = useState<Record<string, News>>({})
  // A backchannel that comes with a new role is new until it is opened.
  const back = allowed.includes('BACKCHANNEL')
  const [had, setHad] = useState(back)
  if (had !== back) {
    setHad(back)
    setNews((before) => ({ ...before, back: back ? { count: 1, toMe: 0 } : noNews }))
  }
  const [pending, setPending] = useState(0)
  const [open, setOpen] = useState(0)
  const has = { chat: allowed.includes('CHAT'), back, questions: allowed.includes('ASK_QUESTIONS'), polls: allowed.includes('ANSWER_INTERACTIONS'), people: true }
  const current = chosen && has[chosen as keyof typeof has] ? chosen : has.chat ? 'chat' : 'people'
  // Who looks at another tab of the browser sees none of them.
  const visible = useVisible()
  const seen = (key: string) => visible && current === key
  if (visible && (news[current] ?? noNews).count > 0) setNews((before) => ({ ...before, [current]: noNews }))
  const forMe = Object.entries(news).reduce((sum, [key, { toMe }]) => (has[key as keyof typeof has] ? sum + toMe : sum), 0)
  useEffect(() => {
    onForMe(forMe)
    return () => onForMe(0)
  }, [forMe, onForMe])
  const choose = (key: string) => {
    setNews((before) => ({ ...before, [key]: noNews }))
    onChoose(key)
  }
  // A panel that nobody has looked at reads nothing, so a crowd that comes in does not read what few look at.
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  if (!opened.has(current)) setOpened(new Set(opened).add(current))
  const channel = (key: 'chat' | 'back'): Tab => ({
    key,
    icon: key,
    words: t.talk[key],
    back: key === 'back',
    mark: markOf(news[key] ?? noNews),
    panel: (
      <Chat
        roomId={roomId}
        channel={key === 'back' ? 'BACKCHANNEL' : 'CHAT'}
        me={me}
        moderates={allowed.includes('MODERATE')}
        gap={gap}
        shown={current === key}
        seen={seen(key)}
        stage={stage}
        onNews={(more) => setNews((before) => ({ ...before, [key]: withNews(before[key] ?? noNews, more) }))}
      />
    ),
  })
  const questions: Tab = {
    key: 'questions',
    icon: 'ask',
    words: t.questions.title,
    mark: pending > 0 ? { count: pending, tone: 'wait', words: t.questions.waitNow(pending) } : news['questions']?.toMe ? { count: news['questions'].toMe, words: t.talk.forYou(news['questions'].toMe) } : null,
    panel: (
      <Boundary panel>
        <Suspense fallback={null}>
          <Questions
            roomId={roomId}
            meId={me.id}
            moderates={allowed.includes('MODERATE')}
            answers={allowed.includes('ANSWER_QUESTIONS')}
            totals={upvotes}
            wanted={opened.has('questions')}
            seen={seen('questions')}
            onWaiting={setPending}
            onNews={() => setNews((before) => ({ ...before, questions: withNews(before['questions'] ?? noNews, { count: 1, toMe: 1 }) }))}
          />
        </Suspense>
      </Boundary>
    ),
  }
  const polls: Tab = {
    key: 'polls',
    icon: 'poll',
    words: t.polls.title,
    mark: open > 0 ? { count: open, words: t.polls.waiting(open) } : null,
    panel: (
      <Boundary panel>
        <Suspense fallback={null}>
          <Polls roomId={roomId} meId={me.id} running={running} wanted={opened.has('polls')} initiates={allowed.includes('INITIATE_INTERACTIONS')} shown={current === 'polls'} stage={stage} onOpen={() => choose('polls')} onWaiting={setOpen} />
        </Suspense>
      </Boundary>
    ),
  }
  const tabs: Tab[] = [
    ...(has.chat ? [channel('chat')] : []),
    ...(has.back ? [channel('back')] : []),
    ...(has.questions ? [questions] : []),
    ...(has.polls ? [polls] : []),
    {
      key: 'people',
      icon: 'users',
      words: t.people.title,
      mark: waitingMark(waiting, hands),
      panel: (
        <Scroll className="tool__scroll" label={t.people.title}>
          {people}
        </Scroll>
      ),
    },
  ]
  return <Tabs tabs={tabs} chosen={current} onChoose={choose} more={more} />
}

function waitingMark(waiting: number, hands: number): Mark | null {
  if (waiting + hands === 0) return null
  const words = [waiting > 0 && t.people.waitNow(waiting), hands > 0 && t.gesture.upNow(hands)].filter(Boolean).join(', ')
  return { count: waiting + hands, tone: 'wait', words }
}
