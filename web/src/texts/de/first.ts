import type * as english from '../first'
import type { Texts } from '../shape'
import { digits, many } from './count'

// Texts of an invitee's first page, and of all pages.

export const language = 'de'
export const region = 'de-DE'
export const brand = 'Usher'
export const loading = 'Einen Moment …'
export const optional = 'freiwillig'
export const email = 'E-Mail-Adresse'
export const cancel = 'Abbrechen'
export const close = 'Schließen'
export const undo = 'Rückgängig'
export const discardTyped = 'Eingaben verwerfen?'
export const discard = 'Verwerfen'
export const keepTyping = 'Weiterschreiben'
export const reload = 'Neu laden'
export const otherLanguage = 'Sie haben in einem anderen Tab eine andere Sprache gewählt.'
export const toStart = 'Zur Startseite'
export const tryAgain = 'Noch einmal versuchen'
export const copyLink = 'Link kopieren'
export const copied = 'Kopiert'
export const copyByHand = 'Dieser Browser lässt kein Kopieren zu. Markieren Sie den Text und kopieren Sie ihn selbst.'
export const display = 'Anzeige und Ton'
export const skip = 'Zum Inhalt springen'
export const yourTime = 'Ihrer Zeit'
export const justNow = 'gerade eben'
export const tooLong: Texts<typeof english.tooLong> = (limit, over) => `Höchstens ${digits.format(limit)} Zeichen. Sie haben ${digits.format(over)} zu viel eingegeben.`
export const inZone: Texts<typeof english.inZone> = (place) => `in ${place}`
export const inRoomZone: Texts<typeof english.inRoomZone> = (place) => `in ${place} (Zeit des Raums)`
export const connection: Texts<typeof english.connection> = {
  lost: 'Verbindung wird wiederhergestellt … Ihr Platz bleibt erhalten.',
  held: 'Dieses Netzwerk hält Meldungen zurück. Die Seite prüft alle 20 Sekunden, ob es Neues gibt.',
}
export const units: Texts<typeof english.units> = { days: 'Tage', hours: 'Stunden', minutes: 'Minuten', seconds: 'Sekunden' }
export const roles: Texts<typeof english.roles> = { VIEWER: 'Publikum', SPEAKER: 'Podium', MODERATOR: 'Moderation' }

export const capabilities: Texts<typeof english.capabilities> = {
  CHAT: 'Chatten',
  ANSWER_INTERACTIONS: 'Umfragen beantworten',
  ASK_QUESTIONS: 'Fragen stellen',
  ANSWER_QUESTIONS: 'Fragen beantworten',
  BACKCHANNEL: 'Regiekanal',
  INITIATE_INTERACTIONS: 'Umfragen starten',
  ADMIT_PARTICIPANTS: 'Einlassen',
  REMOVE_PARTICIPANTS: 'Entfernen',
  MODERATE: 'Chat moderieren',
}

export const refusals: Texts<typeof english.refusals> = {
  LINK_NOT_VALID: { title: 'Dieser Link ist ungültig', text: 'Vielleicht fehlt ein Teil. Kopieren Sie den ganzen Link aus der Nachricht und fügen Sie ihn hier ein.' },
  LINK_REPLACED: { title: 'Es gibt einen neueren Link', text: 'Sie haben einen neueren Link bekommen, dieser funktioniert nicht mehr. Suchen Sie die neueste Nachricht an Sie.' },
  LINK_EXPIRED: { title: 'Dieser Link ist abgelaufen', text: 'Die Leitung kann ihn verlängern.' },
  INVITATION_REVOKED: { title: 'Diese Einladung wurde zurückgezogen', text: 'Der Link funktioniert nicht mehr.' },
  USED_ON_OTHER_DEVICE: { title: 'Dieser Link gehört zu einem anderen Gerät', text: 'Ein Link funktioniert nur auf einem Gerät: dem ersten, das ihn benutzt. Die Leitung kann ihn für dieses Gerät freigeben.' },
  TOO_MANY_ATTEMPTS: { title: 'Zu viele Versuche', text: 'Die E-Mail-Adresse war mehrmals falsch.' },
  EMAIL_DOMAIN_BLOCKED: { title: 'Diese E-Mail-Adresse ist hier nicht erlaubt', text: 'Diese Website lässt die Domain der Adresse nicht zu.' },
  ROOM_DELETED: { title: 'Diesen Raum gibt es nicht mehr', text: 'Die Leitung hat ihn gelöscht.' },
  ROOM_NOT_AVAILABLE: { title: 'Der Raum ist gerade nicht verfügbar', text: 'Die Leitung oder die Website hat Einladungen ausgeschaltet. Ihr Link funktioniert wieder, sobald sie eingeschaltet sind.' },
  SESSION_CANCELLED: { title: 'Die Sitzung wurde abgesagt', text: 'Sie findet nicht statt.' },
  SESSION_ENDED: { title: 'Die Sitzung ist beendet', text: 'Die Leitung kann sie innerhalb eines Tages wieder öffnen.' },
  SESSION_NOT_OPEN: { title: 'Noch ist keine Sitzung geplant', text: 'Die Leitung hat die nächste Sitzung noch nicht geplant.' },
  ENTRY_DENIED: { title: 'Sie wurden nicht eingelassen', text: 'Sie haben zweimal gefragt und können nicht noch einmal fragen.' },
  PARTICIPANT_BLOCKED: { title: 'Sie wurden aus dieser Sitzung entfernt', text: 'Sie können sie nicht mehr betreten.' },
  ACCOUNT_DISABLED: { title: 'Ihr Konto ist gesperrt', text: 'Einladungen an Ihre E-Mail-Adresse funktionieren erst wieder, wenn das Konto entsperrt ist.' },
  SIGN_IN_REQUIRED: { title: 'Melden Sie sich an', text: 'Auf dieser Website müssen sich Gäste mit der Adresse anmelden, mit der sie eingeladen wurden.' },
  other: { title: 'Das hat nicht geklappt', text: 'Versuchen Sie es gleich noch einmal.' },
}
export const notFound: Texts<typeof english.notFound> = { title: 'Seite nicht gefunden', text: 'Vielleicht enthält die Adresse einen Tippfehler, oder es gibt die Seite nicht mehr.' }

