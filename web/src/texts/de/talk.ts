import type * as english from '../talk'
import type { Texts } from '../shape'
import { digits, list, many } from './count'

// Texts of the tools of the room.

const short = (seconds: number) => `${digits.format(seconds)}\u00a0s`
const every = (seconds: number) => {
  if (seconds === 60) return 'pro Minute'
  return `alle ${seconds > 0 && seconds % 60 === 0 ? `${digits.format(seconds / 60)}\u00a0Min.` : short(seconds)}`
}

interface Came {
  messages: number
  questions: number
  interactions: number
}

const cameParts = ({ messages, questions, interactions }: Came) => [
  ...(messages > 0 ? [many(messages, 'Nachricht', 'Nachrichten')] : []),
  ...(questions > 0 ? [many(questions, 'Frage', 'Fragen')] : []),
  ...(interactions > 0 ? [many(interactions, 'Umfrage', 'Umfragen')] : []),
]

export const talk: Texts<typeof english.talk> = {
  chat: 'Chat',
  back: 'Regie\u00adkanal',
  list: 'Chat, Neuestes zuletzt',
  backList: 'Regiekanal, Neuestes zuletzt',
  somethingNew: 'etwas Neues',
  forYou: (count) => `${digits.format(count)} für Sie`,
  none: 'Noch hat niemand geschrieben',
  noneText: 'Was hier steht, bleibt für alle, die während dieser Sitzung kommen.',
  noneBackText: 'Was Leitung und Podium hier schreiben, bleibt für alle, die später dazukommen.',
  older: 'Ältere Nachrichten anzeigen',
  newMessages: (count) => many(count, 'neue Nachricht', 'neue Nachrichten'),
  newBelow: (count) => `${digits.format(count)} neu`,
  toNewest: 'Neueste Nachrichten',
  missed: (at, of) => `${list.format(cameParts(of))} seit ${at}`,
  before: (at, of) => `${list.format(cameParts(of))}, bevor Sie um ${at} kamen`,
  said: (author, text) => `${author}: ${text}`,
  toAll: 'An alle im Raum',
  toBack: 'Nur Leitung und Podium lesen das',
  field: 'Nachricht',
  send: 'Senden',
  save: 'Speichern',
  wait: (seconds) => short(seconds),
  sendIn: (seconds) => `Senden in ${short(seconds)}`,
  slow: (seconds) => `Langsamer Modus: eine Nachricht ${every(seconds)}`,
  crowded: (seconds) => `Viele schreiben gerade: eine Nachricht ${every(seconds)}`,
  left: (count) => (count < 0 ? `${digits.format(-count)} Zeichen zu viel` : `noch ${digits.format(count)} Zeichen`),
  sending: 'Wird gesendet …',
  notSent: 'Nicht gesendet.',
  drop: 'Löschen',
  replyTo: 'an {name}: {words}',
  replying: 'Antwort an {name}: {words}',
  editing: 'Sie bearbeiten Ihre Nachricht',
  stop: 'Abbrechen',
  edited: 'bearbeitet',
  hidden: 'Von der Moderation ausgeblendet',
  hiddenBy: (name) => `Ausgeblendet von ${name}`,
  hiddenFromMe: 'Die Moderation hat das ausgeblendet. Nur Sie sehen es.',
  deleted: 'Gelöscht',
  restore: 'Wieder einblenden',
  moreFor: (name) => `Mehr zur Nachricht von ${name}`,
  reply: 'Antworten',
  replyNamed: (name) => `${name} antworten`,
  mention: 'Erwähnen',
  edit: 'Bearbeiten',
  delete: 'Löschen',
  pin: 'Anheften',
  unpin: 'Lösen',
  pinnedBy: 'Geschrieben von {name}',
  pinned: (text) => `Angeheftet: ${text}`,
  hide: 'Nachricht ausblenden',
  hiddenNow: 'Nachricht ausgeblendet',
  pauseTen: 'Schreiben 10 Minuten pausieren',
  pauseSession: 'Schreiben bis zum Ende der Sitzung pausieren',
  paused: (name) => `${name} kann jetzt nicht schreiben`,
  endPause: 'Wieder schreiben lassen',
  isPausedUntil: (at) => `Pausiert bis ${at}`,
  isPausedSession: 'Pausiert, bis die Sitzung endet',
  mayWrite: (name) => `${name} kann wieder schreiben`,
  settings: 'Einstellungen für den Chat',
  backSettings: 'Einstellungen für den Regiekanal',
  whoWrites: 'Wer schreiben kann',
  modes: { EVERYONE: 'Alle', HOSTS: 'Nur Leitung und Podium', OFF: 'Niemand' },
  slowMode: 'Langsamer Modus für Publikum und Podium',
  gap: (seconds) => (seconds === 0 ? 'Aus' : `Eine Nachricht ${every(seconds)}`),
  clear: 'Chat leeren',
  clearBack: 'Regiekanal leeren',
  cleared: 'Chat geleert',
  backCleared: 'Regiekanal geleert',
  open: 'Sie können wieder schreiben.',
  hideAll: 'Alle Nachrichten der Person ausblenden',
  hideAllTitle: (name) => `Alle Nachrichten von ${name} ausblenden?`,
  hideAllText: 'Das blendet aus, was die Person in dieser Sitzung geschrieben hat, im Chat und im Regiekanal. Sie können jede Nachricht wieder einblenden.',
  off: 'Der Chat ist ausgeschaltet. Sie können lesen, was geschrieben wurde.',
  hostsOnly: 'Nur Leitung und Podium können jetzt schreiben.',
  pausedUntil: (time) => `Die Moderation hat Ihr Schreiben bis ${time} pausiert. Sie können weiterlesen.`,
  pausedSession: 'Die Moderation hat Ihr Schreiben pausiert, bis die Sitzung endet. Sie können weiterlesen.',
  failed: 'Die Nachrichten konnten nicht gelesen werden.',
  openBack: 'Regiekanal öffnen',
}
