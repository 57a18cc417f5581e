import type { InteractionInput, InteractionKind, ShareResults } from '../graphql/generated/graphql'
import { newKey } from './key'
import type { Poll } from './usePolls'

/** What the form for a draft holds. What other kinds than the chosen one need stays as it is, and is not sent. */
export interface Draft {
  /** Keeps a new draft from being there twice. */
  key: string
  kind: InteractionKind
  title: string
  options: readonly { text: string; correct: boolean }[]
  /** How many options one answer may have. */
  most: number
  /** How many words one answer may have. */
  words: number
  steps: number
  lowest: string
  highest: string
  seconds: number | null
  named: boolean
  share: ShareResults
}

export const limits = { title: 300, options: 20, option: 120, label: 60, steps: 10, words: 3 }

export const hasOptions = (kind: InteractionKind) => kind === 'CHOICE' || kind === 'QUIZ'

const noOption = { text: '', correct: false }

export const emptyDraft = (): Draft => ({
  key: newKey(),
  kind: 'CHOICE',
  title: '',
  options: [noOption, noOption],
  most: 1,
  words: limits.words,
  steps: 5,
  lowest: '',
  highest: '',
  seconds: null,
  named: false,
  share: 'WHEN_ASKED',
})

/** Returns a draft as the form shows it. */
export function draftOf(poll: Poll): Draft {
  const { kind, title, options, maxChoices, named, share, timeLimitSeconds } = poll
  const common = { ...emptyDraft(), kind, title, named, share, seconds: timeLimitSeconds ?? null }
  if (hasOptions(kind)) return { ...common, most: maxChoices, options: options.map(({ text, correct }) => ({ text, correct: correct ?? false })) }
  if (kind === 'RATING') return { ...common, steps: options.length, lowest: poll.lowest ?? '', highest: poll.highest ?? '' }
  return { ...common, words: kind === 'WORDS' ? maxChoices : common.words }
}

/** Returns the options that have a text. */
export const written = (draft: Draft) => draft.options.filter(({ text }) => text.trim() !== '')

/** Returns a draft as the server takes it. */
export function inputOf(draft: Draft): InteractionInput {
  const { kind, title, named, share, seconds } = draft
  const common = { kind, title, named, share, timeLimitSeconds: seconds }
  if (hasOptions(kind)) {
    const options = written(draft).map(({ text, correct }) => ({ text, correct: kind === 'QUIZ' && correct }))
    return { ...common, options, maxChoices: Math.max(1, Math.min(draft.most, options.length)) }
  }
  if (kind === 'RATING') return { ...common, ratingSteps: draft.steps, lowest: draft.lowest, highest: draft.highest }
  return kind === 'WORDS' ? { ...common, maxChoices: draft.words } : common
}
