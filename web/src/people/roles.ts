import type { Capability, ManagerRole, RoomRole } from '../graphql/generated/graphql'
import type { IconName } from '../ui/Icon'

// The capabilities of each role, to show them before somebody has it. In the room the server's answer counts.
const gives: Record<RoomRole, Capability[]> = {
  VIEWER: ['CHAT', 'ANSWER_INTERACTIONS', 'ASK_QUESTIONS'],
  SPEAKER: ['CHAT', 'ANSWER_INTERACTIONS', 'ASK_QUESTIONS', 'ANSWER_QUESTIONS', 'BACKCHANNEL'],
  MODERATOR: ['CHAT', 'ANSWER_INTERACTIONS', 'ASK_QUESTIONS', 'ANSWER_QUESTIONS', 'BACKCHANNEL', 'INITIATE_INTERACTIONS', 'ADMIT_PARTICIPANTS', 'REMOVE_PARTICIPANTS'],
}

/** Returns the capabilities of a role, in the enum's order. */
export const capabilitiesOf = (role: RoomRole): Capability[] => gives[role]

/** The roles, highest first, as people are listed and roles offered. */
export const roles: RoomRole[] = ['MODERATOR', 'SPEAKER', 'VIEWER']

export const roleRank: Record<RoomRole, number> = { VIEWER: 0, SPEAKER: 1, MODERATOR: 2 }

export const roleIcons: Record<RoomRole, IconName> = { VIEWER: 'eye', SPEAKER: 'mic', MODERATOR: 'shield' }

export const managerRoles: ManagerRole[] = ['OWNER', 'CO_OWNER', 'CO_EDITOR', 'CO_PUBLISHER']

export const capabilityIcons: Record<Capability, IconName> = {
  CHAT: 'chat',
  ANSWER_INTERACTIONS: 'poll',
  ASK_QUESTIONS: 'ask',
  ANSWER_QUESTIONS: 'answer',
  BACKCHANNEL: 'back',
  INITIATE_INTERACTIONS: 'start',
  ADMIT_PARTICIPANTS: 'door',
  REMOVE_PARTICIPANTS: 'shield',
}

export interface Tile {
  capability: Capability
  on: boolean
  /** Came with the last change of role. */
  fresh: boolean
}

// Shown only to those who have them.
const quiet: Capability[] = ['ADMIT_PARTICIPANTS', 'REMOVE_PARTICIPANTS']

/** Returns the tiles of somebody who has `now`, and had `before` until the last change that they have not closed. */
export function tilesOf(now: Capability[], before: Capability[] | null): Tile[] {
  return capabilitiesOf('MODERATOR')
    .filter((capability) => now.includes(capability) || !quiet.includes(capability))
    .map((capability) => ({
      capability,
      on: now.includes(capability),
      fresh: before !== null && now.includes(capability) && !before.includes(capability),
    }))
}
