import type * as english from '../move'
import type { Texts } from '../shape'
import { browserName } from './browser'

// Texts of moving a place to another device.

export const move: Texts<typeof english.move> = {
  title: 'Auf anderem Gerät weiter',
  scan: 'Scannen Sie diesen Code mit dem anderen Gerät. Oder öffnen Sie dort Ihren Link, wählen Sie „Ich habe das andere Gerät bei mir“ und geben Sie diese Ziffern ein.',
  qrOf: 'QR-Code für das andere Gerät',
  code: 'Code für das andere Gerät',
  digits: 'Ziffern',
  private: 'Zeigen Sie das nicht, während Sie Ihren Bildschirm teilen.',
  ends: (time) => `Läuft ab in ${time}`,
  making: 'Der Code wird erstellt …',
  wants: (browser) => `${browser ? browserName(browser) : 'Ein anderes Gerät'} möchte übernehmen.`,
  wantsText: 'Erlauben Sie es nur, wenn das Ihr Gerät ist. Danach funktioniert diese Seite nicht mehr, und das andere Gerät hat Ihren Platz.',
  allow: 'Erlauben',
  no: 'Nein',
  moved: 'Ihr Platz ist jetzt auf dem anderen Gerät.',
  refused: 'Sie haben abgelehnt. Ihr Platz bleibt hier.',
  ended: 'Dieser Code ist abgelaufen. Ihr Platz bleibt hier.',
  again: 'Neuer Code',
  continued: (device, time) => ({ title: 'Sie machen auf einem anderen Gerät weiter', text: device ? `${browserName(device)} · ${time}` : time }),
  back: 'Auf dieses Gerät zurückholen',
  withMe: 'Ich habe das andere Gerät bei mir',
  how: 'Drücken Sie auf dem anderen Gerät auf Ihren Namen und wählen Sie „Auf anderem Gerät weiter“. Geben Sie die sechs Ziffern hier ein.',
  sixDigits: 'Sechs Ziffern',
  enterDigits: 'Geben Sie die sechs Ziffern ein.',
  wrong: (left) => (left === 0 ? 'Diese Ziffern sind falsch. Erstellen Sie auf dem anderen Gerät einen neuen Code.' : `Diese Ziffern sind falsch. Sie haben noch ${left === 1 ? 'einen Versuch' : `${left} Versuche`}.`),
  ask: 'Das andere Gerät fragen',
  asked: 'Erlauben Sie es jetzt auf dem anderen Gerät',
  askedText: 'Diese Seite macht von selbst weiter.',
  saidNo: 'Das andere Gerät hat abgelehnt.',
  over: 'Diese Übergabe ist beendet. Erstellen Sie auf dem anderen Gerät einen neuen Code.',
  here: 'Auf diesem Gerät weitermachen?',
  hereText: 'Das andere Gerät fragt Sie zuerst. Dann wird es abgemeldet, und Sie machen hier mit derselben Rolle und demselben Platz weiter.',
  continueHere: 'Hier weitermachen',
  byCode: 'Mit E-Mail-Code hierher wechseln',
  byCodeHint: 'Die Adresse, mit der Sie eingeladen wurden. Sobald Sie den Code eingeben, wird das andere Gerät abgemeldet.',
  sendCode: 'Code senden',
}
