import { type KeyboardEvent, type ReactNode, useId } from 'react'
import { t } from '../texts'
import { Icon, type IconName } from '../ui/Icon'

/** Says that something is new, or with a count how much waits for the reader. */
export interface Mark {
  count?: number
  /** Somebody waits. */
  tone?: 'wait'
  /** What it means, for those who do not see it. */
  words: string
}

export interface Tab {
  key: string
  icon: IconName
  words: string
  mark: Mark | null
  panel: ReactNode
  /** Has the hue of the backchannel. */
  back?: boolean
}

interface TabsProps {
  tabs: Tab[]
  chosen: string
  onChoose: (key: string) => void
  more: ReactNode
}

/** Shows a tab for each tool, and the panel of one. */
export function Tabs({ tabs, chosen, onChoose, more }: TabsProps) {
  const id = useId()
  const current = tabs.find(({ key }) => key === chosen) ?? tabs[0]
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const along = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1
    const at = tabs.findIndex((tab) => tab === current)
    const moves: Partial<Record<string, number>> = { ArrowRight: at + along, ArrowLeft: at - along, Home: 0, End: tabs.length - 1 }
    const to = moves[event.key]
    if (to === undefined) return
    event.preventDefault()
    const next = tabs[(to + tabs.length) % tabs.length]
    if (!next) return
    onChoose(next.key)
    document.getElementById(`${id}-${next.key}`)?.focus()
  }
  return (
    <>
      <div className="tool-tabs" data-pane>
        <div className="tool-tabs__list" role="tablist" aria-label={t.inside.tools}>
          {tabs.map((tab) => (
            <button
              key={tab.key}
              type="button"
              role="tab"
              id={`${id}-${tab.key}`}
              className={tab.back ? 'tool-tab tool-tab--back' : 'tool-tab'}
              aria-selected={tab === current}
              aria-controls={`${id}-${tab.key}-panel`}
              tabIndex={tab === current ? 0 : -1}
              onClick={() => onChoose(tab.key)}
              onKeyDown={onKeyDown}
            >
              <span className="tool-tab__mark">
                <Icon name={tab.icon} />
                {tab.mark && <MarkSign mark={tab.mark} back={tab.back} />}
              </span>
              {tab.words}
              {tab.mark && <span className="visually-hidden">, {tab.mark.words}</span>}
            </button>
          ))}
        </div>
        {more}
      </div>
      {tabs.map((tab) => (
        <section
          key={tab.key}
          className={tab.back ? 'tool tool--back' : 'tool'}
          role="tabpanel"
          id={`${id}-${tab.key}-panel`}
          aria-labelledby={`${id}-${tab.key}`}
          hidden={tab !== current}
          data-pane
        >
          {tab.panel}
        </section>
      ))}
    </>
  )
}

function MarkSign({ mark: { count, tone }, back }: { mark: Mark; back: boolean | undefined }) {
  const names = ['mark']
  if (count) names.push('mark--count')
  if (tone) names.push(`mark--${tone}`)
  else if (back) names.push('mark--back')
  return (
    <span className={names.join(' ')} aria-hidden="true">
      {count ? t.numbers.number(count) : null}
    </span>
  )
}
