import { describe, expect, it } from 'vitest'
import type { Capability } from '../graphql/generated/graphql'
import { tilesOf } from './roles'

const viewer: Capability[] = ['CHAT', 'ANSWER_INTERACTIONS', 'ASK_QUESTIONS']
const speaker: Capability[] = [...viewer, 'ANSWER_QUESTIONS', 'BACKCHANNEL']
const moderator: Capability[] = [...speaker, 'INITIATE_INTERACTIONS', 'ADMIT_PARTICIPANTS', 'REMOVE_PARTICIPANTS', 'MODERATE']

const names = (tiles: ReturnType<typeof tilesOf>, which: 'on' | 'fresh') => tiles.filter((tile) => tile[which]).map((tile) => tile.capability)

describe('tilesOf', () => {
  it('shows a viewer what they may, and what others may, but not the moderators’ own', () => {
    const tiles = tilesOf(viewer, null)
    expect(names(tiles, 'on')).toEqual(viewer)
    expect(tiles.map((tile) => tile.capability)).toEqual(['CHAT', 'ANSWER_INTERACTIONS', 'ASK_QUESTIONS', 'ANSWER_QUESTIONS', 'BACKCHANNEL', 'INITIATE_INTERACTIONS'])
  })

  it('shows a moderator everything, in order', () => {
    expect(names(tilesOf(moderator.toReversed(), null), 'on')).toEqual(moderator)
  })

  it('marks what came with a promotion', () => {
    expect(names(tilesOf(speaker, viewer), 'fresh')).toEqual(['ANSWER_QUESTIONS', 'BACKCHANNEL'])
  })

  it('marks nothing after a demotion, and turns off what is gone', () => {
    const tiles = tilesOf(viewer, moderator)
    expect(names(tiles, 'fresh')).toEqual([])
    expect(tiles).toHaveLength(6)
  })

  it('goes by what the server says where that is less than the role gives', () => {
    expect(names(tilesOf(['ADMIT_PARTICIPANTS'], null), 'on')).toEqual(['ADMIT_PARTICIPANTS'])
  })
})