// Texts of a page that failed.
export const failed: Texts<typeof english.failed> = {
  fault: { title: 'Diese Seite funktioniert nicht mehr', text: 'In Usher ist etwas schiefgegangen. Laden Sie die Seite neu. Ihr Platz bleibt erhalten.' },
  panel: { title: 'Dieser Teil funktioniert nicht mehr', text: 'Der Rest der Seite funktioniert weiter. Versuchen Sie es noch einmal, oder laden Sie die Seite neu.' },
  updated: { title: 'Usher wurde aktualisiert', text: 'Laden Sie die Seite neu, um die neue Version zu bekommen. Ihr Platz bleibt erhalten.' },
  unreachable: { title: 'Der Server ist nicht erreichbar', text: 'Prüfen Sie Ihre Verbindung und laden Sie dann die Seite neu. Ihr Platz bleibt erhalten.' },
}

export const errors: Texts<typeof english.errors> = {
  network: 'Der Server ist nicht erreichbar. Prüfen Sie Ihre Verbindung. Ihre Eingaben bleiben erhalten.',
  server: 'Etwas ist schiefgegangen. Versuchen Sie es noch einmal.',
  busy: 'Der Server ist gerade nicht verfügbar. Versuchen Sie es in einer Minute noch einmal.',
  forbidden: 'Dazu fehlt Ihnen die Berechtigung. Fragen Sie die Hauptleitung des Raums.',
  notFound: 'Das gibt es nicht mehr. Laden Sie die Seite neu.',
  signedOut: 'Sie sind abgemeldet. Melden Sie sich an und versuchen Sie es noch einmal.',
  rate: (seconds) => `Zu viele Anfragen. Versuchen Sie es in ${many(Math.ceil(seconds / 60), 'Minute', 'Minuten')} noch einmal.`,
}

export const signIn: Texts<typeof english.signIn> = {
  title: 'Anmelden',
  out: 'Abmelden',
  password: 'Passwort',
  refused: 'E-Mail-Adresse oder Passwort ist falsch. Versuchen Sie es noch einmal, oder bitten Sie die Administration um ein neues Passwort.',
  enterEmail: 'Geben Sie Ihre E-Mail-Adresse ein.',
  enterPassword: 'Geben Sie Ihr Passwort ein.',
  noAccount: 'Hier gibt es noch kein Konto. Öffnen Sie den Link zur Einrichtung aus dem Terminal (30 Minuten gültig), oder starten Sie Usher neu, um einen neuen zu bekommen.',
  invited: 'Sind Sie zu einer Sitzung eingeladen? Öffnen Sie Ihren Link. Sie brauchen kein Konto.',
}

