import type * as english from '../mail'
import type { Texts } from '../shape'
import { digits, many } from './count'

// Texts of the emails that Usher sends.

export const mail: Texts<typeof english.mail> = {
  now: 'Den Link jetzt per E-Mail senden',
  repliesTo: (address) => `Antworten gehen an ${address}`,
  invite: 'Einladung senden',
  onItsWay: 'Die E-Mail ist unterwegs',
  onItsWayTo: (address) => `Die E-Mail an ${address} ist unterwegs`,
  manyOnTheirWay: (count) => `${many(count, 'E-Mail ist', 'E-Mails sind')} unterwegs`,
  manyNotSent: (count) => `${many(count, 'E-Mail wurde', 'E-Mails wurden')} nicht gesendet. Warum, steht in der Liste der Einladungen.`,
  skipped: 'Nicht gesendet: In der letzten Minute wurde schon eine E-Mail gesendet, heute waren es zu viele, oder die Person möchte keine.',
  language: 'Sprache der E-Mail',
  lastLanguage: 'Wie in der letzten E-Mail dieses Raums',
  languages: { EN: 'Englisch', DE: 'Deutsch' },
  remind: (count) => `${many(count, 'Person erinnern, die', 'Personen erinnern, die')} noch nicht dabei ${count === 1 ? 'ist' : 'sind'}`,
  remindTitle: (count) => `Den Link erneut an ${many(count, 'Person', 'Personen')} senden?`,
  remindText: 'Wer noch nicht dabei ist, bekommt eine E-Mail mit dem eigenen Link. Wer in der letzten Minute eine bekommen hat oder keine möchte, bekommt keine.',
  remindThem: 'E-Mails senden',
  reminded: (sent, skipped) => `${many(sent, 'E-Mail ist', 'E-Mails sind')} unterwegs${skipped > 0 ? `, ${digits.format(skipped)} nicht gesendet: In der letzten Minute wurde schon eine E-Mail gesendet, oder es waren heute zu viele` : ''}`,
  notify: 'Alle benachrichtigen, die ihre Einladung per E-Mail bekommen haben',
  notifyOne: 'Die Person per E-Mail benachrichtigen',
  send: 'Link per E-Mail senden',
  again: 'Link erneut senden',
  waiting: 'Wartet auf den Versand',
  delayed: (why) => `Verzögert: ${why}`,
  delayedUntil: (why, time) => `Verzögert: ${why} · nächster Versuch ${time}`,
  sent: (time) => `Gesendet ${time}`,
  failed: (why) => `Nicht zugestellt: ${why}`,
  returned: (why) => `Zurückgekommen: ${why}`,
  dropped: (why) => `Nicht gesendet: ${why}`,
  about: (kind, state) => `${kind}: ${state.charAt(0).toLowerCase()}${state.slice(1)}`,
  faults: {
    UNKNOWN_ADDRESS: 'unbekannte Adresse',
    MAILBOX_FULL: 'das Postfach ist voll',
    REFUSED: 'der Mailserver nimmt sie nicht an',
    SITE: 'der Mailserver der Website ist nicht benutzbar',
    TOO_LATE: 'sie konnte nicht rechtzeitig gesendet werden',
    TOO_MANY: 'zu viele E-Mails in 24 Stunden',
    STOPPED: 'die Person möchte keine E-Mails von dieser Website',
    NOT_NEEDED: 'nicht mehr nötig',
  },
  otherFault: 'anderer Grund',
  kinds: {
    RESCHEDULED: 'Neuer Termin',
    CANCELLED: 'Absage',
    WITHDRAWN: 'Einladung zurückgezogen',
    CODE: 'Code',
    PASSWORD: 'Passwort-Link',
  },
}
