import type * as english from '../activity'
import type { Texts } from '../shape'
import { browserName } from './browser'
import { digits } from './count'

// Texts of a room's activity: its events in sentences.

const movedBy: Texts<typeof english.events.movedBy> = {
  IN_ROOM: '{actor} hat {who} eingelassen',
  DENIED: '{actor} hat {who} nicht eingelassen',
  REMOVED: '{actor} hat {who} entsperrt',
}

const moved: Texts<typeof english.events.moved> = {
  COUNTDOWN: '{who} wartet auf den Beginn',
  LOBBY: '{who} ist in der Lobby',
  WAITING: '{who} hat um Einlass gebeten',
  IN_ROOM: '{who} ist eingetreten (Rolle: {role})',
  LEFT: '{who} hat den Raum verlassen',
}

export const refusedBecause: Texts<typeof english.refusedBecause> = {
  EMAIL_MISMATCH: 'Jemand mit dem Link von {who} hat eine andere E-Mail-Adresse eingegeben',
  CODE_WRONG: 'Jemand mit dem Link von {who} hat einen falschen Code eingegeben',
  CODE_EXPIRED: 'Jemand mit dem Link von {who} hat einen Code eingegeben, der nicht mehr funktionierte',
  TOO_MANY_ATTEMPTS: 'Jemand mit dem Link von {who} hat zu viele falsche Adressen eingegeben und muss 15 Minuten warten',
  LINK_REPLACED: '{who} hat einen alten Link geöffnet',
  LINK_EXPIRED: '{who} hat einen abgelaufenen Link geöffnet',
  USED_ON_OTHER_DEVICE: 'Jemand wollte den Link von {who} auf einem anderen Gerät öffnen',
  INVITATION_REVOKED: '{who} hat einen zurückgezogenen Link geöffnet',
  SESSION_ENDED: '{who} kam nach dem Ende der Sitzung',
  SESSION_CANCELLED: '{who} kam zu einer abgesagten Sitzung',
  SIGN_IN_REQUIRED: '{who} wurde aufgefordert, sich anzumelden',
  EMAIL_DOMAIN_BLOCKED: '{who} hat eine E-Mail-Domain benutzt, die diese Website nicht zulässt',
  PARTICIPANT_BLOCKED: '{who} wollte trotz Sperre zurückkommen',
  ACCOUNT_DISABLED: '{who} wollte mit einem gesperrten Konto eintreten',
  ROOM_NOT_AVAILABLE: '{who} kam, als Einladungen ausgeschaltet waren',
}

export const activity: Texts<typeof english.activity> = {
  title: 'Verlauf',
  none: 'Noch ist nichts geschehen.',
  noneOfKind: 'Noch nichts dieser Art.',
  loading: 'Der Verlauf wird geladen',
  failed: 'Der Verlauf konnte nicht geladen werden.',
  earlier: 'Früheres anzeigen',
  filter: 'Anzeigen',
  filters: { all: 'Alles', entries: 'Eintritte', changes: 'Änderungen', problems: 'Probleme' },
  showAll: 'Einzeln anzeigen',
  showLess: 'Weniger anzeigen',
  people: (count, more) => `${digits.format(count)}${more ? '+' : ''} Personen`,
  times: (count, more) => (more ? `mindestens ${digits.format(count)}-mal` : `${digits.format(count)}-mal`),
  folded: {
    cameAndWent: '{who} kam und ging {times}',
    opened: '{people} haben ihre Links geöffnet',
    accepted: '{people} haben die Einladung angenommen',
    lobby: '{people} sind in der Lobby',
    countdown: '{people} warten auf den Beginn',
    asked: '{people} haben um Einlass gebeten',
    entered: '{people} sind eingetreten',
    left: '{people} haben den Raum verlassen',
    invited: '{actor} hat {people} eingeladen',
    admitted: '{actor} hat {people} eingelassen',
    denied: '{actor} hat {people} nicht eingelassen',
  },
}

export const events: Texts<typeof english.events> = {
  usher: 'Usher',
  browser: browserName,
  roomUpdated: '{actor} hat den Raum bearbeitet',
  roomDeleted: '{actor} hat den Raum gelöscht',
  exported: '{actor} hat {what} exportiert',
  contents: { ATTENDANCE: 'die Anwesenheitsliste', CHAT: 'den Chat', BACKCHANNEL: 'den Regiekanal', QUESTIONS: 'die Fragen', INTERACTIONS: 'die Umfragen', ANSWERS: 'die Antworten auf Umfragen', HANDS: 'die gehobenen Hände' },
  managerAdded: '{actor} hat {who} die Rolle {role} gegeben',
  managerRemoved: '{actor} hat {who} aus der Leitung entfernt',
  sessionScheduled: '{actor} hat eine Sitzung geplant',
  sessionScheduledFor: '{actor} hat eine Sitzung geplant: {time}',
  sessionRescheduled: '{actor} hat die Sitzung verschoben: {time}',
  sessionStarted: '{actor} hat die Sitzung gestartet',
  sessionEnded: '{actor} hat die Sitzung beendet',
  sessionEndedItself: 'Die Sitzung ist von selbst zu Ende gegangen',
  sessionCancelled: '{actor} hat die Sitzung abgesagt',
  sessionCancelledItself: 'Die Sitzung wurde nie gestartet und deshalb abgesagt',
  invited: '{actor} hat {who} eingeladen',
  invitedAs: '{actor} hat {who} mit der Rolle {role} eingeladen',
  invitationUpdated: '{actor} hat die Einladung von {who} geändert',
  opened: '{who} hat den Link geöffnet',
  redeemed: '{who} hat die Einladung angenommen',
  redeemedOn: '{who} hat die Einladung angenommen ({device})',
  refused: '{who} konnte nicht eintreten',
  revoked: '{actor} hat die Einladung von {who} zurückgezogen',
  released: '{actor} hat das Gerät von {who} abgemeldet',
  movedDevice: '{who} macht auf einem anderen Gerät weiter',
  movedTo: '{who} macht auf einem anderen Gerät weiter ({device})',
  regenerated: '{actor} hat einen neuen Link für {who} erstellt',
  asked: '{who} hat die Leitung gefragt',
  moved,
  movedBy,
  removed: '{actor} hat {who} entfernt',
  blocked: '{actor} hat {who} entfernt und gesperrt',
  madeRole: '{actor} hat {who} die Rolle {role} gegeben',
  becameRole: '{who} hat jetzt die Rolle {role}',
}