export const link: Texts<typeof english.link> = {
  pageTitle: 'Ihre Einladung',
  noAccount: 'Usher · Sie brauchen kein Konto',
  opening: 'Ihre Einladung wird geöffnet …',
  noLink: 'Öffnen Sie Ihre Einladung',
  noLinkText: 'Öffnen Sie den Link, den Sie bekommen haben, oder fügen Sie ihn hier ein.',
  yourLink: 'Ihr Link',
  newestLink: 'Ihr neuester Link',
  linkExample: (origin) => `${origin}/join#…`,
  open: 'Öffnen',
  pasteEmpty: 'Fügen Sie den ganzen Link ein. Er endet mit vielen Buchstaben und Ziffern.',
  pasteTooLong: 'Dieser Text ist zu lang. Fügen Sie nur den Link ein.',
  pasteReplaced: 'Dieser Link wurde ersetzt. Fügen Sie den neuesten ein, den Sie bekommen haben.',
  invites: {
    VIEWER: '{host} lädt Sie ein:',
    SPEAKER: '{host} lädt Sie zum Sprechen ein:',
    MODERATOR: '{host} lädt Sie zum Moderieren ein:',
  },
  invited: 'Sie sind mit der Rolle {role} eingeladen:',
  sessionOpen: 'Die Sitzung läuft',
  isLive: (title) => `${title} ist live.`,
  liveTitle: (title) => `▶ ${title} ist live`,
  startsIn: 'Beginnt in',
  startsInMinutes: (minutes) => (minutes === 0 ? 'Die Sitzung beginnt gleich' : `Die Sitzung beginnt in ${many(minutes, 'Minute', 'Minuten')}`),
  notStarted: (host) => (host ? `${host} hat die Sitzung noch nicht gestartet` : 'Die Sitzung hat noch nicht begonnen'),
  plannedFor: 'Geplant: {time}',
  yourEmail: 'Ihre E-Mail-Adresse',
  emailHint: 'Die Adresse, mit der Sie eingeladen wurden. Der Link funktioniert danach nur noch auf diesem Gerät.',
  continue: 'Weiter',
  continueAs: 'Weiter als {name}',
  otherAddress: 'Andere Adresse verwenden',
  switchAccount: 'Konto wechseln',
  signInInstead: 'Ich habe hier ein Konto',
  signInFirst: 'Auf dieser Website müssen sich Gäste anmelden.',
  noAccountAsk: (host) => `Kein Konto? Fragen Sie ${host}.`,
  otherAccount: 'Sie sind als {email} angemeldet. Diese Einladung gilt für eine andere Adresse.',
  otherEmail: 'Die Einladung gilt für eine andere E-Mail-Adresse. Versuchen Sie es mit der Adresse, mit der Sie eingeladen wurden.',
  otherEmailLeft: (tries) => `Die Einladung gilt für eine andere E-Mail-Adresse. Versuchen Sie es mit der Adresse, mit der Sie eingeladen wurden. Sie haben noch ${many(tries, 'Versuch', 'Versuche')}.`,
  asRole: (role) => `Mit der Rolle ${role} können Sie`,
  askHost: 'Die Leitung fragen',
  askNamed: (host) => `${host} fragen`,
  wordToHost: 'Nachricht an die Leitung',
  theHost: 'die Leitung',
  invitedTo: '{room} · {host}',
  asked: (host) => `Anfrage gesendet an ${host}`,
  sent: 'Gesendet {ago}',
  askedSound: 'Wenn die Antwort kommt, hören Sie einen Ton.',
  answered: 'Die Leitung hat geantwortet. Sie können weitermachen.',
  askedTooOften: 'Sie haben die Leitung in einer Stunde dreimal gefragt. Warten Sie eine Stunde, oder schreiben Sie der Person, die Sie eingeladen hat.',
  expiredAt: (time) => `Er ist abgelaufen: ${time}. Die Leitung kann ihn verlängern.`,
  retryIn: (time) => `Sie können es in ${time} noch einmal versuchen.`,
  retryNow: 'Sie können es jetzt noch einmal versuchen.',
  goesOn: 'Diese Seite aktualisiert sich von selbst.',
  contactHost: 'Fragen? Schreiben Sie der Person, die Ihnen den Link gesendet hat.',
  contactNamed: (host) => `Fragen? Wenden Sie sich an ${host}.`,
  contactAdmin: 'Die Administration dieser Website kann das ändern.',
  released: { title: 'Ihr Link kann auf ein anderes Gerät umziehen', text: 'Öffnen Sie ihn auf dem Gerät, das Sie benutzen möchten. Danach funktioniert er nur noch dort.' },
  embedded: 'Der Browser in dieser App könnte Ihren Platz verlieren.',
  copyForBrowser: 'Link für Ihren Browser kopieren',
  storageBlocked: {
    title: 'Dieser Browser speichert nichts für diese Seite',
    text: 'Ihr Platz ginge sofort verloren, deshalb sendet diese Seite nichts. Erlauben Sie Cookies für diese Website, oder öffnen Sie den Link in einem neuen Tab oder einem anderen Browser.',
  },
  ownTab: 'In neuem Tab öffnen',
}
