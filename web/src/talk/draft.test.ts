import { describe, expect, it } from 'vitest'
import { draftOf, emptyDraft, inputOf } from './draft'
import type { Poll } from './usePolls'

const filled = { ...emptyDraft(), title: 'Which?', options: [{ text: 'Basil', correct: true }, { text: ' ', correct: false }, { text: 'Thyme', correct: false }], most: 3, lowest: 'Bad', highest: 'Good', seconds: 60 }
const common = { title: 'Which?', named: false, share: 'WHEN_ASKED', timeLimitSeconds: 60 }

describe('the form for a draft sends', () => {
  it.each([
    ['of a choice, the options with a text, and no more choices than options', 'CHOICE', { options: [{ text: 'Basil', correct: false }, { text: 'Thyme', correct: false }], maxChoices: 2 }],
    ['of a quiz, what is correct too', 'QUIZ', { options: [{ text: 'Basil', correct: true }, { text: 'Thyme', correct: false }], maxChoices: 2 }],
    ['of a rating, its steps and ends', 'RATING', { ratingSteps: 5, lowest: 'Bad', highest: 'Good' }],
    ['of words, how many', 'WORDS', { maxChoices: 3 }],
    ['of a text, nothing more', 'TEXT', {}],
  ] as const)('%s', (_name, kind, more) => {
    expect(inputOf({ ...filled, kind })).toEqual({ ...common, kind, ...more })
  })
})

const poll: Poll = {
  id: 'n_1', kind: 'CHOICE', title: 'Which?', state: 'DRAFT', options: [], maxChoices: 1, named: true, share: 'AT_STOP', resultsShared: false, timeLimitSeconds: 90,
  lowest: null, highest: null, stopsAt: null, answers: 0, turnout: null, myAnswer: null,
}
const option = (text: string, correct: boolean | null) => ({ id: `o_${text}`, text, correct, answers: null })

describe('the form shows a draft, and sends it back as it was', () => {
  it.each([
    ['a quiz', { kind: 'QUIZ', options: [option('Basil', true), option('Thyme', false)], maxChoices: 2 }, { options: [{ text: 'Basil', correct: true }, { text: 'Thyme', correct: false }], maxChoices: 2 }],
    ['a rating', { kind: 'RATING', options: [option('1', null), option('2', null), option('3', null)], lowest: 'Bad', highest: 'Good' }, { ratingSteps: 3, lowest: 'Bad', highest: 'Good' }],
    ['words', { kind: 'WORDS', maxChoices: 2 }, { maxChoices: 2 }],
    ['a text', { kind: 'TEXT' }, {}],
  ] as const)('%s', (_name, of, sent) => {
    expect(inputOf(draftOf({ ...poll, ...of } as Poll))).toEqual({ kind: of.kind, title: 'Which?', named: true, share: 'AT_STOP', timeLimitSeconds: 90, ...sent })
  })
})
