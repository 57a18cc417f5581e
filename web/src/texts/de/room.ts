import type { RoomRole } from '../../graphql/generated/graphql'
import type * as english from '../room'
import type { Texts } from '../shape'
import { digits, many } from './count'

// Texts in the room, and about the people in it.

export const live = 'Live'
export const you = 'Sie'
export const managerRoles: Texts<typeof english.managerRoles> = { OWNER: 'Hauptleitung', CO_OWNER: 'Mitleitung', CO_EDITOR: 'Bearbeitung', CO_PUBLISHER: 'Durchführung' }

export const doing: Texts<typeof english.doing> = {
  CHAT: 'chatten',
  ANSWER_INTERACTIONS: 'Umfragen beantworten',
  ASK_QUESTIONS: 'Fragen stellen',
  ANSWER_QUESTIONS: 'Fragen beantworten',
  BACKCHANNEL: 'den Regiekanal benutzen',
  INITIATE_INTERACTIONS: 'Umfragen starten',
  ADMIT_PARTICIPANTS: 'Personen einlassen',
  REMOVE_PARTICIPANTS: 'Personen entfernen',
  MODERATE: 'den Chat moderieren',
}
/** In the middle of a sentence. German roles have no article. */
export const managerRoleWithArticle: Texts<typeof english.managerRoleWithArticle> = (role) => managerRoles[role]
export const withArticle: Texts<typeof english.withArticle> = (role) => role

/** What a role allows, beside its name. */
export const gives: Texts<typeof english.gives> = {
  VIEWER: 'Chatten, Fragen stellen und Umfragen beantworten',
  SPEAKER: 'Fragen beantworten und den Regiekanal benutzen',
  MODERATOR: 'Umfragen durchführen, Fragen beantworten und einlassen',
}

