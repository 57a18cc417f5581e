import type { ReactNode } from 'react'
import { t } from '../texts'
import { Scroll } from '../ui/Scroll'
import { type Tab, Tabs } from './Tabs'
import './Tools.css'

interface ToolsProps {
  /** The list of people. */
  people: ReactNode
  /** How many wait to be let in, for those who can do that. */
  waiting: number
  chosen: string
  onChoose: (tool: string) => void
  /** What a phone shows beside the tabs. */
  more: ReactNode
}

/** The tools of the room: a tab for each, and its panel. All panels stay, so that nothing that was typed or read is lost. */
export default function Tools({ people, waiting, chosen, onChoose, more }: ToolsProps) {
  const tabs: Tab[] = [
    {
      key: 'people',
      icon: 'users',
      words: t.people.title,
      mark: waiting > 0 ? { count: waiting, tone: 'wait', words: t.people.waitNow(waiting) } : null,
      panel: (
        <Scroll className="tool__scroll" label={t.people.title}>
          {people}
        </Scroll>
      ),
    },
  ]
  return <Tabs tabs={tabs} chosen={chosen} onChoose={onChoose} more={more} />
}
