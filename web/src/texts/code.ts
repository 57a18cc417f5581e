import { many } from './count'

// Texts of the page that asks for a code from the mailbox.

export const code = {
  field: 'Code from the email',
  hint: 'We sent six digits to the address that you entered. Look in the spam folder too.',
  failed: 'The email with the code could not be delivered to this address.',
  wrong: 'This code is wrong. Use the newest email.',
  wrongLeft: (tries: number) => `This code is wrong. Use the newest email. You have ${many(tries, 'attempt', 'attempts')} left.`,
  ended: 'This code no longer works. Send a new one.',
  six: 'Enter the six digits of the code.',
  again: 'Send again',
  againIn: (time: string) => `Send again in ${time}`,
  sent: 'The code is on its way again',
  changeAddress: 'Change the address',
  asked: (host: string) => `Request sent to ${host}. This page continues when they let you in.`,
}