export const room: Texts<typeof english.room> = {
  nothing: 'Sie haben keinen Zugang zu diesem Raum',
  nothingText: 'Wenn Sie eingeladen wurden, öffnen Sie Ihren Link noch einmal. Wenn Sie hier ein Konto haben, melden Sie sich an.',
  signedOut: 'Sie sind abgemeldet',
  signedOutText: 'Melden Sie sich wieder an, um weiterzumachen. Wenn Sie eingeladen wurden, öffnen Sie Ihren Link noch einmal.',
  nothingSignedIn: 'Vielleicht gibt es ihn nicht, oder Sie sind nicht eingeladen. Wenn Sie eingeladen wurden, öffnen Sie Ihren Link noch einmal.',
  toRooms: 'Zu den Räumen',
  inThisBrowser: 'Personen mit einem Platz in diesem Browser',
  youAreHereAs: 'Sie sind hier als {name}.',
  alsoHere: 'Dieser Browser hat auch einen Platz für {names}.',
  hereAre: 'Dieser Browser hat einen Platz für {names}.',
  parts: 'Teile des Raums',
  tabs: { people: 'Personen', invitations: 'Einladungen', activity: 'Verlauf' },
  menu: 'Raum',
  more: 'Mehr zu diesem Raum',
  edit: 'Bearbeiten',
  copyAddress: 'Adresse des Raums kopieren',
  addressCopied: 'Adresse des Raums kopiert',
  path: 'Sie sind hier',
  starts: (ago) => `beginnt ${ago}`,
  startingNow: 'beginnt jetzt',
  due: (ago) => `fällig ${ago}`,
  wasDue: (ago) => `sollte ${ago} beginnen`,
  enter: 'Raum betreten',
  manage: 'Raum leiten',
  manageShort: 'Leiten',
  asOthers: 'Ansicht der Teilnehmenden',
  startSession: 'Sitzung starten',
  endSession: 'Sitzung beenden',
  endTitle: 'Die Sitzung für alle beenden?',
  endText: (until) => `Alle verlassen jetzt den Raum. Sie können die Sitzung bis ${until} wieder öffnen.`,
  keepOpen: 'Weiterlaufen lassen',
  openAgain: 'Wieder öffnen',
  newSession: 'Neue Sitzung',
  plan: 'Sitzung planen',
  planned: 'Sitzung geplant',
  reschedule: 'Verschieben',
  move: 'Sitzung verschieben',
  moved: 'Sitzung verschoben',
  linksMove: 'Links funktionieren weiter. Alle sehen sofort den neuen Termin.',
  cancelSession: 'Sitzung absagen',
  cancelTitle: 'Die Sitzung absagen?',
  cancelText: 'Alle Eingeladenen sehen, dass die Sitzung nicht stattfindet. Die Links funktionieren nicht mehr. Das lässt sich nicht zurücknehmen, aber Sie können eine neue Sitzung planen.',
  keepIt: 'Behalten',
  delete: 'Raum löschen',
  deleteTitle: (title) => `„${title}“ löschen?`,
  deleteLive: 'Sitzung beenden und löschen',
  deleteLiveTitle: (title) => `Die laufende Sitzung beenden und „${title}“ löschen?`,
  deleteEnds: (people) => `Die Sitzung endet jetzt${people > 0 ? `, und ${many(people, 'Person muss', 'Personen müssen')} den Raum verlassen` : ''}.`,
  deleteText: (invited) => `${invited > 0 ? `${many(invited, 'Einladung funktioniert', 'Einladungen funktionieren')} nicht mehr, und alle` : 'Alle'} verlieren den Zugang. Ein gelöschter Raum lässt sich nicht wiederherstellen.`,
  deleted: (title) => `„${title}“ wurde gelöscht`,
  invitationsOffText: 'Niemand kann eingeladen werden, und kein Link funktioniert. Wer im Raum ist, bleibt.',
  siteRules: 'Regeln der Website',
  chatOff: 'Chat & Zusammenarbeit ist in diesem Raum ausgeschaltet.',
  chatOffText: 'Schalten Sie es ein, um einzuladen.',
  turnOn: 'Einschalten',
  whatYouCan: 'Was Sie tun können',
  host: 'Leitung',
  youRole: (role) => `Sie · ${role}`,
  leave: 'Verlassen',
  madeYou: '{host} hat Ihnen die Rolle {role} gegeben.',
  madeYouSaid: (host, role) => `${host} hat Ihnen die Rolle ${role} gegeben.`,
  youAre: (role) => `Sie haben jetzt die Rolle ${role}.`,
}

interface Crowd {
  count: number
  role: RoomRole | null
}

const from: Record<RoomRole, string> = { MODERATOR: 'aus der Moderation', SPEAKER: 'vom Podium', VIEWER: 'aus dem Publikum' }

const crowd = ({ count, role }: Crowd, noun = false) => {
  if (role) return `${digits.format(count)} ${from[role]}`
  return noun ? many(count, 'Person', 'Personen') : digits.format(count)
}

/** The numbers of a crowd. */
export const numbers: Texts<typeof english.numbers> = {
  number: (count) => digits.format(count),
  caption: 'Personen nach Ort und Rolle. Eine Zahl zeigt diese Personen darunter.',
  hosts: 'Leitung',
  andModerators: ', Moderation',
  all: 'Alle',
  who: {
    MODERATOR: () => 'aus Leitung und Moderation',
    SPEAKER: () => 'vom Podium',
    VIEWER: () => 'aus dem Publikum',
    all: (count) => (count === 1 ? 'Person' : 'Personen'),
  },
  show: (count, who, place) => `${place}: ${digits.format(count)} ${who} anzeigen`,
  search: (count) => `Alle ${digits.format(count)} durchsuchen`,
  elsewhere: 'Suchen Sie nach einer Person, oder wählen Sie oben eine Zahl.',
}

