import { describe, expect, test } from 'vitest'
import type { InvitationPartsFragment } from '../graphql/generated/graphql'
import { cell, csv, linkRows, linkText } from './csv'

describe('a CSV file', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['+49 30', "'+49 30"],
    ['-x', "'-x"],
    ['@x', "'@x"],
    ['\tx', "'\tx"],
    ['\rx', '"\'\rx"'],
    ['a=b', 'a=b'],
    ['Haddad, Noor', '"Haddad, Noor"'],
    ['a "b"', '"a ""b"""'],
    ['one\ntwo', '"one\ntwo"'],
    ['=1,"2"', '"\'=1,""2"""'],
    ['', ''],
  ])('has %j as the cell %j', (text, want) => expect(cell(text)).toBe(want))

  test('begins with a byte-order mark, and ends each row with CRLF', () => expect(csv([['a', 'b'], ['ä', '']])).toBe('\ufeffa,b\r\nä,\r\n'))

  test('has a row for each link', () => {
    const noor = { email: 'noor@example.org', firstName: '=Noor', lastName: '', role: 'SPEAKER', link: 'https://usher.example/join#u1', expiresAt: null } as InvitationPartsFragment
    expect(csv(linkRows([noor])).split('\r\n')[1]).toBe("noor@example.org,'=Noor,,Speaker,https://usher.example/join#u1,until the session ends")
  })

  test('is copied without formulas, too', () => {
    const eve = { email: '+eve@example.org', name: '=1+1', link: 'https://usher.example/join#u1' } as InvitationPartsFragment
    expect(linkText([eve])).toBe("'=1+1\t'+eve@example.org\thttps://usher.example/join#u1")
  })
})
