import type { InvitationPartsFragment } from '../graphql/generated/graphql'
import { t } from '../texts'
import { exact } from '../ui/time'

/** Returns a text that no spreadsheet takes for a formula. */
const noFormula = (text: string) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)

/** Returns a cell that no spreadsheet takes for a formula, in quotes where it needs them (RFC 4180). */
export function cell(text: string): string {
  const plain = noFormula(text)
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

/** Returns a CSV file. Its byte-order mark tells Excel that it is in UTF-8. */
export const csv = (rows: string[][]) => `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`

/** Returns the links as rows, with a header. */
export function linkRows(invitations: InvitationPartsFragment[]): string[][] {
  return [
    t.severalPeople.header,
    ...invitations.map(({ email, firstName, lastName, role, link, expiresAt }) => [email, firstName, lastName, t.roles[role], link ?? '', expiresAt ? exact(expiresAt) : t.severalPeople.sessionEnd]),
  ]
}

/** Returns the links as text: one person a line, in columns that a spreadsheet takes. */
export const linkText = (invitations: InvitationPartsFragment[]) => invitations.map(({ name, email, link }) => [noFormula(name), noFormula(email), link ?? ''].join('\t')).join('\n')

/** Has the browser save a text as a file. */
export function save(name: string, text: string) {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  const anchor = document.createElement('a')
  anchor.href = url
  anchor.download = name
  anchor.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000) // the download has begun by then
}
