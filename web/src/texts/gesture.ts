import type { Reaction, RoomRole } from '../graphql/generated/graphql'
import { digits, many } from './count'

// Texts of hands and reactions.

const reactions: Record<Reaction, string> = { CLAP: 'Clap', HEART: 'Love it', LAUGH: 'Funny', WOW: 'Wow', THUMBS_UP: 'Agree', THINKING: 'Hm' }

export const gesture = {
  reactions,
  react: 'React',
  reacted: 'Reactions now',
  raise: 'Raise hand',
  lower: 'Lower hand',
  up: 'Hand is up',
  yours: 'Your hand is up',
  ask: (role: RoomRole) => (role === 'MODERATOR' ? 'Ask to moderate' : 'Ask to speak'),
  explain: 'Hosts and moderators see your hand and your note. They decide.',
  note: 'What is it about?',
  number: (position: number) => `you are number ${digits.format(position)}`,
  isUp: 'Hosts and moderators see your hand.',
  isUpAt: (position: number) => `Hosts and moderators see your hand. You are number ${digits.format(position)}.`,
  raised: (position: number | null) => (position ? `Your hand is up. You are number ${digits.format(position)}.` : 'Your hand is up.'),
  lowered: 'Your hand is down.',
  declined: (times: 1 | 2) => (times === 1 ? 'The hosts declined your request. You can ask once more.' : 'The hosts declined your request twice. You cannot ask again in this session.'),
  allLowered: 'A host lowered all hands.',
  hands: 'Raised hands',
  place: 'Number',
  wants: (role: string) => `Asks to be ${role}`,
  quoted: (note: string) => `“${note}”`,
  make: (role: string) => `Make ${role}`,
  makeNamed: (name: string, role: string) => `Make ${name} ${role}`,
  notNow: 'Not now',
  notNowNamed: (name: string) => `Not now, ${name}`,
  declinedOf: (name: string) => `The request of ${name} was declined`,
  lowerAll: 'Lower all',
  loweredAll: 'All hands are down',
  more: (count: number) => `Show ${many(count, 'more hand', 'more hands')}`,
  noHand: 'No hand is up.',
  settings: 'Settings for hands and reactions',
  reactionsTitle: 'Reactions',
  everyone: { hands: 'Everyone can raise a hand', reactions: 'Everyone can react' },
  nobody: { hands: 'Nobody can raise a hand', reactions: 'Nobody can react' },
  handsOff: 'Raised hands are off',
  handsOn: 'You can raise a hand now',
  reactionsOff: 'Reactions are off',
  reactionsOn: 'You can react now',
  upNow: (count: number) => `${many(count, 'hand is', 'hands are')} up`,
}
