import type * as english from '../code'
import type { Texts } from '../shape'
import { many } from './count'

// Texts of the page that asks for a code from the mailbox.

export const code: Texts<typeof english.code> = {
  field: 'Code aus der E-Mail',
  hint: 'Wir haben sechs Ziffern an die Adresse gesendet, die Sie eingegeben haben. Sehen Sie auch im Spam-Ordner nach.',
  failed: 'Die E-Mail mit dem Code konnte an diese Adresse nicht zugestellt werden.',
  wrong: 'Dieser Code ist falsch. Nehmen Sie die neueste E-Mail.',
  wrongLeft: (tries) => `Dieser Code ist falsch. Nehmen Sie die neueste E-Mail. Sie haben noch ${many(tries, 'Versuch', 'Versuche')}.`,
  ended: 'Dieser Code funktioniert nicht mehr. Fordern Sie einen neuen an.',
  six: 'Geben Sie die sechs Ziffern des Codes ein.',
  again: 'Erneut senden',
  againIn: (time) => `Erneut senden in ${time}`,
  sent: 'Der Code ist wieder unterwegs',
  changeAddress: 'Adresse ändern',
  asked: (host) => `Anfrage gesendet an ${host}. Sobald Sie eingelassen werden, geht es hier weiter.`,
}
