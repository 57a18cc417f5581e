import { readFileSync } from 'node:fs'
import { createRoom } from './api'
import { thinned } from './nightly'
import { expect, test } from './site'

interface List {
  name: string
  text: string
  encoding?: string
  /** `email|first|last|role` of each row, and why it is not sure. */
  people: string[]
  skipped?: string[]
  before?: number
  windows1252?: boolean
  error?: string
}

const corpus = JSON.parse(readFileSync(new URL('../../text/texttest/testdata/lists.json', import.meta.url), 'utf8')) as List[]

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1)

const roles: Record<string, string> = { '': 'VIEWER', Speaker: 'SPEAKER', Sprecherin: 'SPEAKER', Moderator: 'MODERATOR' }

/** Returns the bytes of a list in its encoding, as texttest.List.Content does. */
function contentOf({ name, text, encoding = 'utf-8' }: List): Buffer {
  switch (encoding) {
    case 'utf-8':
      return Buffer.from(text)
    case 'utf-8 bom':
      return Buffer.from(`\ufeff${text}`)
    case 'utf-16le bom':
      return Buffer.from(`\ufeff${text}`, 'utf16le')
    case 'latin-1':
    case 'windows-1252': // the letters of the corpus have the same bytes in both
      return Buffer.from(text, 'latin1')
    default:
      throw new Error(`write ${name}: its encoding ${encoding} is unknown`)
  }
}

test('a manager chooses each file of the corpus, and sees who is in it', async ({ site }) => {
  const { manager } = site
  const room = await createRoom(manager, 'Spring forum')
  await manager.goto(`/rooms/${room.id}`)
  await manager.getByRole('button', { name: 'Invite users' }).first().click()
  await manager.getByRole('dialog').getByRole('button', { name: 'Several people' }).click()
  const dialog = manager.getByRole('dialog', { name: 'Invite several people' })
  await dialog.getByRole('button', { name: 'File', exact: true }).click()
  for (const list of thinned(corpus, 6)) {
    await test.step(list.name, async () => {
      await dialog.getByLabel('CSV file').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: contentOf(list) })
      await dialog.getByRole('button', { name: 'Check the list' }).click()
      if (list.error) {
        return expect(dialog.getByText(`${capital(list.error)}.`, { exact: true })).toBeVisible()
      }
      const table = dialog.getByRole('table', { name: 'People of the list' })
      await expect(table.getByRole('row'), 'rows, with the header').toHaveCount(list.people.length + 1)
      for (const [at, person] of list.people.entries()) {
        const [email = '', first = '', last = '', role = '', doubt = ''] = person.split('|')
        const field = (name: string) => dialog.getByLabel(`${name}, row ${at + 1}`, { exact: true })
        await expect(field('Email')).toHaveValue(email)
        if (first) await expect(field('First name')).toHaveValue(first)
        if (last) await expect(field('Last name')).toHaveValue(last)
        await expect(field('Role')).toHaveValue(roles[role] ?? `unknown role ${role}`)
        if (doubt) await expect(table).toContainText(capital(doubt))
      }
      for (const column of list.skipped ?? []) await expect(dialog.getByText(/^Columns that are not used: /)).toContainText(column)
      await expect(dialog.getByText(/ before the header skipped$/)).toHaveCount(list.before ? 1 : 0)
      await expect(dialog.getByText(/It was read as Windows-1252/)).toHaveCount(list.windows1252 ? 1 : 0)
      return dialog.getByRole('button', { name: 'Back' }).click()
    })
  }
})
