import type { Capability, ManagerRole, RoomRole } from '../graphql/generated/graphql'
import type { IconName } from '../ui/Icon'

/** The roles, highest first, as people are listed and roles offered. */
export const roles: RoomRole[] = ['MODERATOR', 'SPEAKER', 'VIEWER']

export const roleRank: Record<RoomRole, number> = { VIEWER: 0, SPEAKER: 1, MODERATOR: 2 }

export const roleIcons: Record<RoomRole, IconName> = { VIEWER: 'eye', SPEAKER: 'mic', MODERATOR: 'shield' }

export const managerRoles: ManagerRole[] = ['OWNER', 'CO_OWNER', 'CO_EDITOR', 'CO_PUBLISHER']

/** The icon of each capability, in the enum's order. */
export const capabilityIcons: Record<Capability, IconName> = {
  CHAT: 'chat',
  ANSWER_INTERACTIONS: 'poll',
  ASK_QUESTIONS: 'ask',
  ANSWER_QUESTIONS: 'answer',
  BACKCHANNEL: 'back',
  INITIATE_INTERACTIONS: 'start',
  ADMIT_PARTICIPANTS: 'door',
  REMOVE_PARTICIPANTS: 'shield',
  MODERATE: 'eye-off',
}

const capabilities = Object.keys(capabilityIcons) as Capability[]

export interface Tile {
  capability: Capability
  on: boolean
  /** Came with the last change of role. */
  fresh: boolean
}

// Shown only to those who have them.
const quiet: Capability[] = ['ADMIT_PARTICIPANTS', 'REMOVE_PARTICIPANTS', 'MODERATE']

/** Returns the tiles of somebody who has `now`, and had `before` until the last change that they have not closed. */
export function tilesOf(now: Capability[], before: Capability[] | null): Tile[] {
  return capabilities
    .filter((capability) => now.includes(capability) || !quiet.includes(capability))
    .map((capability) => ({
      capability,
      on: now.includes(capability),
      fresh: before !== null && now.includes(capability) && !before.includes(capability),
    }))
}