export const people: Texts<typeof english.people> = {
  title: 'Personen',
  search: 'Personen suchen',
  loading: 'Personen werden geladen',
  none: 'Noch ist niemand da. Personen erscheinen, sobald sie ihre Einladung annehmen.',
  noneFound: 'Niemand passt. Versuchen Sie es mit weniger Buchstaben oder einem anderen Filter.',
  groups: { moderators: 'Leitung und Moderation', speakers: 'Podium', viewers: 'Publikum', away: 'Abwesend', left: 'Verlassen', out: 'Ausgeschlossen' },
  whereLabel: 'Wo die Personen sind',
  where: { inRoom: 'Im Raum', lobby: 'Lobby', waiting: 'Wartend', away: 'Abwesend', left: 'Verlassen', out: 'Ausgeschlossen' },
  beforeStart: 'Warten auf den Beginn',
  allRoles: 'Alle Rollen',
  ofRole: { MODERATOR: 'Moderation', SPEAKER: 'Podium', VIEWER: 'Publikum' },
  manages: 'Leitung',
  youManage: 'Sie · Leitung',
  looks: (count) => `Bitte ansehen · ${digits.format(count)}`,
  looksLabel: 'Bitte ansehen',
  moreLooks: (count) => `${digits.format(count)} weitere anzeigen`,
  notArrived: (role, online) => `Neue Rolle: ${role}, ${online ? 'noch nicht gesehen' : 'aber abwesend'}`,
  connectionLost: (role) => `${role}, Verbindung verloren`,
  waiting: (count) => `Warten auf Einlass · ${digits.format(count)}`,
  waitingLabel: 'Warten auf Einlass',
  paused: 'Schreiben ist pausiert',
  pausedUntil: (time) => `Schreiben ist bis ${time} pausiert`,
  waitNow: (count) => `${many(count, 'Person wartet', 'Personen warten')} auf Einlass`,
  waitsFor: (time) => `wartet seit ${time}`,
  awayShort: 'abwesend',
  admit: 'Einlassen',
  deny: 'Ablehnen',
  select: (name) => `${name} auswählen`,
  selectAll: 'Alle angezeigten auswählen',
  selected: (count) => `${digits.format(count)} ausgewählt`,
  admitAll: ({ count, role, away }) => `Alle ${crowd({ count, role })} einlassen${away > 0 ? ` (${digits.format(away)} abwesend)` : ''}`,
  admitSome: (count) => `${digits.format(count)} einlassen`,
  denyAll: 'Alle ablehnen',
  denySome: (count) => `${digits.format(count)} ablehnen`,
  admitTitle: (of) => `${crowd(of, true)} einlassen?`,
  admitText: (away) => `Alle treten jetzt ein.${away > 0 ? ` ${many(away, 'Person ist', 'Personen sind')} abwesend und nach der Rückkehr im Raum.` : ''}`,
  denyTitle: (of) => `${crowd(of, true)} ablehnen?`,
  denyText: 'Niemand davon tritt ein. Alle können noch einmal fragen.',
  admitNamed: (name) => `${name} einlassen`,
  denyNamed: (name) => `${name} ablehnen`,
  admitted: (name) => `${name} wurde eingelassen`,
  denied: (name) => `${name} wurde nicht eingelassen`,
  admittedMany: (count) => `${many(count, 'Person wurde', 'Personen wurden')} eingelassen`,
  deniedMany: (count) => `${many(count, 'Person wurde', 'Personen wurden')} nicht eingelassen`,
  role: 'Rolle',
  roleOf: (name) => `Rolle von ${name}`,
  roleOfIs: (name, role) => `Rolle von ${name}: ${role}`,
  toldAtOnce: (name) => `${name} erfährt es sofort`,
  moreFor: (name) => `Mehr zu ${name}`,
  isNow: (name, role) => `${name} hat jetzt die Rolle ${role}`,
  remove: 'Entfernen …',
  removeTitle: (name) => `${name} entfernen?`,
  removeText: 'Die Person verlässt jetzt den Raum. Sie kann wieder um Einlass bitten, und Sie entscheiden.',
  removeConfirm: 'Entfernen',
  block: 'Entfernen und sperren …',
  blockTitle: (name) => `${name} entfernen und sperren?`,
  blockText: 'Die Person verlässt jetzt den Raum und kann mit keinem Link in diese Sitzung zurück. Die Leitung kann sie entsperren.',
  blockConfirm: 'Entfernen und sperren',
  unblock: 'Entsperren',
  unblocked: (name) => `${name} kann wieder um Einlass bitten`,
  delivered: 'Gesehen',
  underWay: 'Unterwegs',
  later: 'Gilt nach der Rückkehr',
  away: 'Abwesend',
  awayBefore: 'Abwesend, noch nicht eingetreten',
  states: {
    COUNTDOWN: 'Wartet auf den Beginn',
    LOBBY: 'In der Lobby',
    WAITING: 'Wartet auf Einlass',
    IN_ROOM: 'Im Raum',
    LEFT: 'Verlassen',
    DENIED: 'Nicht eingelassen',
    REMOVED: 'Entfernt',
    BLOCKED: 'Gesperrt',
  },
}

