import type * as english from '../account'
import type { Texts } from '../shape'

// Texts of one's own account, and of what is chosen for a browser.

export const device: Texts<typeof english.device> = {
  title: 'Dieser Browser',
  note: 'Nur in diesem Browser gespeichert. Gilt auch in seinen anderen Tabs.',
  language: 'Sprache',
  asBrowser: 'Wie im Browser',
  languages: { en: 'English', de: 'Deutsch' },
  languageNote: 'Die Seite wird in der gewählten Sprache neu geladen.',
  theme: 'Farben',
  themes: { system: 'Wie das Gerät', light: 'Hell', dark: 'Dunkel' },
  clock: 'Zeitformat',
  clocks: { automatic: 'Automatisch', 12: '12 Stunden', 24: '24 Stunden' },
  example: (time) => `So sehen Uhrzeiten aus: ${time}.`,
  sound: 'Töne abspielen',
  soundNote: 'Ein leiser Ton, wenn eine Sitzung beginnt, wenn jemand wartet und wenn die Leitung antwortet.',
}

export const account: Texts<typeof english.account> = {
  title: 'Ihr Konto',
  item: 'Konto',
  name: 'Name',
  nameNote: 'Andere sehen diesen Namen. In Sitzungen, an denen Sie schon teilnehmen, bleibt der alte.',
  saveName: 'Namen speichern',
  nameSaved: (name) => `Ihr Name ist jetzt ${name}`,
  password: 'Passwort',
  passwordNote: 'Ein neues Passwort meldet Sie in allen anderen Browsern ab.',
  current: 'Aktuelles Passwort',
  new: 'Neues Passwort',
  enterCurrent: 'Geben Sie Ihr aktuelles Passwort ein.',
  enterNew: 'Geben Sie ein neues Passwort ein.',
  changePassword: 'Passwort ändern',
  passwordChanged: 'Passwort geändert. Sie sind in allen anderen Browsern abgemeldet.',
  signIns: 'Anmeldungen',
  signedInAs: (email) => `Sie sind als ${email} angemeldet.`,
  everywhere: 'Überall abmelden',
  everywhereTitle: 'Überall abmelden?',
  everywhereText: 'Sie werden sofort in diesem Browser und in allen anderen abgemeldet. Um Usher weiter zu benutzen, melden Sie sich wieder an. Zugriffstoken funktionieren weiter.',
  about: 'Über Usher',
  version: (version) => `Usher ${version}`,
  graphiql: 'Die API in GraphiQL erkunden',
}
