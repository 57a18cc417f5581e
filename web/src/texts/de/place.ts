import type * as english from '../place'
import type { Texts } from '../shape'
import { digits, list, many } from './count'

const host = (name: string | null) => name ?? 'die Leitung'
const Host = (name: string | null) => name ?? 'Die Leitung'

// Texts that a participant reads from the countdown to the room. Those of the page that opens a link are in first.ts.

export const place: Texts<typeof english.place> = {
  allSet: 'Alles bereit, {name}. Lassen Sie diese Seite offen. Sie können eintreten, sobald {host} die Sitzung startet.',
  keepOpen: 'Lassen Sie diese Seite offen. Sie können eintreten, sobald die Leitung die Sitzung startet.',
  thisDevice: 'Ihr Platz bleibt auf diesem Gerät erhalten, in jedem Tab.',
  isLive: (title) => `${title} ist live. Sie können jetzt eintreten.`,
  youLeft: 'Sie haben den Raum verlassen und können jederzeit zurückkommen',
  roleInvitedBy: '{role} · eingeladen von {host}',
  enterAs: (role) => `Eintreten · ${role}`,
  askToEnterAs: (role) => `Um Einlass bitten · ${role}`,
  oneByOne: (by) => `${Host(by)} lässt alle einzeln ein.`,
  entering: 'Sie treten ein …',
  queue: {
    title: (by) => `Warten Sie, bis ${host(by)} Sie einlässt`,
    number: (place) => `Sie sind Nummer ${digits.format(place)} in der Warteschlange für {room}.`,
    somewhere: 'Sie sind in der Warteschlange für {room}.',
    said: (place) => `Sie sind Nummer ${digits.format(place)} in der Warteschlange`,
    yourPlace: 'Ihr Platz',
    waiting: (time) => `Sie warten seit ${time}`,
    briefly: 'Sie warten seit weniger als einer Minute',
    keeps: 'Diese Seite aktualisiert sich von selbst. Wenn Sie sie schließen, öffnen Sie den Raum wieder, um Ihren Platz zu behalten.',
    keepsGuest: 'Diese Seite aktualisiert sich von selbst. Wenn Sie sie schließen, öffnen Sie Ihren Link wieder, um Ihren Platz zu behalten.',
    leave: 'Warteschlange verlassen',
    admitted: (title) => `Sie sind im Raum ${title}.`,
  },
  denied: { title: 'Die Leitung hat Sie nicht eingelassen', text: (by) => `Sie können noch einmal fragen oder sich an ${host(by)} wenden.` },
  removed: { title: 'Sie wurden aus dem Raum entfernt', text: 'Sie können wieder um Einlass bitten. Die Leitung entscheidet.' },
  askAgain: 'Noch einmal um Einlass bitten',
  asParticipants: 'So sehen es die Teilnehmenden',
  backToManaging: 'Zurück zur Leitung',
  notAs: (role) => `Nicht mit der Rolle ${role}`,
  offHere: 'In diesem Raum ausgeschaltet',
  others: (by) => `Ihre Rolle bestimmt, was Sie tun können. ${Host(by)} kann sie ändern, solange die Sitzung läuft.`,
  youCanStill: (things) => `Das geht weiterhin: ${list.format(things)}.`,
  nothingNow: 'Chat & Zusammenarbeit ist in diesem Raum ausgeschaltet.',
}

// Texts of the page inside the room.
export const inside: Texts<typeof english.inside> = {
  stage: 'Bühne',
  controls: 'Ihre Bedienelemente',
  tools: 'Werkzeuge des Raums',
  more: 'Mehr',
  here: 'hier',
  showPeople: (count) => `${digits.format(count)} hier: Personen anzeigen`,
  quiet: 'Hier erscheinen Umfragen und angeheftete Nachrichten.',
  lead: 'Leitung und Podium',
  group: (role, count) => `${{ MODERATOR: 'Leitung und Moderation', SPEAKER: 'Podium', VIEWER: 'Publikum' }[role]} · ${digits.format(count)}`,
  others: (count, you) => `${you ? `Und ${many(count, 'weitere Person', 'weitere Personen')}` : many(count, 'Person', 'Personen')} im Publikum. Nur Leitung und Moderation sehen die Namen.`,
  gained: 'Neu für Sie:',
  later: 'Später',
}

export const calendar: Texts<typeof english.calendar> = {
  add: 'In den Kalender eintragen',
  google: 'Google Kalender',
  outlook: 'Outlook im Web',
  old: 'Der Termin hat sich geändert. Speichern Sie die Datei noch einmal, um Ihren Kalender zu aktualisieren.',
  oldElsewhere: 'Der Termin hat sich geändert. Ändern Sie auch den Eintrag in Ihrem Kalender.',
  again: 'Datei noch einmal speichern',
  cancelled: 'Ihr Kalender enthält diese Sitzung noch. Speichern Sie die Datei noch einmal, um sie zu entfernen.',
  cancelledElsewhere: 'Ihr Kalender enthält diese Sitzung noch. Entfernen Sie auch dort den Eintrag.',
  invitedBy: (by) => `Eingeladen von ${by}.`,
  where: 'Öffnen Sie den Raum auf dem Gerät, auf dem Sie die Einladung angenommen haben:',
}
