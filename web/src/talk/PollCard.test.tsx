import { render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { openStore, UsherProvider, type UsherStore } from '../graphql/Usher'
import { t } from '../texts'
import { Announcer } from '../ui/Announcer'
import { PollCard } from './PollCard'
import type { Poll } from './usePolls'

let store: UsherStore
afterEach(() => store.close())

/** Shows a host a poll of two options. Without results the server gives no counts. */
function show(state: Poll['state'], named: boolean, answers: number) {
  store = openStore()
  const counts = named || answers >= 3 ? answers : null
  const options = ['Monday', 'Friday'].map((text, at) => ({ id: text, text, correct: null, answers: counts && (at === 0 ? counts : 0) }))
  const asks = { id: 'p1', kind: 'CHOICE', title: 'Which day?', options, maxChoices: 1, named, share: 'WHEN_ASKED', timeLimitSeconds: null } as const
  const stands = { state, resultsShared: false, answers, myAnswer: null, stopsAt: null, turnout: state === 'STOPPED' ? 5 : null }
  const poll: Poll = { ...asks, ...stands, lowest: null, highest: null }
  const nothing = () => {}
  render(
    <UsherProvider store={store}>
      <Announcer>
        <PollCard poll={poll} initiates blocked={false} shown typed={null} onType={nothing} onChange={nothing} onRun={nothing} onCopied={nothing} onEdit={nothing} />
      </Announcer>
    </UsherProvider>,
  )
}

it.each<[string, Poll['state'], boolean, number, boolean]>([
  ['is a draft', 'DRAFT', false, 0, false],
  ['runs, so more answers may come', 'OPEN', false, 2, true],
  ['was closed with enough answers', 'STOPPED', false, 3, true],
  ['was closed with too few answers', 'STOPPED', false, 2, false],
  ['has names, which need no crowd', 'STOPPED', true, 1, true],
  ['has names, but no answers', 'STOPPED', true, 0, false],
])('offers to share results where there may be some: a poll that %s', (_, state, named, answers, offered) => {
  show(state, named, answers)
  expect(Boolean(screen.queryByRole('button', { name: t.polls.share }))).toBe(offered)
})

it('says why a closed poll has no results to share', () => {
  show('STOPPED', false, 2)
  expect(screen.getByText(t.polls.tooFew)).toBeTruthy()
})
