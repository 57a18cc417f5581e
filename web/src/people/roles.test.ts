import { describe, expect, it } from 'vitest'
import { capabilitiesOf, tilesOf } from './roles'

const names = (tiles: ReturnType<typeof tilesOf>, which: 'on' | 'fresh') => tiles.filter((tile) => tile[which]).map((tile) => tile.capability)

describe('tilesOf', () => {
  it('shows a viewer what they may, and what others may, but not the moderators’ own', () => {
    const tiles = tilesOf(capabilitiesOf('VIEWER'), null)
    expect(names(tiles, 'on')).toEqual(['CHAT', 'ANSWER_INTERACTIONS', 'ASK_QUESTIONS'])
    expect(tiles.map((tile) => tile.capability)).toEqual(['CHAT', 'ANSWER_INTERACTIONS', 'ASK_QUESTIONS', 'ANSWER_QUESTIONS', 'BACKCHANNEL', 'INITIATE_INTERACTIONS'])
  })

  it('marks what came with a promotion', () => {
    expect(names(tilesOf(capabilitiesOf('SPEAKER'), capabilitiesOf('VIEWER')), 'fresh')).toEqual(['ANSWER_QUESTIONS', 'BACKCHANNEL'])
  })

  it('marks nothing after a demotion, and turns off what is gone', () => {
    const tiles = tilesOf(capabilitiesOf('VIEWER'), capabilitiesOf('MODERATOR'))
    expect(names(tiles, 'fresh')).toEqual([])
    expect(tiles).toHaveLength(6)
  })

  it('goes by what the server says where that is less than the role gives', () => {
    expect(names(tilesOf(['ADMIT_PARTICIPANTS'], null), 'on')).toEqual(['ADMIT_PARTICIPANTS'])
  })
})
