import { describe, expect, it } from 'vitest'
import { calendarFile } from './calendarFile'
import { calendarLinks, type Entry } from './entry'

const entry: Entry = {
  title: 'Product launch; with, commas',
  description: 'What is new.',
  host: 'Mia Keller',
  address: 'https://usher.example.org/rooms/r1',
  session: { id: 's1', state: 'SCHEDULED', startsAt: '2026-11-26T18:20:00.000Z', endsAt: '2026-11-26T19:20:00.000Z', sequence: 0 },
}
const moved: Entry = { ...entry, session: { ...entry.session, startsAt: '2026-11-27T18:20:00.000Z', endsAt: '2026-11-27T19:00:00.000Z', sequence: 1 } }
const cancelled: Entry = { ...moved, session: { ...moved.session, state: 'CANCELLED', sequence: 2 } }

/** Reads a calendar file as calendars do: unfolded lines, by name, of the entry and of its alarm. */
function read(of: Entry) {
  const text = calendarFile(of)
  const lines = text.replaceAll('\r\n\t', '').replaceAll('\r\n ', '').split('\r\n')
  const within = (part: string) => {
    const from = lines.indexOf(`BEGIN:${part}`)
    return from < 0 ? [] : lines.slice(from + 1, lines.indexOf(`END:${part}`))
  }
  const alarm = within('VALARM')
  const event = within('VEVENT').filter((line) => !alarm.includes(line))
  const fields = (some: string[]) => Object.fromEntries(some.map((line) => [line.split(/[:;]/)[0] ?? '', line.slice(line.indexOf(':') + 1)]))
  return { text, event: fields(event), alarm: fields(alarm) }
}

describe('the calendar file', () => {
  it('has what a calendar shows, ten minutes of warning, and no secret', () => {
    const { text, event, alarm } = read(entry)
    expect(event).toMatchObject({
      UID: 's1@usher', SEQUENCE: '0', STATUS: 'CONFIRMED', DTSTART: '20261126T182000Z', DTEND: '20261126T192000Z', URL: entry.address,
      SUMMARY: 'Product launch\\; with\\, commas',
    })
    expect(event['DTSTAMP']).toMatch(/^\d{8}T\d{6}Z$/)
    expect(event['DESCRIPTION']).toContain('Invited by Mia Keller.')
    expect(alarm).toMatchObject({ ACTION: 'DISPLAY', TRIGGER: '-PT10M' })
    expect(text).not.toMatch(/ORGANIZER|ATTENDEE|#/)
  })

  it('replaces the entry that an older one made, and removes it once the session is cancelled', () => {
    const [first, second, last] = [read(entry), read(moved), read(cancelled)]
    expect([second.event['UID'], last.event['UID']]).toEqual([first.event['UID'], first.event['UID']])
    expect([first, second, last].map(({ event }) => event['SEQUENCE'])).toEqual(['0', '1', '2'])
    expect(second.event['DTSTART']).toBe('20261127T182000Z')
    expect(last.event['STATUS']).toBe('CANCELLED')
    expect(last.alarm).toEqual({})
  })

  it('ends an hour after the start where no end is planned', () => {
    const { event } = read({ ...entry, session: { ...entry.session, endsAt: null } })
    expect(event['DTEND']).toBe('20261126T192000Z')
  })
})

describe('the addresses for calendars on the web', () => {
  it('have the times in UTC, the room and no secret', () => {
    const { google, outlook } = calendarLinks(entry)
    const ours = new URL(google).searchParams
    expect([ours.get('text'), ours.get('dates')]).toEqual([entry.title, '20261126T182000Z/20261126T192000Z'])
    expect(ours.get('details')).toContain(entry.address)
    const theirs = new URL(outlook).searchParams
    expect([theirs.get('subject'), theirs.get('startdt'), theirs.get('enddt')]).toEqual([entry.title, '2026-11-26T18:20:00.000Z', '2026-11-26T19:20:00.000Z'])
    for (const address of [google, outlook]) expect(address).not.toContain('#')
  })
})
