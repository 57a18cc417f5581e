import { describe, expect, it } from 'vitest'
import { allZones, instant, shown, wallClock, zoneMatches } from './zones'

describe('instant', () => {
  it.each([
    ['in winter', '2026-11-24', '15:00', 'Europe/Lisbon', '2026-11-24T15:00:00.000Z'],
    ['in summer', '2026-07-01', '15:00', 'Europe/Paris', '2026-07-01T13:00:00.000Z'],
    ['west of Greenwich', '2026-11-24', '20:30', 'America/New_York', '2026-11-25T01:30:00.000Z'],
    ['where zones are not whole hours', '2026-11-24', '05:45', 'Asia/Kathmandu', '2026-11-24T00:00:00.000Z'],
    ['after clocks went back that night', '2026-10-25', '09:00', 'Europe/Paris', '2026-10-25T08:00:00.000Z'],
  ])('finds what clocks show %s', (_name, date, time, zone, utc) => {
    expect(instant(date, time, zone)).toBe(utc)
    expect(wallClock(utc, zone)).toEqual({ date, time })
  })

  it.each([['', ''], ['2026-11-24', ''], ['', '15:00']])('is null for an empty field: %j %j', (date, time) => {
    expect(instant(date, time, 'Europe/Paris')).toBeNull()
  })

  it.each([
    ['goes on by as much as clocks are put forward, east of Greenwich', '2027-03-28', '02:30', 'Europe/Berlin', '2027-03-28T01:30:00.000Z', 'never'],
    ['goes on by as much as clocks are put forward, west of it', '2027-03-14', '02:30', 'America/New_York', '2027-03-14T07:30:00.000Z', 'never'],
    ['takes the first of two, east of Greenwich', '2026-10-25', '02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z', 'twice'],
    ['takes the first of two, west of it', '2026-11-01', '01:30', 'America/New_York', '2026-11-01T05:30:00.000Z', 'twice'],
    ['knows changes of half an hour', '2027-04-04', '01:45', 'Australia/Lord_Howe', '2027-04-03T14:45:00.000Z', 'twice'],
    ['is sure of the hour before', '2026-10-25', '01:30', 'Europe/Berlin', '2026-10-24T23:30:00.000Z', 'once'],
    ['is sure of the hour after', '2027-03-28', '03:30', 'Europe/Berlin', '2027-03-28T01:30:00.000Z', 'once'],
  ])('%s', (_name, date, time, zone, utc, times) => {
    expect(instant(date, time, zone)).toBe(utc)
    expect(shown(date, time, zone)).toBe(times)
  })

  it('is empty where something is missing', () => {
    expect(instant('', '15:00', 'UTC')).toBeNull()
    expect(instant('2026-11-24', '', 'UTC')).toBeNull()
  })
})

it.each([
  ['kat', 'Asia/Kathmandu', true],
  ['asia kat', 'Asia/Kathmandu', true],
  ['+5:45', 'Asia/Kathmandu', true],
  ['utc+5', 'Asia/Kathmandu', true],
  ['−5', 'America/New_York', true],
  ['-5', 'America/New_York', true],
  ['new york', 'America/New_York', true],
  ['york, america', 'America/New_York', true],
  ['ork', 'America/New_York', false],
  ['', 'UTC', true],
])('a search for “%s” finds %s: %s', (typed, zone, found) => expect(zoneMatches(zone, Date.parse('2026-11-24T15:00:00Z'), typed)).toBe(found))

it('names zones as their places do now, each as the browser knows it', () => {
  const zones = allZones()
  expect(zones).toContain('Asia/Kolkata')
  expect(zones).not.toContain('Asia/Calcutta')
  expect(wallClock('2026-11-24T00:00:00.000Z', 'Europe/Kyiv').time).toBe('02:00')
})