export const summary: Texts<typeof english.summary> = {
  title: 'Zusammenfassung',
  session: 'Sitzung',
  sessionIs: (at, state) => `${at} · ${state}`,
  loading: 'Die Zusammenfassung wird geladen',
  gone: 'Diese Sitzung gibt es nicht mehr.',
  came: 'Gekommen',
  cameOf: (came, invited) => `${digits.format(came)} (${digits.format(invited)} eingeladen)`,
  most: 'Maximal gleichzeitig',
  average: 'Durchschnittliche Dauer',
  chat: 'Chat',
  backchannel: 'Regiekanal',
  messages: (count) => many(count, 'Nachricht', 'Nachrichten'),
  questions: 'Fragen',
  asked: (asked, answered) => (asked === 0 ? '0' : `${digits.format(asked)} (${digits.format(answered)} beantwortet)`),
  polls: 'Umfragen',
  deletes: (day) => `Nachrichten, Fragen und Umfragen werden nach diesem Tag gelöscht: ${day}.`,
  deleted: (day) => `Nachrichten, Fragen und Umfragen wurden nach diesem Tag gelöscht: ${day}.`,
  people: 'Wer da war',
  search: 'Suchen, wer da war',
  nobody: 'Niemand ist gekommen.',
  fromTo: (from, to) => `${from} – ${to}`,
  since: (from) => `Seit ${from}`,
  inAll: (time, stays) => (stays === 1 ? time : `${time}, ${digits.format(stays)}-mal da`),
  never: 'War nicht im Raum',
}

export const exporting: Texts<typeof english.exporting> = {
  open: 'Exportieren …',
  title: 'Diese Sitzung exportieren',
  text: 'Ausgeblendete Nachrichten sind markiert. Gelöschte haben keinen Text. Auch die anderen in der Leitung sehen, dass Sie exportiert haben.',
  what: 'Was',
  contents: { ATTENDANCE: 'Wer wann da war', CHAT: 'Chat', BACKCHANNEL: 'Regiekanal', QUESTIONS: 'Fragen', INTERACTIONS: 'Umfragen und ihre Ergebnisse', ANSWERS: 'Antworten auf Umfragen', HANDS: 'Gehobene Hände, wie sie jetzt sind' },
  format: 'Format',
  formats: { CSV: 'CSV, für Tabellen', NDJSON: 'NDJSON, für Programme' },
  save: 'Datei speichern',
  saved: 'Datei gespeichert',
  tooMany: 'Sie haben in einer Minute oft exportiert, oder ein anderer Export läuft. Warten Sie kurz und versuchen Sie es dann noch einmal.',
  failed: 'Die Datei konnte nicht gespeichert werden. Versuchen Sie es noch einmal.',
}
