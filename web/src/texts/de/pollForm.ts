import type * as english from '../pollForm'
import type { Texts } from '../shape'
import { digits, many } from './count'

// Texts of the form for drafts of polls, and of what describes a draft.

export const pollForm: Texts<typeof english.pollForm> = {
  newPoll: 'Neue Umfrage',
  editPoll: 'Entwurf bearbeiten',
  close: 'Formular schließen',
  kind: 'Art',
  kinds: { CHOICE: 'Auswahl', QUIZ: 'Quiz', RATING: 'Bewertung', TEXT: 'Freitext', WORDS: 'Wörter' },
  notes: {
    CHOICE: 'Alle wählen aus Optionen.',
    QUIZ: 'Alle wählen aus Optionen und erfahren, welche richtig sind, sobald die Ergebnisse geteilt werden.',
    RATING: 'Alle wählen eine Stufe auf einer Skala.',
    TEXT: 'Jede Person schreibt bis zu 200 Zeichen.',
    WORDS: 'Alle nennen Wörter mit bis zu 30 Zeichen. Der Raum sieht, welche am häufigsten genannt werden.',
  },
  question: 'Frage',
  missing: { title: 'Geben Sie eine Frage ein.', lowest: 'Geben Sie ein, was diese Stufe bedeutet.', highest: 'Geben Sie ein, was diese Stufe bedeutet.' },
  options: 'Optionen',
  option: (number) => `Option ${digits.format(number)}`,
  optionsNote: (most) => `2 bis ${digits.format(most)} verschiedene Optionen mit je bis zu 120 Zeichen. Die Eingabetaste führt zur nächsten.`,
  optionTooLong: (number, over) => `Option ${digits.format(number)} ist um ${many(over, 'Zeichen', 'Zeichen')} zu lang. Erlaubt sind höchstens 120.`,
  correct: 'Richtig',
  isCorrect: (number) => `Option ${digits.format(number)} ist richtig`,
  removeOption: (number) => `Option ${digits.format(number)} entfernen`,
  addOption: 'Option hinzufügen',
  allOptions: (most) => `Das sind alle ${digits.format(most)} Optionen, die eine Umfrage haben kann.`,
  each: 'Jede Person wählt',
  one: 'Eine Option',
  upTo: (count) => `Bis zu ${many(count, 'Option', 'Optionen')}`,
  eachGives: 'Jede Person nennt',
  words: (count) => (count === 1 ? 'Ein Wort' : `Bis zu ${digits.format(count)} Wörter`),
  steps: 'Stufen',
  stepsFrom: (count) => `1 bis ${digits.format(count)}`,
  lowest: 'Was 1 bedeutet',
  highest: (step) => `Was ${digits.format(step)} bedeutet`,
  limit: 'Zeitlimit',
  noLimit: 'Keins',
  results: 'Alle sehen die Ergebnisse',
  shares: { WHEN_ASKED: 'Wenn die Leitung sie teilt', AT_STOP: 'Wenn die Umfrage schließt', LIVE: 'Während der Antworten' },
  withNames: 'Namen mit den Antworten speichern',
  withNamesNote: 'Leitung und Moderation sehen dann, wer was geantwortet hat. Alle lesen das, bevor sie antworten. Ohne Namen sieht es niemand.',
  startNow: 'Jetzt starten',
  save: 'Entwurf speichern',
  saveChanges: 'Speichern',
}
