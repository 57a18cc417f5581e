import type { RoomRole } from '../graphql/generated/graphql'
import { digits, list, many } from './count'

const host = (name: string | null) => name ?? 'the host'
const Host = (name: string | null) => name ?? 'The host'

// Texts that a participant reads from the countdown to the room. Those of the page that opens a link are in first.ts.

export const place = {
  allSet: 'You’re all set, {name}. Keep this page open. You can enter as soon as {host} starts the session.',
  keepOpen: 'Keep this page open. You can enter as soon as the host starts the session.',
  thisDevice: 'Your place is kept on this device, in any tab.',
  isLive: (title: string) => `${title} is live. You can enter now.`,
  youLeft: 'You have left and can come back at any time',
  roleInvitedBy: '{role} · invited by {host}',
  enterAs: (role: string) => `Enter as ${role}`,
  askToEnterAs: (role: string) => `Ask to enter as ${role}`,
  oneByOne: (by: string | null) => `${Host(by)} admits people one by one.`,
  entering: 'Entering the room…',
  queue: {
    title: (by: string | null) => `Waiting for ${host(by)} to let you in`,
    number: (place: number) => `You are number ${place} in the queue for {room}.`,
    somewhere: 'You are in the queue for {room}.',
    said: (place: number) => `You are number ${place} in the queue`,
    yourPlace: 'Your place',
    waiting: (time: string) => `waiting for ${time}`,
    briefly: 'waiting for less than a minute',
    keeps: 'This page updates automatically. If you close it, open the room again to keep your place.',
    keepsGuest: 'This page updates automatically. If you close it, open your link again to keep your place.',
    leave: 'Leave the queue',
    admitted: (title: string) => `You are in the room ${title}.`,
  },
  denied: { title: 'The host did not let you in', text: (by: string | null) => `You can ask one more time, or contact ${host(by)}.` },
  removed: { title: 'You were removed from the room', text: 'You can ask to enter again. The host decides.' },
  askAgain: 'Ask to enter again',
  asParticipants: 'This is what participants see',
  backToManaging: 'Back to managing',
  notAs: (role: string) => `Not as a ${role}`,
  offHere: 'Off in this room',
  others: (by: string | null) => `Your role decides what you can do. ${Host(by)} can change it while the session is open.`,
  youCanStill: (things: string[]) => `You can still ${list.format(things)}.`,
  nothingNow: 'Chat & Collaboration is off for this room.',
}

// Texts of the page inside the room.
export const inside = {
  stage: 'Stage',
  controls: 'Your controls',
  tools: 'Tools of the room',
  more: 'More',
  here: 'here',
  showPeople: (count: number) => `${digits.format(count)} here: show people`,
  quiet: 'Polls and pinned messages appear here.',
  lead: 'Hosts and speakers',
  group: (role: RoomRole, count: number) => `${{ MODERATOR: 'Hosts and moderators', SPEAKER: 'Speakers', VIEWER: 'Viewers' }[role]} · ${digits.format(count)}`,
  others: (count: number, you: boolean) => `${you ? `And ${many(count, 'other viewer', 'other viewers')}` : many(count, 'viewer', 'viewers')}. Only hosts and moderators see their names.`,
  gained: 'You can now use:',
  later: 'Later',
}

export const calendar = {
  add: 'Add to calendar',
  google: 'Google Calendar',
  outlook: 'Outlook.com',
  old: 'The time changed. Save the file again to update your calendar.',
  oldElsewhere: 'The time changed. Change the entry in your calendar too.',
  again: 'Save the file again',
  cancelled: 'Your calendar still has this session. Save the file again to remove it.',
  cancelledElsewhere: 'Your calendar still has this session. Remove the entry there too.',
  invitedBy: (by: string) => `Invited by ${by}.`,
  where: 'Open the room on the device where you accepted the invitation:',
}
