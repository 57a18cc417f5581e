import { describe, expect, expectTypeOf, it } from 'vitest'
import * as english from './all'
import * as german from './de/all'

// Words that are the same in both languages.
const alike = [
  'device.languages.en', 'device.languages.de', 'account.name', 'account.version', 'events.usher', 'brand', 'inZone', 'link.linkExample', 'mail.kinds.CODE',
  'states.OPEN', 'setUp.name', 'invitations.filter', 'invitations.filterIs', 'managers.person', 'severalPeople.fileName', 'severalPeople.header.4', 'message.languages.en',
  'message.languages.de', 'pollForm.kinds.QUIZ', 'pollForm.option', 'polls.kinds.QUIZ', 'live', 'people.where.lobby', 'summary.chat',
  'exporting.contents.CHAT', 'exporting.format', 'accounts.linkField', 'site.domain', 'talk.chat',
]

type Leaf = [path: string, value: unknown]

/** Returns all texts by their paths: sentences, and functions that make them. */
function leaves(value: unknown, path = ''): Leaf[] {
  if (typeof value !== 'object' || value === null) return [[path, value]]
  return Object.entries(value).flatMap(([key, next]) => leaves(next, path ? `${path}.${key}` : key))
}

const names = ['one', 'two', 'three', 'four', 'five']
const noun = (index: number) => `⟨${names[index] ?? index}⟩`

/** What functions of texts are called with: each argument as a text, as a number, and as other things that some expect. */
function callsOf(path: string): unknown[][] {
  const texts = names.map((_, index) => noun(index))
  const people = { count: 7, role: 'VIEWER', away: 3 }
  const came = { messages: 2, questions: 3, interactions: 4 }
  const facts = { version: 'v', database: 'd', databaseBytes: 5e6, ready: true, accounts: 11, rooms: 12, openSessions: 13, workingLinks: 14, invitationsPerSession: 15 }
  const special: Record<string, unknown[][]> = {
    'people.admitAll': [[people], [{ ...people, role: null, away: 0 }]],
    'people.admitTitle': [[people], [{ ...people, role: null }]],
    'people.denyTitle': [[people], [{ ...people, role: null }]],
    'talk.missed': [[noun(0), came]],
    'talk.before': [[noun(0), came]],
    'site.facts': [[facts], [{ ...facts, ready: false }]],
    'managers.open': [[texts.slice(0, 2)]],
    'managers.list': [[texts.slice(0, 2)]],
    'place.youCanStill': [[texts.slice(0, 2)]],
    'inside.group': [['SPEAKER', 41]],
    'gesture.ask': [['SPEAKER'], ['MODERATOR']],
    managerRoleWithArticle: [['OWNER'], ['CO_EDITOR']],
    'numbers.show': [[41, noun(1), noun(2)]],
    'link.startsInMinutes': [[0], [5]],
    'activity.people': [[41, false], [41, true]],
    'activity.times': [[41, false], [41, true]],
    'people.notArrived': [[noun(0), true], [noun(0), false]],
    'invitations.stopped': [[41, noun(0)], [0, noun(0)]],
  }
  if (special[path]) return special[path]
  return [texts, [41, 42, 43, 44], [1, 1, 1, 1], [0, 0, 0, 0], [noun(0), 41, 42], [noun(0), noun(1), 41], [41, 42, noun(2)], [noun(0), null], [41, null]]
}

/** Returns all sentences that a text can be, with what they were made of. */
function sentences([path, value]: Leaf): string[] {
  if (typeof value !== 'function') return [String(value)]
  const most = Math.max(1, value.length)
  const made = callsOf(path).map((values) => {
    try {
      return JSON.stringify((value as (...values: unknown[]) => unknown)(...values.slice(0, most)))
    } catch {
      return null // an argument of the wrong kind
    }
  })
  return made.map((text) => (text && !/NaN|undefined|null/.test(text) ? text : ''))
}

const numbers = (text: string) => [...text.matchAll(/\b4[1-4]\b/g)].map(([number]) => number).toSorted()
const parts = (text: string) => [...new Set([...text.matchAll(/\{\w+\}|⟨\w+⟩/g)].map(([part]) => part))].toSorted()

// Messages to invitees are in their language, whatever the app speaks.
const ofApp = ([path]: Leaf) => !path.startsWith('letter.')
const [en, de] = [leaves(english).filter(ofApp), leaves(german).filter(ofApp)]
const germanOf = new Map(de)
/** Returns what a sentence says besides what it was made of. */
const own = (text: string) => text.replaceAll(/⟨\w+⟩|\{\w+\}|\(smtp-url, mail-from\)|\d/g, '')

const foreign = /\b(the|and|your|you|this|that|with|from|are|has|have|not|can|were|they|their|is|of|to|for|by)\b/i
const informal = /\b(du|dein\w*|dich|dir|euch|euer|eure\w*)\b/i
const gendered = /\w[*:_]in(nen)?\b|[a-zß]In(nen)?\b|\b(Zuschauer|Sprecher|Moderator|Teilnehmer|Administrator|Benutzer|Nutzer|Gastgeber|Besitzer)(in|innen|en|n|s)?\b/

describe('the German texts', () => {
  it('are the same texts as the English ones, by their types', () => {
    expectTypeOf<keyof typeof german>().toEqualTypeOf<keyof typeof english>()
  })

  it('are the same texts, one for one', () => {
    expect(de.map(([path]) => path).toSorted()).toEqual(en.map(([path]) => path).toSorted())
    expect(en.filter(([path, value]) => typeof value !== typeof germanOf.get(path))).toEqual([])
    expect(en.length).toBeGreaterThan(900)
  })

  it('have the parts of the English ones', () => {
    const wrong = en.flatMap(([path, value]) => {
      const [ours, theirs] = [sentences([path, value]), sentences([path, germanOf.get(path)])]
      return ours.flatMap((text, index) => {
        const other = theirs[index] ?? ''
        if (!text || !other) return []
        const same = parts(text).join() === parts(other).join() && [...new Set(numbers(text))].join() === [...new Set(numbers(other))].join()
        return same ? [] : [`${path}: ${text} / ${other}`]
      })
    })
    expect(wrong).toEqual([])
  })

  it('are in German: only what is listed is the same in both', () => {
    const same = en.filter(([path, value]) => {
      const theirs = sentences([path, germanOf.get(path)])
      return sentences([path, value]).some((text, index) => /\p{L}/u.test(own(text)) && own(text) === own(theirs[index] ?? ''))
    })
    expect(same.map(([path]) => path)).toEqual(alike)
  })

  it('contain no English words, address people by Sie, and name nobody by a gender', () => {
    const found = de.flatMap(([path, value]) =>
      sentences([path, value]).filter((text) => [foreign, informal, gendered].some((rule) => rule.test(own(text).replaceAll('\u00ad', '')))).map((text) => `${path}: ${text}`),
    )
    expect(found).toEqual([])
  })

  it.each([
    ['Warten Sie auf the host', foreign],
    ['Bitte reload this page', foreign],
    ['Öffne deinen Link', informal],
    ['Alle Teilnehmer:innen', gendered],
    ['Fragen Sie den Moderator', gendered],
  ])('have a check that finds “%s”', (text, rule) => {
    expect(rule.test(text)).toBe(true)
  })
})
