/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import { gql } from '@urql/core';
/** Whom to add as a manager, and with which role. */
export type AddManagerInput = {
  role: ManagerRole;
  roomId: string | number;
  userId: string | number;
};

/** The account to add. */
export type AddUserInput = {
  email: string;
  firstName: string;
  /** Of the email. Omitted means: the site's. */
  language?: Language | null | undefined;
  lastName: string;
  /** The person has one name: lastName may be empty. Without it, both names are required. */
  oneName?: boolean;
  /** Whether to email the person a link by which they choose a password. MAIL_OFF if the site cannot send emails. */
  send?: boolean;
  siteRole?: SiteRole;
};

/** How participants get from the lobby into the room. */
export type AdmissionMode =
  /** Participants wait in the lobby until a manager or moderator admits them. */
  | 'APPROVAL'
  /** Everyone who may enter enters at once. */
  | 'AUTOMATIC';

/** The asker's answer. Without choices and texts it takes their answer back. */
export type AnswerInteractionInput = {
  /** The ids of options, each once. */
  choices?: Array<string | number> | null | undefined;
  interactionId: string | number;
  /** One text, or up to three words. */
  texts?: Array<string> | null | undefined;
};

/** The answer to a question. */
export type AnswerQuestionInput = {
  /** Only the author gets the answer. It must be in writing. */
  private?: boolean;
  questionId: string | number;
  /** 1 to 2,000 characters on at most 40 lines, as plain text. Omitted: it was answered live. */
  text?: string | null | undefined;
};

/** By what a device asks to take over a place: by `secret` alone, or by `digits`. */
export type AskHandOverInput = {
  /** Required with BEARER: see RedeemInvitationInput. */
  attemptKey?: string | null | undefined;
  credential?: CredentialKind;
  /** The six digits. Blanks and hyphens do not matter. */
  digits?: string | null | undefined;
  /** What follows the `#` in the URL of the hand-over, or the whole URL. */
  secret?: string | null | undefined;
  /** With `digits`: the link that another device has redeemed. Omit it on the device that gave the same place away last. */
  token?: string | null | undefined;
};

/** The link, and a message to the host. */
export type AskHostInput = {
  /** At most 280 characters. */
  message?: string | null | undefined;
  token: string;
};

/** A question to ask. */
export type AskQuestionInput = {
  /** Asks it without a name. This cannot be changed later. */
  anonymous?: boolean;
  /**
   * 22 to 64 characters A-Z, a-z, 0-9, `-`, `_` that the client makes up for this question. Asking again with the same key returns the
   * question that was asked.
   */
  key: string;
  roomId: string | number;
  /** 1 to 500 characters on at most 20 lines, as plain text. */
  text: string;
};

/** What a participant may do in the room. */
export type Capability =
  /** Admit and deny people who wait. */
  | 'ADMIT_PARTICIPANTS'
  /** Answer polls and other interactions. */
  | 'ANSWER_INTERACTIONS'
  /** Answer questions in Q&A. */
  | 'ANSWER_QUESTIONS'
  /** Ask questions in Q&A. */
  | 'ASK_QUESTIONS'
  /** Use the channel of speakers and moderators. */
  | 'BACKCHANNEL'
  /** Write in the chat. */
  | 'CHAT'
  /** Start polls and other interactions. */
  | 'INITIATE_INTERACTIONS'
  /** Hide, pin and clear messages, pause the writing of others, and set the room's tools. */
  | 'MODERATE'
  /** Remove participants from the room. */
  | 'REMOVE_PARTICIPANTS';

/** The new name. */
export type ChangeNameInput = {
  firstName: string;
  lastName: string;
  /** The person has one name: lastName may be empty. Without it, both names are required. */
  oneName?: boolean;
};

/** The current password, and the new one. */
export type ChangePasswordInput = {
  currentPassword: string;
  newPassword: string;
};

/** Whose role to change, and to which. */
export type ChangeRoleInput = {
  /** If the participant's roleRevision is different, the answer is STALE_REVISION. */
  expectedRoleRevision?: number | null | undefined;
  participantId: string | number;
  role: RoomRole;
};

/** Where messages are written. */
export type Channel =
  /** Speakers and moderators in the room, and managers, read it: from when they got that role. */
  | 'BACKCHANNEL'
  /** Everyone in the room reads it. */
  | 'CHAT';

/** Who may write in the chat. Everyone in the room reads it. */
export type ChatMode =
  /** Everyone in the room writes. */
  | 'EVERYONE'
  /** Speakers, moderators and managers write. */
  | 'HOSTS'
  /** Nobody writes. */
  | 'OFF';

/** What a code from the mailbox is for. */
export type CodePurpose =
  /** To move the place of a redeemed link to this device. */
  | 'MOVE'
  /** To redeem a link. */
  | 'REDEEM';

/** An interaction to draft. */
export type CreateInteractionInput = {
  interaction: InteractionInput;
  /**
   * 22 to 64 characters A-Z, a-z, 0-9, `-`, `_` that the client makes up for this draft. Sending it again with the same key returns what was
   * drafted.
   */
  key: string;
  roomId: string | number;
};

/** The new room and its first session. */
export type CreateRoomInput = {
  access?: RoomAccess;
  admission?: AdmissionMode;
  chatAndCollaboration?: boolean;
  description?: string;
  endsAt?: string | null | undefined;
  startsAt: string;
  timeZone?: string;
  title: string;
};

/** How a credential is delivered: as a cookie that scripts cannot read, or in the answer, for clients other than browsers. */
export type CredentialKind =
  /** In the answer, for programs: they send it in the header Authorization. */
  | 'BEARER'
  /** As a cookie, for the site's own pages. Scripts cannot read it. */
  | 'COOKIE';

/** A message with another text. */
export type EditMessageInput = {
  messageId: string | number;
  /** As in SendMessageInput. */
  text: string;
};

/** Whose data to erase. */
export type ErasePersonInput = {
  /** Of an account, or of somebody who was only invited. */
  email: string;
};

/** Whose password was forgotten. */
export type ForgotPasswordInput = {
  email: string;
  /** Of the email. Omitted means: the site's. */
  language?: Language | null | undefined;
};

/** How a raised hand ended. */
export type HandEnd =
  /** A moderator or manager declined what it asked for. */
  | 'DECLINED'
  /** The participant got the role, or a higher one. */
  | 'GRANTED'
  /** The participant left the room, or was removed from it. */
  | 'LEFT'
  /** The participant lowered it, or a moderator or manager did. */
  | 'LOWERED';

/** How far a hand-over is. */
export type HandOverState =
  /** Another device has asked. The person answers at the device that has the place. */
  | 'ASKED'
  /** It was closed, it is too late, the digits were wrong too often, a second device asked, or the device lost the place. */
  | 'ENDED'
  /** The other device has the place. */
  | 'MOVED'
  /** The device that has the place shows it. No other device has asked. */
  | 'OFFERED'
  /** The person refused it. */
  | 'REFUSED';

/** How an interaction is to be. */
export type InteractionInput = {
  /** 1 to 60 characters, for RATING only. */
  highest?: string | null | undefined;
  kind: InteractionKind;
  /** 1 to 60 characters, for RATING only. */
  lowest?: string | null | undefined;
  /** How many options one answer may have, 1 if omitted; how many words, 3 if omitted. */
  maxChoices?: number | null | undefined;
  /** Stores names with the answers. Otherwise nobody learns who answered what. */
  named?: boolean;
  /** 2 to 20 different options, for CHOICE and QUIZ only. */
  options?: Array<OptionInput> | null | undefined;
  /** 2 to 10, for RATING only. */
  ratingSteps?: number | null | undefined;
  share?: ShareResults;
  /** 10 seconds to 2 hours. */
  timeLimitSeconds?: number | null | undefined;
  /** 1 to 300 characters on one line. */
  title: string;
};

/** How an interaction is answered. */
export type InteractionKind =
  /** Choose one option, or up to `maxChoices`. */
  | 'CHOICE'
  /** The same, where some options are correct. */
  | 'QUIZ'
  /** Choose a step, from the lowest to the highest. */
  | 'RATING'
  /** Write a text of 1 to 200 characters. */
  | 'TEXT'
  /** Write up to three words of 1 to 30 characters. */
  | 'WORDS';

/** Where an interaction is in its life. */
export type InteractionState =
  /** Only those who may initiate interactions see it. They may change it. */
  | 'DRAFT'
  /** People answer it, until it is stopped or its time is over. */
  | 'OPEN'
  /** It takes no more answers. */
  | 'STOPPED';

/** How far an invitation has come. */
export type InvitationStatus =
  /** The session was cancelled or has ended, or the room is gone. */
  | 'CLOSED'
  /** The link's time is over. It can be extended. */
  | 'EXPIRED'
  /** Opened by a person or a machine, but not redeemed. */
  | 'OPENED'
  /** Created; the link was never opened. */
  | 'PENDING'
  /** A device redeemed the link, and has a place. */
  | 'REDEEMED'
  /** A manager revoked it. It can be revived. */
  | 'REVOKED';

/** One of the people whom inviteUsers invites. */
export type InviteRow = {
  email: string;
  firstName?: string;
  lastName?: string;
  /** The person has one name: lastName may be empty. Without it, both names are required. */
  oneName?: boolean;
  /** Omitted means: the role of the whole call. */
  role?: RoomRole | null | undefined;
};

/** Whom to invite, and with which role. */
export type InviteUserInput = {
  email: string;
  /** The last instant at which the link can be redeemed. Omitted means: until the session ends. */
  expiresAt?: string | null | undefined;
  firstName: string;
  /** Of the email. Omitted means: that of the last email of the room, or the site's. */
  language?: Language | null | undefined;
  lastName: string;
  /** The person has one name: lastName may be empty. Without it, both names are required. */
  oneName?: boolean;
  role: RoomRole;
  roomId: string | number;
  /** Whether to email the link to the invitee. MAIL_OFF if the site cannot send emails. */
  send?: boolean;
};

/** Invites up to 100 people at once. */
export type InviteUsersInput = {
  /** The last instant at which the links can be redeemed. Omitted means: until the session ends. */
  expiresAt?: string | null | undefined;
  /**
   * 22 to 64 printable ASCII characters, made by the client for this call. For 24 hours the same manager gets the same outcomes
   * for the same key and rows, and nothing changes. So a call whose answer was lost can be repeated.
   */
  key: string;
  /** Of the emails. Omitted means: that of the last email of the room, or the site's. */
  language?: Language | null | undefined;
  /** The role of rows that name none. */
  role?: RoomRole | null | undefined;
  roomId: string | number;
  rows: Array<InviteRow>;
  /** Whether to email the link to everybody whom this call invites. MAIL_OFF if the site cannot send emails. */
  send?: boolean;
};

/** A language that emails are written in. */
export type Language =
  /** German. */
  | 'DE'
  /** English. */
  | 'EN';

/** Why an email is delayed, failed, came back or was dropped. New ones may come. */
export type MailFault =
  /** The mailbox is full. */
  | 'MAILBOX_FULL'
  /** It no longer makes sense, such as for a revoked invitation. */
  | 'NOT_NEEDED'
  /** Another reason. */
  | 'OTHER'
  /** The mail server refuses the email. */
  | 'REFUSED'
  /** The site's mail server cannot be used. All mail waits. */
  | 'SITE'
  /** The person wants no emails from this site. */
  | 'STOPPED'
  /** It could not be sent within 24 hours, or before the session ended. */
  | 'TOO_LATE'
  /** The address, or the manager, has had too many emails in 24 hours. */
  | 'TOO_MANY'
  /** The address does not exist. */
  | 'UNKNOWN_ADDRESS';

/** What an email is about. */
export type MailKind =
  /** The session was cancelled, or its room deleted before it opened. */
  | 'CANCELLED'
  /** A code that shows who reads the invited mailbox. */
  | 'CODE'
  /** The link of an invitation. */
  | 'INVITATION'
  /** A link that sets the password of an account. */
  | 'PASSWORD'
  /** The session has another time. */
  | 'RESCHEDULED'
  /** A test of the site's mail, for an administrator. */
  | 'TEST'
  /** The invitation was revoked. */
  | 'WITHDRAWN';

/** How far an email has come. */
export type MailState =
  /** Usher will not send it: see `fault`. */
  | 'DROPPED'
  /** Usher gave up: see `fault`. Invite another address, or send the link by other means. */
  | 'FAILED'
  /** It came back after it was SENT: see `fault`. Invite another address, or send the link by other means. */
  | 'RETURNED'
  /** The site's mail server accepted it. Usher cannot know whether it arrived. */
  | 'SENT'
  /** It will be sent. With a `fault` it is delayed, until `nextTryAt`. */
  | 'WAITING';

/** What a manager of a room may do. `myRights` lists the rights themselves. */
export type ManagerRole =
  /** Edits the room, runs its sessions and invites. */
  | 'CO_EDITOR'
  /** May do everything except change owners. */
  | 'CO_OWNER'
  /** Runs sessions and invites. */
  | 'CO_PUBLISHER'
  /** May do everything. */
  | 'OWNER';

/** What happened to a message. */
export type MessageState =
  /** The author has deleted it. Its text is stored nowhere. */
  | 'DELETED'
  /** A moderator or manager has hidden it. */
  | 'HIDDEN'
  /** Everyone who reads the channel sees it. */
  | 'SHOWN';

/** The redeemed link, who moves its place here, and how the credential is kept. */
export type MoveInvitationInput = {
  /** As in RedeemInvitationInput. */
  attemptKey?: string | null | undefined;
  /** The six digits of the code from the invited mailbox. Without it, one is emailed and the answer is CODE_REQUIRED. */
  code?: string | null | undefined;
  credential?: CredentialKind;
  /** The invited email, as the invitee types it. Omit it if the asker is signed in with it. */
  email?: string | null | undefined;
  token: string;
};

/** Whose writing to pause. */
export type MuteInput = {
  participantId: string | number;
  /** From 1 minute to 24 hours from now. Omitted: until the session ends. */
  until?: string | null | undefined;
};

/** Where the names of a row come from. */
export type NameSource =
  /** The account with this email. It always wins. */
  | 'ACCOUNT'
  /** Guessed by the part of the email before the @. A person should check them. */
  | 'GUESSED'
  /** They were given. */
  | 'LIST';

/** What a person can do about a problem. */
export type NextStep =
  /** Ask the host by `askHost`. */
  | 'ASK_HOST'
  /** Change the role of `standingInvitation`. */
  | 'CHANGE_ROLE'
  /** Write to an administrator of the site. */
  | 'CONTACT_ADMIN'
  /** Write to the person who sent the link. */
  | 'CONTACT_HOST'
  /** Copy the link of `standingInvitation`. */
  | 'COPY_LINK'
  /** Enter the code from the invited mailbox, or the digits that the other device shows. */
  | 'ENTER_CODE'
  /** Correct the input in `field`. */
  | 'FIX_FIELD'
  /** Take over the place from the other device by `askHandOver`. */
  | 'MOVE_HERE'
  /** Copy the whole link and paste it. */
  | 'PASTE_WHOLE_LINK'
  /** Regenerate the link. */
  | 'REGENERATE_LINK'
  /** Read the state again: somebody else was faster. */
  | 'RELOAD'
  /** Ask for another email with a code, by `sendCode`. */
  | 'SEND_CODE'
  /** Sign in. */
  | 'SIGN_IN'
  /** Sign in with another account. */
  | 'SWITCH_ACCOUNT'
  /** Try another email: that of the invitation. */
  | 'TRY_OTHER_EMAIL'
  /** Use the newest link: it replaced this one. */
  | 'USE_NEWEST_LINK'
  /** Wait. `retryAt` says until when, if that is known. */
  | 'WAIT';

/** An option to choose. */
export type OptionInput = {
  /** In a quiz: it is right. At least one is. */
  correct?: boolean;
  /** 1 to 120 characters on one line. */
  text: string;
};

/** Where a participant is. */
export type ParticipantState =
  /** Was blocked for this session. */
  | 'BLOCKED'
  /** Redeemed, and the session is not open yet. The page counts down. */
  | 'COUNTDOWN'
  /** Asked to enter, and was denied. */
  | 'DENIED'
  /** In the room. */
  | 'IN_ROOM'
  /** Left the room, and can come back. */
  | 'LEFT'
  /** The session is open. The participant is in the lobby, one step before the room. */
  | 'LOBBY'
  /** Was removed from the room. They may ask to enter again. */
  | 'REMOVED'
  /** In the lobby, asked to enter, and waiting to be admitted. */
  | 'WAITING';

/** Why something was refused. New codes may come: show `message` and `nextSteps` for unknown ones. */
export type ProblemCode =
  /** The account with this email is disabled. */
  | 'ACCOUNT_DISABLED'
  /** Somebody else has done it already. */
  | 'ALREADY_HANDLED'
  /** The email is already invited: see `standingInvitation`. */
  | 'ALREADY_INVITED'
  /** The person manages the room already. */
  | 'ALREADY_MANAGER'
  /** The room is not set up for guests: turn Chat & Collaboration on first. */
  | 'CHAT_AND_COLLABORATION_OFF'
  /** The chat is off, or only for hosts and speakers. */
  | 'CHAT_OFF'
  /** The code was used, has expired, or was typed wrongly too often. */
  | 'CODE_EXPIRED'
  /** A code from the invited mailbox is needed. It was sent. `retryAt` says when another email can be asked for. */
  | 'CODE_REQUIRED'
  /** Not the code of this link and device, or not the digits of the hand-over. `attemptsLeft` counts down; at 0 they have ended. */
  | 'CODE_WRONG'
  /** The site does not accept this email domain. */
  | 'EMAIL_DOMAIN_BLOCKED'
  /** Not the invited email. `attemptsLeft` counts down. */
  | 'EMAIL_MISMATCH'
  /** Another account has this email. */
  | 'EMAIL_TAKEN'
  /** The host denied entry. */
  | 'ENTRY_DENIED'
  /** The link would expire before the session starts. */
  | 'EXPIRY_BEFORE_START'
  /** The room's setting `hands` is off. */
  | 'HANDS_OFF'
  /** The hand-over is over: it was refused, closed or too late, or another device asked too. */
  | 'HAND_OVER_ENDED'
  /** The interaction takes no answers now, or has not begun. */
  | 'INTERACTION_NOT_OPEN'
  /** Another interaction of the room is open. */
  | 'INTERACTION_OPEN'
  /** The email or the password is wrong. */
  | 'INVALID_CREDENTIALS'
  /** Not an email address. */
  | 'INVALID_EMAIL'
  /** Not a name. */
  | 'INVALID_NAME'
  /** The site does not accept this password. `message` says why. */
  | 'INVALID_PASSWORD'
  /** Not a time that is possible here. */
  | 'INVALID_TIME'
  /** Another field: see `field`. */
  | 'INVALID_VALUE'
  /** The site has turned invitations off. */
  | 'INVITATIONS_OFF'
  /** The invitation has expired, was revoked, or its session is over. */
  | 'INVITATION_NOT_ACTIVE'
  /** The invitation was revoked. */
  | 'INVITATION_REVOKED'
  /** The site needs an administrator, and this is the last. */
  | 'LAST_ADMIN'
  /** A room needs an owner, and this is the last. */
  | 'LAST_OWNER'
  /** The link's time is over. */
  | 'LINK_EXPIRED'
  /** The link is forged, cut off or unknown. */
  | 'LINK_NOT_VALID'
  /** A newer link exists. */
  | 'LINK_REPLACED'
  /** The site cannot send emails. */
  | 'MAIL_OFF'
  /** The site's policy moveDevices is off. */
  | 'MOVING_OFF'
  /** A moderator or manager has paused the person's writing, until `retryAt` or the end of the session. */
  | 'MUTED'
  /** The participant is blocked for this session. */
  | 'PARTICIPANT_BLOCKED'
  /** The room takes no questions now. */
  | 'QUESTIONS_OFF'
  /** A limit of the site is reached. */
  | 'QUOTA_EXCEEDED'
  /** The room's setting `reactions` is off. */
  | 'REACTIONS_OFF'
  /** What the asker's hand asked for was declined twice in this session. */
  | 'REQUEST_DECLINED'
  /** The room was deleted. */
  | 'ROOM_DELETED'
  /** Links do not work now: the host or the site has turned them off. */
  | 'ROOM_NOT_AVAILABLE'
  /** The session was cancelled. */
  | 'SESSION_CANCELLED'
  /** The session has ended. */
  | 'SESSION_ENDED'
  /** A session is scheduled or open already. */
  | 'SESSION_EXISTS'
  /** The session is not open yet. `retryAt` says when it starts, if it is planned. */
  | 'SESSION_NOT_OPEN'
  /** The session is open, so this cannot be done now. */
  | 'SESSION_OPEN'
  /** The site requires a sign-in with the invited email. */
  | 'SIGN_IN_REQUIRED'
  /** The person or the room writes too fast: again at `retryAt`. */
  | 'SLOW_DOWN'
  /** The state has changed since it was read. */
  | 'STALE_REVISION'
  /** The time for it is over. */
  | 'TOO_LATE'
  /** Too many attempts: a pause until `retryAt`. */
  | 'TOO_MANY_ATTEMPTS'
  /** Another device redeemed the link. */
  | 'USED_ON_OTHER_DEVICE';

/** Whose links need a code from the invited mailbox. The role that the invitation has when it is redeemed counts. */
export type ProofPolicy =
  /** Everybody's. */
  | 'EVERYONE'
  /** Those of moderators. */
  | 'MODERATORS'
  /** Nobody's: who has the link and knows the address comes in. */
  | 'NEVER'
  /** Those of speakers and moderators. */
  | 'SPEAKERS_AND_MODERATORS';

/** What becomes of a question that is asked. */
export type QuestionMode =
  /** It waits until a moderator or manager publishes or dismisses it. */
  | 'MODERATED'
  /** Nobody asks. What was asked can still be answered. */
  | 'OFF'
  /** Everyone in the room sees it. */
  | 'OPEN';

/** The order of a list of questions. */
export type QuestionOrder =
  /** The newest first. */
  | 'NEWEST'
  /** The most upvotes first. Among equals, the oldest first. */
  | 'UPVOTES';

/** What became of a question. */
export type QuestionState =
  /** It was answered: live, in writing, or privately. */
  | 'ANSWERED'
  /** A moderator or manager has taken it away. They still see it, and so does its author. */
  | 'DISMISSED'
  /** It waits for an answer. */
  | 'OPEN'
  /** It waits for a moderator or manager. */
  | 'PENDING'
  /** Its author has taken it back. Moderators and managers still see it. */
  | 'WITHDRAWN';

/** What somebody shows without a word. */
export type Reaction =
  /** Applause. */
  | 'CLAP'
  /** They love it. */
  | 'HEART'
  /** It is funny. */
  | 'LAUGH'
  /** They have doubts. */
  | 'THINKING'
  /** They agree. */
  | 'THUMBS_UP'
  /** They are surprised. */
  | 'WOW';

/** The link, who redeems it, and how the credential is kept. */
export type RedeemInvitationInput = {
  /**
   * Required with BEARER: a random value of 22 to 64 characters, which the client creates and stores before the call. It
   * identifies the device. If an answer was lost, the same value gives the same participant and a fresh credential. With
   * COOKIE, the device secret in the cookie does this.
   */
  attemptKey?: string | null | undefined;
  /** The six digits of the code from the invited mailbox, if CODE_REQUIRED asked for one. Spaces and hyphens do not matter. */
  code?: string | null | undefined;
  credential?: CredentialKind;
  /** The invited email, as the invitee types it. Omit it if the asker is signed in with it. */
  email?: string | null | undefined;
  token: string;
};

/** Which manager to remove from which room. */
export type RemoveManagerInput = {
  roomId: string | number;
  userId: string | number;
};

/** Which session to move, and to when. */
export type RescheduleSessionInput = {
  endsAt?: string | null | undefined;
  /** Whether those who got an email get one with the new time. */
  notify?: boolean;
  sessionId: string | number;
  startsAt: string;
};

/** Who may enter besides managers and invitees. */
export type RoomAccess =
  /** Nobody else. */
  | 'INVITED'
  /** Also every signed-in user of the site, as a VIEWER. */
  | 'MEMBERS';

/** What somebody may do in a room, a line of the table in docs/rules.md, Rights. A right may have more conditions, such as an open session. */
export type RoomRight =
  /** Admit and deny people who wait. */
  | 'ADMIT'
  /** See and answer polls and other interactions. */
  | 'ANSWER_INTERACTIONS'
  /** Take and answer questions. */
  | 'ANSWER_QUESTIONS'
  /** Ask questions and upvote those of others. Asking also needs an open session, and that the room takes questions. */
  | 'ASK_QUESTIONS'
  /** Change the roles of participants: see Participant.rolesToGive. */
  | 'CHANGE_ROLES'
  /** Delete the room. */
  | 'DELETE_ROOM'
  /** Change the room by `updateRoom`. */
  | 'EDIT_ROOM'
  /** Export what people wrote and did in the tools, by POST /export. */
  | 'EXPORT'
  /** Draft, start, stop and share polls and other interactions. */
  | 'INITIATE_INTERACTIONS'
  /** List, create, change, revoke and replace invitations, and release devices. `canInvite` shows whether one may invite now. */
  | 'INVITE'
  /** Add, change and remove managers, except owners. */
  | 'MANAGE_MANAGERS'
  /** Add, change and remove owners. */
  | 'MANAGE_OWNERS'
  /** Hide, pin and clear messages, pause the writing of others, and set the room's tools. */
  | 'MODERATE'
  /** Remove and block participants: see Participant.mayRemove. */
  | 'REMOVE'
  /** Schedule, reschedule, start, end and cancel sessions. */
  | 'RUN_SESSIONS'
  /** Search people to invite or to add as managers. */
  | 'SEARCH_USERS'
  /** The manager's view: invitations, every participant, every event. */
  | 'SEE_EVERYTHING'
  /** Everyone who is there or waits. */
  | 'SEE_PARTICIPANTS'
  /** See the room, its sessions and managers. */
  | 'SEE_ROOM'
  /** Let people ask again who were blocked, or denied twice. */
  | 'UNBLOCK'
  /** Read and write in the channel of speakers, moderators and managers. */
  | 'USE_BACKCHANNEL'
  /** Read the chat. Writing also needs an open session, and a mode of the chat that allows it. */
  | 'USE_CHAT';

/** What somebody may do in the room. Ascending: VIEWER, SPEAKER, MODERATOR. */
export type RoomRole =
  /** Also runs interactions, and admits and removes participants. */
  | 'MODERATOR'
  /** Also answers questions and uses the backchannel. */
  | 'SPEAKER'
  /** Watches, writes in the chat and asks questions. */
  | 'VIEWER';

/** Which rooms a list has. */
export type RoomSelection =
  /** All rooms that the asker may see. */
  | 'ALL'
  /** Those that the asker manages. */
  | 'MANAGED'
  /** Those whose newest session is over. */
  | 'PAST';

/** What became of one row of inviteUsers, or would become of one of invitePreview. */
export type RowOutcome =
  /** An earlier row has the same email. */
  | 'DUPLICATE'
  /** Only of invitePreview: the person's invitation was revoked or has expired. Inviting revives it. */
  | 'GONE'
  /** The person is invited. A revoked or expired invitation works again, with a new link. */
  | 'INVITED'
  /** Only of invitePreview: the person can be invited. */
  | 'READY'
  /** The person is not invited: see `problem`. */
  | 'REFUSED'
  /** The person already has an invitation that works. It is unchanged. */
  | 'STANDING';

/** When the next session of which room takes place. */
export type ScheduleSessionInput = {
  endsAt?: string | null | undefined;
  roomId: string | number;
  startsAt: string;
};

/** Asks for an email with a code to the invited address. */
export type SendCodeInput = {
  /** As in RedeemInvitationInput. The code works only with the same one. */
  attemptKey?: string | null | undefined;
  credential?: CredentialKind;
  /** The invited email, as the invitee types it. Omit it if the asker is signed in with it. */
  email?: string | null | undefined;
  /** Of the email. Omitted means: that of the invitation's last email, of the room's, or the site's. */
  language?: Language | null | undefined;
  purpose?: CodePurpose;
  token: string;
};

/** Which links to email, to people who are invited already. */
export type SendInvitationsInput = {
  /** Omitted means: all invitations to the room's session with one of the statuses in `status`. */
  invitationIds?: Array<string | number> | null | undefined;
  /** Of the emails. Omitted means: that of the last email of the room, or the site's. */
  language?: Language | null | undefined;
  roomId: string | number;
  /** PENDING and OPENED are the people who have not joined yet. */
  status?: Array<InvitationStatus> | null | undefined;
};

/** A message to write. */
export type SendMessageInput = {
  channel?: Channel;
  /**
   * 22 to 64 characters A-Z, a-z, 0-9, `-`, `_` that the client makes up for this message. Sending it again with the same key returns
   * the message that was written.
   */
  key: string;
  /** The places of people whom the text names, who are in the room or have written. */
  mentions?: Array<string | number> | null | undefined;
  /** A message of the same channel and session that this one answers. */
  replyTo?: string | number | null | undefined;
  roomId: string | number;
  /** 1 to 1,000 characters on at most 20 lines, as plain text. */
  text: string;
};

/** The state of a session. */
export type SessionState =
  /** Will not take place. */
  | 'CANCELLED'
  /** Over. It may be reopened within 24 hours. */
  | 'ENDED'
  /** Live: participants may enter. */
  | 'OPEN'
  /** Planned, not open yet. */
  | 'SCHEDULED';

/** The first administrator of an empty site. The one-time token comes from the set-up link on the console. */
export type SetUpInput = {
  credential?: CredentialKind;
  email: string;
  firstName: string;
  lastName: string;
  /** The person has one name: lastName may be empty. Without it, both names are required. */
  oneName?: boolean;
  password: string;
  token: string;
};

/** When everyone in the room sees the results. */
export type ShareResults =
  /** Once it is stopped. */
  | 'AT_STOP'
  /** While people answer. */
  | 'LIVE'
  /** Once `shareResults` shares them. */
  | 'WHEN_ASKED';

/** Email, password, and how the credential is kept. */
export type SignInInput = {
  credential?: CredentialKind;
  email: string;
  password: string;
};

/** What may fail. */
export type SiteFailureKind =
  /** The database cannot be written to, as on /readyz. */
  | 'DATABASE'
  /** The site's mail server cannot be used. Emails wait; `mailStatus` has what it said. */
  | 'MAIL'
  /** Hints of servers do not reach a server. It learns of events by asking the database every two seconds. */
  | 'SERVER_DEAF'
  /** A server sends no sign of life, and has not said goodbye. */
  | 'SERVER_SILENT'
  /** Servers run different versions. */
  | 'TWO_VERSIONS'
  /** A server has not done its regular work for too long: sign-ins that ended, sessions that are over, expired data. */
  | 'WORK_LATE';

/** What to change of the site's rules. What is left out stays. */
export type SitePolicyInput = {
  allowedDomains?: Array<string> | null | undefined;
  blockedDomains?: Array<string> | null | undefined;
  invitations?: boolean | null | undefined;
  moveDevices?: boolean | null | undefined;
  proof?: ProofPolicy | null | undefined;
  requireSignIn?: boolean | null | undefined;
};

/** What an account may do on the site. */
export type SiteRole =
  /** Administers the site, and acts as an owner in every room. */
  | 'ADMIN'
  /** Uses the site, and creates rooms if the site allows that to members. */
  | 'MEMBER';

/** How a draft is to be instead. */
export type UpdateInteractionInput = {
  interaction: InteractionInput;
  interactionId: string | number;
};

/** What to change of an invitation. What is left out stays. */
export type UpdateInvitationInput = {
  expiresAt?: string | null | undefined;
  invitationId: string | number;
  /** If the invitation is already redeemed, the participant's role changes too. */
  role?: RoomRole | null | undefined;
  /** Removes expiresAt, so the link works until the session ends. */
  untilSessionEnds?: boolean | null | undefined;
};

/** What to change of a room. What is left out stays. */
export type UpdateRoomInput = {
  access?: RoomAccess | null | undefined;
  admission?: AdmissionMode | null | undefined;
  chatAndCollaboration?: boolean | null | undefined;
  description?: string | null | undefined;
  roomId: string | number;
  timeZone?: string | null | undefined;
  title?: string | null | undefined;
};

/** Settings of the room's tools. Omitted ones stay. */
export type UpdateToolsInput = {
  anonymousQuestions?: boolean | null | undefined;
  chat?: ChatMode | null | undefined;
  hands?: boolean | null | undefined;
  questions?: QuestionMode | null | undefined;
  reactions?: boolean | null | undefined;
  roomId: string | number;
  /** 0 to 3,600. */
  slowModeSeconds?: number | null | undefined;
};

/** Changes an account. What is omitted stays. */
export type UpdateUserInput = {
  /** Disabling ends sign-ins, tokens, places and links at once. Enabling gives places and links back. LAST_ADMIN for the last administrator. */
  disabled?: boolean | null | undefined;
  firstName?: string | null | undefined;
  /** Empty only with oneName. */
  lastName?: string | null | undefined;
  /** The person has one name: lastName may be empty. */
  oneName?: boolean;
  /** Making somebody a member again ends their sign-ins and tokens. LAST_ADMIN for the last administrator. */
  siteRole?: SiteRole | null | undefined;
  userId: string | number;
};

/** Sets the password by a link. It ends all other sign-ins of the account. */
export type UsePasswordLinkInput = {
  credential?: CredentialKind;
  password: string;
  token: string;
};

export type ActivityQueryVariables = Exact<{
  roomId: string | number;
  first: number;
  before?: number | null | undefined;
}>;


export type ActivityQuery = { room: { id: string, events: Array<
      | EventParts_AnswerHidden_Fragment
      | EventParts_AskerMuted_Fragment
      | EventParts_ChannelCleared_Fragment
      | EventParts_DeviceMoved_Fragment
      | EventParts_DeviceReleased_Fragment
      | EventParts_Exported_Fragment
      | EventParts_HandLowered_Fragment
      | EventParts_HandsLowered_Fragment
      | EventParts_HandsRaised_Fragment
      | EventParts_HostAsked_Fragment
      | EventParts_InteractionChanged_Fragment
      | EventParts_InvitationCreated_Fragment
      | EventParts_InvitationOpened_Fragment
      | EventParts_InvitationRedeemed_Fragment
      | EventParts_InvitationRevoked_Fragment
      | EventParts_InvitationUpdated_Fragment
      | EventParts_LinkRegenerated_Fragment
      | EventParts_MailsChanged_Fragment
      | EventParts_ManagerAdded_Fragment
      | EventParts_ManagerRemoved_Fragment
      | EventParts_MessagePinned_Fragment
      | EventParts_MessagesChanged_Fragment
      | EventParts_MessagesHidden_Fragment
      | EventParts_MessagesPosted_Fragment
      | EventParts_OwnQuestionChanged_Fragment
      | EventParts_ParticipantChanged_Fragment
      | EventParts_ParticipantMuted_Fragment
      | EventParts_ParticipantRemoved_Fragment
      | EventParts_QuestionChanged_Fragment
      | EventParts_QuestionsAsked_Fragment
      | EventParts_RedemptionRefused_Fragment
      | EventParts_ResultsShared_Fragment
      | EventParts_ResyncRequired_Fragment
      | EventParts_RoleDelivered_Fragment
      | EventParts_RoleDemoted_Fragment
      | EventParts_RolePromoted_Fragment
      | EventParts_RoomDeleted_Fragment
      | EventParts_RoomUpdated_Fragment
      | EventParts_SessionCancelled_Fragment
      | EventParts_SessionEnded_Fragment
      | EventParts_SessionRescheduled_Fragment
      | EventParts_SessionScheduled_Fragment
      | EventParts_SessionStarted_Fragment
      | EventParts_ToolsChanged_Fragment
    > | null } | null };

type EventParts_AnswerHidden_Fragment = { __typename: 'AnswerHidden', id: string, revision: number, at: string, actor: string | null, subject: string | null, room: { id: string } };

type EventParts_AskerMuted_Fragment = { __typename: 'AskerMuted', id: string, revision: number, at: string, actor: string | null, subject: string | null, room: { id: string } };

type EventParts_ChannelCleared_Fragment = { __typename: 'ChannelCleared', id: string, revision: number, at: string, actor: string | null, subject: string | null, room: { id: string } };

type EventParts_DeviceMoved_Fragment = { __typename: 'DeviceMoved', device: string | null, id: string, revision: number, at: string, actor: string | null, subject: string | null, invitation: InvitationPartsFragment, room: { id: string } };

type EventParts_DeviceReleased_Fragment = { __typename: 'DeviceReleased', id: string, revision: number, at: string, actor: string | null, subject: string | null, invitation: InvitationPartsFragment, room: { id: string } };

type EventParts_Exported_Fragment = { __typename: 'Exported', what: string, id: string, revision: number, at: string, actor: string | null, subject: string | null, room: { id: string } };

type EventParts_HandLowered_Fragment = { __typename: 'HandLowered', id: string, revision: number, at: string, actor: string | null, subject: string | null, room: { id: string } };

type EventParts_HandsLowered_Fragment = { __typename: 'HandsLowered', id: string, revision: number, at: string, actor: string | null, subject: string | null, room: { id: string } };

type EventParts_HandsRaised_Fragment = { __typename: 'HandsRaised', id: string, revision: number, at: string, actor: string | null, subject: string | null, room: { id: string } };

type EventParts_HostAsked_Fragment = { __typename: 'HostAsked', message: string | null, id: string, revision: number, at: string, actor: string | null, subject: string | null, invitation: InvitationPartsFragment, room: { id: string } };

type EventParts_InteractionChanged_Fragment = { __typename: 'InteractionChanged', id: string, revision: number, at: string, actor: string | null, subject: string | null, room: { id: string } };

type EventParts_InvitationCreated_Fragment = { __typename: 'InvitationCreated', invitedAs: RoomRole | null, id: string, revision: number, at: string, actor: string | null, subject: string | null, invitation: InvitationPartsFragment, room: { id: string } };

type EventParts_InvitationOpened_Fragment = { __typename: 'InvitationOpened', id: string, revision: number, at: string, actor: string | null, subject: string | null, invitation: InvitationPartsFragment, room: { id: string } };

type EventParts_InvitationRedeemed_Fragment = { __typename: 'InvitationRedeemed', role: RoomRole, device: string | null, id: string, revision: number, at: string, actor: string | null, subject: string | null, invitation: InvitationPartsFragment, participant: AttendeePartsFragment, room: { id: string } };

type EventParts_InvitationRevoked_Fragment = { __typename: 'InvitationRevoked', id: string, revision: number, at: string, actor: string | null, subject: string | null, invitation: InvitationPartsFragment, room: { id: string } };

type EventParts_InvitationUpdated_Fragment = { __typename: 'InvitationUpdated', invitedAs: RoomRole | null, id: string, revision: number, at: string, actor: string | null, subject: string | null, invitation: InvitationPartsFragment, room: { id: string } };

type EventParts_LinkRegenerated_Fragment = { __typename: 'LinkRegenerated', id: string, revision: number, at: string, actor: string | null, subject: string | null, invitation: InvitationPartsFragment, room: { id: string } };

type EventParts_MailsChanged_Fragment = { __typename: 'MailsChanged', count: number, id: string, revision: number, at: string, actor: string | null, subject: string | null, mails: Array<(
    { invitation: { id: string } | null }
    & MailPartsFragment
  )>, room: { id: string } };

type EventParts_ManagerAdded_Fragment = { __typename: 'ManagerAdded', id: string, revision: number, at: string, actor: string | null, subject: string | null, room: (
    { id: string }
    & RoomManagersFragment
  ), manager: { role: ManagerRole, user: { id: string, name: string, email: string | null } } };

type EventParts_ManagerRemoved_Fragment = { __typename: 'ManagerRemoved', id: string, revision: number, at: string, actor: string | null, subject: string | null, room: (
    { id: string }
    & RoomManagersFragment
  ), user: { id: string, name: string, email: string | null } };

type EventParts_MessagePinned_Fragment = { __typename: 'MessagePinned', id: string, revision: number, at: string, actor: string | null, subject: string | null, room: { id: string } };

type EventParts_MessagesChanged_Fragment = { __typename: 'MessagesChanged', id: string, revision: number, at: string, actor: string | null, subject: string | null, room: { id: string } };

type EventParts_MessagesHidden_Fragment = { __typename: 'MessagesHidden', id: string, revision: number, at: string, actor: string | null, subject: string | null, room: { id: string } };

type EventParts_MessagesPosted_Fragment = { __typename: 'MessagesPosted', id: string, revision: number, at: string, actor: string | null, subject: string | null, room: { id: string } };

type EventParts_OwnQuestionChanged_Fragment = { __typename: 'OwnQuestionChanged', id: string, revision: number, at: string, actor: string | null, subject: string | null, room: { id: string } };

type EventParts_ParticipantChanged_Fragment = { __typename: 'ParticipantChanged', previousState: ParticipantState | null, state: ParticipantState, role: RoomRole, id: string, revision: number, at: string, actor: string | null, subject: string | null, participant: AttendeePartsFragment, room: { id: string } };

type EventParts_ParticipantMuted_Fragment = { __typename: 'ParticipantMuted', id: string, revision: number, at: string, actor: string | null, subject: string | null, room: { id: string } };

type EventParts_ParticipantRemoved_Fragment = { __typename: 'ParticipantRemoved', blocked: boolean, id: string, revision: number, at: string, actor: string | null, subject: string | null, participant: AttendeePartsFragment, room: { id: string } };

type EventParts_QuestionChanged_Fragment = { __typename: 'QuestionChanged', id: string, revision: number, at: string, actor: string | null, subject: string | null, room: { id: string } };

type EventParts_QuestionsAsked_Fragment = { __typename: 'QuestionsAsked', id: string, revision: number, at: string, actor: string | null, subject: string | null, room: { id: string } };

type EventParts_RedemptionRefused_Fragment = { __typename: 'RedemptionRefused', code: ProblemCode, id: string, revision: number, at: string, actor: string | null, subject: string | null, invitation: InvitationPartsFragment, room: { id: string } };

type EventParts_ResultsShared_Fragment = { __typename: 'ResultsShared', id: string, revision: number, at: string, actor: string | null, subject: string | null, room: { id: string } };

type EventParts_ResyncRequired_Fragment = { __typename: 'ResyncRequired', id: string, revision: number, at: string, actor: string | null, subject: string | null, room: { id: string } };

type EventParts_RoleDelivered_Fragment = { __typename: 'RoleDelivered', id: string, revision: number, at: string, actor: string | null, subject: string | null, participant: AttendeePartsFragment, room: { id: string } };

type EventParts_RoleDemoted_Fragment = { __typename: 'RoleDemoted', previousRole: RoomRole, role: RoomRole, id: string, revision: number, at: string, actor: string | null, subject: string | null, participant: AttendeePartsFragment, room: { id: string } };

type EventParts_RolePromoted_Fragment = { __typename: 'RolePromoted', previousRole: RoomRole, role: RoomRole, id: string, revision: number, at: string, actor: string | null, subject: string | null, participant: AttendeePartsFragment, room: { id: string } };

type EventParts_RoomDeleted_Fragment = { __typename: 'RoomDeleted', id: string, revision: number, at: string, actor: string | null, subject: string | null, room: { id: string } };

type EventParts_RoomUpdated_Fragment = { __typename: 'RoomUpdated', id: string, revision: number, at: string, actor: string | null, subject: string | null, room: (
    { id: string }
    & RoomPartsFragment
  ) };

type EventParts_SessionCancelled_Fragment = { __typename: 'SessionCancelled', id: string, revision: number, at: string, actor: string | null, subject: string | null, room: (
    { id: string }
    & RoomPartsFragment
  ) };

type EventParts_SessionEnded_Fragment = { __typename: 'SessionEnded', id: string, revision: number, at: string, actor: string | null, subject: string | null, room: (
    { id: string }
    & RoomPartsFragment
  ) };

type EventParts_SessionRescheduled_Fragment = { __typename: 'SessionRescheduled', startsAt: string, id: string, revision: number, at: string, actor: string | null, subject: string | null, room: (
    { id: string }
    & RoomPartsFragment
  ) };

type EventParts_SessionScheduled_Fragment = { __typename: 'SessionScheduled', plannedFor: string | null, id: string, revision: number, at: string, actor: string | null, subject: string | null, room: (
    { id: string }
    & RoomPartsFragment
  ) };

type EventParts_SessionStarted_Fragment = { __typename: 'SessionStarted', id: string, revision: number, at: string, actor: string | null, subject: string | null, room: (
    { id: string }
    & RoomPartsFragment
  ) };

type EventParts_ToolsChanged_Fragment = { __typename: 'ToolsChanged', id: string, revision: number, at: string, actor: string | null, subject: string | null, room: { id: string } };

export type EventPartsFragment =
  | EventParts_AnswerHidden_Fragment
  | EventParts_AskerMuted_Fragment
  | EventParts_ChannelCleared_Fragment
  | EventParts_DeviceMoved_Fragment
  | EventParts_DeviceReleased_Fragment
  | EventParts_Exported_Fragment
  | EventParts_HandLowered_Fragment
  | EventParts_HandsLowered_Fragment
  | EventParts_HandsRaised_Fragment
  | EventParts_HostAsked_Fragment
  | EventParts_InteractionChanged_Fragment
  | EventParts_InvitationCreated_Fragment
  | EventParts_InvitationOpened_Fragment
  | EventParts_InvitationRedeemed_Fragment
  | EventParts_InvitationRevoked_Fragment
  | EventParts_InvitationUpdated_Fragment
  | EventParts_LinkRegenerated_Fragment
  | EventParts_MailsChanged_Fragment
  | EventParts_ManagerAdded_Fragment
  | EventParts_ManagerRemoved_Fragment
  | EventParts_MessagePinned_Fragment
  | EventParts_MessagesChanged_Fragment
  | EventParts_MessagesHidden_Fragment
  | EventParts_MessagesPosted_Fragment
  | EventParts_OwnQuestionChanged_Fragment
  | EventParts_ParticipantChanged_Fragment
  | EventParts_ParticipantMuted_Fragment
  | EventParts_ParticipantRemoved_Fragment
  | EventParts_QuestionChanged_Fragment
  | EventParts_QuestionsAsked_Fragment
  | EventParts_RedemptionRefused_Fragment
  | EventParts_ResultsShared_Fragment
  | EventParts_ResyncRequired_Fragment
  | EventParts_RoleDelivered_Fragment
  | EventParts_RoleDemoted_Fragment
  | EventParts_RolePromoted_Fragment
  | EventParts_RoomDeleted_Fragment
  | EventParts_RoomUpdated_Fragment
  | EventParts_SessionCancelled_Fragment
  | EventParts_SessionEnded_Fragment
  | EventParts_SessionRescheduled_Fragment
  | EventParts_SessionScheduled_Fragment
  | EventParts_SessionStarted_Fragment
  | EventParts_ToolsChanged_Fragment
;

type HandEvents_AnswerHidden_Fragment = { id: string };

type HandEvents_AskerMuted_Fragment = { id: string };

type HandEvents_ChannelCleared_Fragment = { id: string };

type HandEvents_DeviceMoved_Fragment = { id: string };

type HandEvents_DeviceReleased_Fragment = { id: string };

type HandEvents_Exported_Fragment = { id: string };

type HandEvents_HandLowered_Fragment = { end: HandEnd, id: string, participant: { id: string } };

type HandEvents_HandsLowered_Fragment = { id: string };

type HandEvents_HandsRaised_Fragment = { id: string };

type HandEvents_HostAsked_Fragment = { id: string };

type HandEvents_InteractionChanged_Fragment = { id: string };

type HandEvents_InvitationCreated_Fragment = { id: string };

type HandEvents_InvitationOpened_Fragment = { id: string };

type HandEvents_InvitationRedeemed_Fragment = { id: string };

type HandEvents_InvitationRevoked_Fragment = { id: string };

type HandEvents_InvitationUpdated_Fragment = { id: string };

type HandEvents_LinkRegenerated_Fragment = { id: string };

type HandEvents_MailsChanged_Fragment = { id: string };

type HandEvents_ManagerAdded_Fragment = { id: string };

type HandEvents_ManagerRemoved_Fragment = { id: string };

type HandEvents_MessagePinned_Fragment = { id: string };

type HandEvents_MessagesChanged_Fragment = { id: string };

type HandEvents_MessagesHidden_Fragment = { id: string };

type HandEvents_MessagesPosted_Fragment = { id: string };

type HandEvents_OwnQuestionChanged_Fragment = { id: string };

type HandEvents_ParticipantChanged_Fragment = { id: string };

type HandEvents_ParticipantMuted_Fragment = { id: string };

type HandEvents_ParticipantRemoved_Fragment = { id: string };

type HandEvents_QuestionChanged_Fragment = { id: string };

type HandEvents_QuestionsAsked_Fragment = { id: string };

type HandEvents_RedemptionRefused_Fragment = { id: string };

type HandEvents_ResultsShared_Fragment = { id: string };

type HandEvents_ResyncRequired_Fragment = { id: string };

type HandEvents_RoleDelivered_Fragment = { id: string };

type HandEvents_RoleDemoted_Fragment = { id: string };

type HandEvents_RolePromoted_Fragment = { id: string };

type HandEvents_RoomDeleted_Fragment = { id: string };

type HandEvents_RoomUpdated_Fragment = { id: string };

type HandEvents_SessionCancelled_Fragment = { id: string };

type HandEvents_SessionEnded_Fragment = { id: string };

type HandEvents_SessionRescheduled_Fragment = { id: string };

type HandEvents_SessionScheduled_Fragment = { id: string };

type HandEvents_SessionStarted_Fragment = { id: string };

type HandEvents_ToolsChanged_Fragment = { id: string, tools: { hands: boolean, reactions: boolean } | null };

export type HandEventsFragment =
  | HandEvents_AnswerHidden_Fragment
  | HandEvents_AskerMuted_Fragment
  | HandEvents_ChannelCleared_Fragment
  | HandEvents_DeviceMoved_Fragment
  | HandEvents_DeviceReleased_Fragment
  | HandEvents_Exported_Fragment
  | HandEvents_HandLowered_Fragment
  | HandEvents_HandsLowered_Fragment
  | HandEvents_HandsRaised_Fragment
  | HandEvents_HostAsked_Fragment
  | HandEvents_InteractionChanged_Fragment
  | HandEvents_InvitationCreated_Fragment
  | HandEvents_InvitationOpened_Fragment
  | HandEvents_InvitationRedeemed_Fragment
  | HandEvents_InvitationRevoked_Fragment
  | HandEvents_InvitationUpdated_Fragment
  | HandEvents_LinkRegenerated_Fragment
  | HandEvents_MailsChanged_Fragment
  | HandEvents_ManagerAdded_Fragment
  | HandEvents_ManagerRemoved_Fragment
  | HandEvents_MessagePinned_Fragment
  | HandEvents_MessagesChanged_Fragment
  | HandEvents_MessagesHidden_Fragment
  | HandEvents_MessagesPosted_Fragment
  | HandEvents_OwnQuestionChanged_Fragment
  | HandEvents_ParticipantChanged_Fragment
  | HandEvents_ParticipantMuted_Fragment
  | HandEvents_ParticipantRemoved_Fragment
  | HandEvents_QuestionChanged_Fragment
  | HandEvents_QuestionsAsked_Fragment
  | HandEvents_RedemptionRefused_Fragment
  | HandEvents_ResultsShared_Fragment
  | HandEvents_ResyncRequired_Fragment
  | HandEvents_RoleDelivered_Fragment
  | HandEvents_RoleDemoted_Fragment
  | HandEvents_RolePromoted_Fragment
  | HandEvents_RoomDeleted_Fragment
  | HandEvents_RoomUpdated_Fragment
  | HandEvents_SessionCancelled_Fragment
  | HandEvents_SessionEnded_Fragment
  | HandEvents_SessionRescheduled_Fragment
  | HandEvents_SessionScheduled_Fragment
  | HandEvents_SessionStarted_Fragment
  | HandEvents_ToolsChanged_Fragment
;

export type OwnHandPartsFragment = { id: string, revision: number, tools: { hands: boolean, reactions: boolean } | null, myParticipant: { id: string, role: RoomRole, handRaisedAt: string | null, handPosition: number | null, handsDeclined: number | null } | null };

export type OwnHandQueryVariables = Exact<{
  roomId: string | number;
}>;


export type OwnHandQuery = { room: OwnHandPartsFragment | null };

export type HandsQueryVariables = Exact<{
  roomId: string | number;
  first: number;
  after?: string | null | undefined;
}>;


export type HandsQuery = { room: { id: string, tools: { hands: boolean, reactions: boolean } | null, hands: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ role: RoomRole, note: string, raisedAt: string, position: number, participant: { id: string, displayName: string, role: RoomRole, roleRevision: number, rolesToGive: Array<RoomRole> } }> } | null } | null };

export type RaiseHandMutationVariables = Exact<{
  roomId: string | number;
  role: RoomRole;
  note?: string | null | undefined;
}>;


export type RaiseHandMutation = { raiseHand:
    | { __typename: 'ParticipantSuccess', participant: { id: string, handRaisedAt: string | null, handPosition: number | null } }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type LowerHandMutationVariables = Exact<{
  participantId: string | number;
}>;


export type LowerHandMutation = { lowerHand:
    | { __typename: 'ParticipantSuccess', participant: { id: string, handRaisedAt: string | null } }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type DeclineHandMutationVariables = Exact<{
  participantId: string | number;
}>;


export type DeclineHandMutation = { declineHand:
    | { __typename: 'ParticipantSuccess', participant: { id: string, handRaisedAt: string | null } }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type ReactMutationVariables = Exact<{
  roomId: string | number;
  reaction: Reaction;
}>;


export type ReactMutation = { react:
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
    | { __typename: 'ToolsSuccess', room: { id: string } }
   };

export type LowerAllHandsMutationVariables = Exact<{
  roomId: string | number;
}>;


export type LowerAllHandsMutation = { lowerAllHands:
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
    | { __typename: 'ToolsSuccess', room: { id: string } }
   };

export type ServerTimeQueryVariables = Exact<{ [key: string]: never; }>;


export type ServerTimeQuery = { serverTime: string };

export type ProblemPartsFragment = { code: ProblemCode, message: string, nextSteps: Array<NextStep>, field: string | null, retryAt: string | null, attemptsLeft: number | null };

export type SessionPartsFragment = { id: string, state: SessionState, startsAt: string, endsAt: string | null, openedAt: string | null, endedAt: string | null, sequence: number };

export type RoomPartsFragment = { id: string, title: string, description: string, timeZone: string, chatAndCollaboration: boolean, access: RoomAccess, admission: AdmissionMode, canInvite: boolean, siteInvitations: boolean | null, session: SessionPartsFragment | null };

export type InvitationPartsFragment = { id: string, email: string, firstName: string, lastName: string, name: string, role: RoomRole, status: InvitationStatus, link: string | null, expiresAt: string | null, createdAt: string, openedAt: string | null, redeemedAt: string | null, revokedAt: string | null, device: string | null, hostAskedAt: string | null, hostMessage: string | null, hostAskedFor: ProblemCode | null, vouchedUntil: string | null, session: { id: string, state: SessionState, startsAt: string, endsAt: string | null }, participant: { id: string, state: ParticipantState, role: RoomRole } | null, mails: Array<MailPartsFragment> | null };

export type MailPartsFragment = { id: string, kind: MailKind, state: MailState, sentAt: string | null, nextTryAt: string | null, fault: MailFault | null };

export type RoomManagersFragment = { id: string, managers: Array<{ role: ManagerRole, user: { id: string, name: string, email: string | null } }> };

export type SitePolicyQueryVariables = Exact<{ [key: string]: never; }>;


export type SitePolicyQuery = { sitePolicy: PolicyPartsFragment | null };

export type InvitationsQueryVariables = Exact<{
  roomId: string | number;
  sessionId?: string | number | null | undefined;
  first: number;
  after?: string | null | undefined;
  status?: Array<InvitationStatus> | InvitationStatus | null | undefined;
  search?: string | null | undefined;
  asking?: boolean;
}>;


export type InvitationsQuery = { room: { revision: number, id: string, invitations: { totalCount: number, edges: Array<{ cursor: string, node: InvitationPartsFragment }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null };

export type InviteUserMutationVariables = Exact<{
  input: InviteUserInput;
}>;


export type InviteUserMutation = { inviteUser:
    | InvitationResultParts_InvitationSuccess_Fragment
    | InvitationResultParts_Problem_Fragment
   };

export type InvitePreviewQueryVariables = Exact<{
  roomId: string | number;
  text?: string | null | undefined;
  file?: string | null | undefined;
  rows?: Array<InviteRow> | InviteRow | null | undefined;
  role?: RoomRole | null | undefined;
}>;


export type InvitePreviewQuery = { invitePreview:
    | { __typename: 'InvitePreviewSuccess', left: number, more: number, skippedColumns: Array<string>, linesBefore: number, windows1252: boolean, rows: Array<{ row: number, line: number | null, outcome: RowOutcome, email: string, firstName: string, lastName: string, oneName: boolean, names: NameSource | null, role: RoomRole | null, doubt: string | null, suggestion: string | null, same: number | null, problem: ProblemPartsFragment | null, invitation: { id: string, role: RoomRole, revokedAt: string | null } | null }> }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type LastSessionsQueryVariables = Exact<{
  roomId: string | number;
}>;


export type LastSessionsQuery = { room: { id: string, sessions: { nodes: Array<{ id: string }> } } | null };

export type InvitationTimelineQueryVariables = Exact<{
  id: string | number;
}>;


export type InvitationTimelineQuery = { node:
    | { __typename: 'ChatMessage', id: string }
    | { __typename: 'Interaction', id: string }
    | { __typename: 'Invitation', id: string, events: Array<
        | EventParts_AnswerHidden_Fragment
        | EventParts_AskerMuted_Fragment
        | EventParts_ChannelCleared_Fragment
        | EventParts_DeviceMoved_Fragment
        | EventParts_DeviceReleased_Fragment
        | EventParts_Exported_Fragment
        | EventParts_HandLowered_Fragment
        | EventParts_HandsLowered_Fragment
        | EventParts_HandsRaised_Fragment
        | EventParts_HostAsked_Fragment
        | EventParts_InteractionChanged_Fragment
        | EventParts_InvitationCreated_Fragment
        | EventParts_InvitationOpened_Fragment
        | EventParts_InvitationRedeemed_Fragment
        | EventParts_InvitationRevoked_Fragment
        | EventParts_InvitationUpdated_Fragment
        | EventParts_LinkRegenerated_Fragment
        | EventParts_MailsChanged_Fragment
        | EventParts_ManagerAdded_Fragment
        | EventParts_ManagerRemoved_Fragment
        | EventParts_MessagePinned_Fragment
        | EventParts_MessagesChanged_Fragment
        | EventParts_MessagesHidden_Fragment
        | EventParts_MessagesPosted_Fragment
        | EventParts_OwnQuestionChanged_Fragment
        | EventParts_ParticipantChanged_Fragment
        | EventParts_ParticipantMuted_Fragment
        | EventParts_ParticipantRemoved_Fragment
        | EventParts_QuestionChanged_Fragment
        | EventParts_QuestionsAsked_Fragment
        | EventParts_RedemptionRefused_Fragment
        | EventParts_ResultsShared_Fragment
        | EventParts_ResyncRequired_Fragment
        | EventParts_RoleDelivered_Fragment
        | EventParts_RoleDemoted_Fragment
        | EventParts_RolePromoted_Fragment
        | EventParts_RoomDeleted_Fragment
        | EventParts_RoomUpdated_Fragment
        | EventParts_SessionCancelled_Fragment
        | EventParts_SessionEnded_Fragment
        | EventParts_SessionRescheduled_Fragment
        | EventParts_SessionScheduled_Fragment
        | EventParts_SessionStarted_Fragment
        | EventParts_ToolsChanged_Fragment
      > | null }
    | { __typename: 'Participant', id: string }
    | { __typename: 'Question', id: string }
    | { __typename: 'Room', id: string }
    | { __typename: 'Session', id: string }
    | { __typename: 'User', id: string }
   | null };

type InvitationResultParts_InvitationSuccess_Fragment = { __typename: 'InvitationSuccess', invitation: InvitationPartsFragment };

type InvitationResultParts_Problem_Fragment = (
  { __typename: 'Problem', standingInvitation: InvitationPartsFragment | null }
  & ProblemPartsFragment
);

export type InvitationResultPartsFragment =
  | InvitationResultParts_InvitationSuccess_Fragment
  | InvitationResultParts_Problem_Fragment
;

export type UpdateInvitationMutationVariables = Exact<{
  input: UpdateInvitationInput;
}>;


export type UpdateInvitationMutation = { updateInvitation:
    | InvitationResultParts_InvitationSuccess_Fragment
    | InvitationResultParts_Problem_Fragment
   };

export type RegenerateLinkMutationVariables = Exact<{
  invitationId: string | number;
  send?: boolean;
}>;


export type RegenerateLinkMutation = { regenerateLink:
    | InvitationResultParts_InvitationSuccess_Fragment
    | InvitationResultParts_Problem_Fragment
   };

export type ReleaseDeviceMutationVariables = Exact<{
  invitationId: string | number;
}>;


export type ReleaseDeviceMutation = { releaseDevice:
    | InvitationResultParts_InvitationSuccess_Fragment
    | InvitationResultParts_Problem_Fragment
   };

export type RevokeInvitationMutationVariables = Exact<{
  invitationId: string | number;
  notify?: boolean;
}>;


export type RevokeInvitationMutation = { revokeInvitation:
    | InvitationResultParts_InvitationSuccess_Fragment
    | InvitationResultParts_Problem_Fragment
   };

export type VouchForMutationVariables = Exact<{
  invitationId: string | number;
}>;


export type VouchForMutation = { vouchFor:
    | InvitationResultParts_InvitationSuccess_Fragment
    | InvitationResultParts_Problem_Fragment
   };

export type InviteUsersMutationVariables = Exact<{
  input: InviteUsersInput;
}>;


export type InviteUsersMutation = { inviteUsers:
    | { __typename: 'InviteUsersSuccess', invited: number, rows: Array<{ row: number, outcome: RowOutcome, email: string, firstName: string, lastName: string, problem: ProblemPartsFragment | null, invitation: InvitationPartsFragment | null }> }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type InvitingQueryVariables = Exact<{
  roomId: string | number;
}>;


export type InvitingQuery = { room: { id: string, canInvite: boolean, siteInvitations: boolean | null } | null };

export type ReadAddressQueryVariables = Exact<{
  text: string;
}>;


export type ReadAddressQuery = { readAddress:
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
    | { __typename: 'ReadAddress', email: string, firstName: string, lastName: string, suggestion: string | null }
   };

export type SiteMailFragment = { mail: boolean, repliesTo: string | null };

export type SiteSendsQueryVariables = Exact<{ [key: string]: never; }>;


export type SiteSendsQuery = { site: SiteMailFragment };

export type SendInvitationsMutationVariables = Exact<{
  input: SendInvitationsInput;
}>;


export type SendInvitationsMutation = { sendInvitations:
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
    | { __typename: 'SendInvitationsSuccess', queued: number, skipped: number }
   };

export type NotJoinedQueryVariables = Exact<{
  roomId: string | number;
  sessionId: string | number;
}>;


export type NotJoinedQuery = { room: { id: string, invitations: { totalCount: number } | null } | null, site: { mail: boolean } };

export type MoveInvitationMutationVariables = Exact<{
  input: MoveInvitationInput;
}>;


export type MoveInvitationMutation = { moveInvitation:
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
    | { __typename: 'RedeemInvitationSuccess', participant: { id: string, room: { id: string } } }
   };

export type SendCodeMutationVariables = Exact<{
  input: SendCodeInput;
}>;


export type SendCodeMutation = { sendCode:
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
    | { __typename: 'SendCodeSuccess', nextCodeAt: string }
   };

export type LinkPartsFragment = { roomTitle: string | null, roomDescription: string | null, timeZone: string | null, invitedBy: string | null, role: RoomRole | null, expiresAt: string | null, hostAsked: boolean, hostAskedAt: string | null, signInRequired: boolean, matchesAccount: boolean, needsCode: boolean, codeFailed: boolean, serverTime: string, problem: ProblemPartsFragment | null, participant: { id: string, displayName: string, room: { id: string } } | null, session: SessionPartsFragment | null };

export type LinkLookQueryVariables = Exact<{
  token: string;
}>;


export type LinkLookQuery = { invitationLink: (
    { link: string | null }
    & LinkPartsFragment
  ), me: { user: { id: string, name: string, email: string | null } | null } };

export type LinkWatchSubscriptionVariables = Exact<{
  token: string;
}>;


export type LinkWatchSubscription = { invitationLink: LinkPartsFragment };

export type HandOverPartsFragment = { id: string, state: HandOverState, expiresAt: string, browser: string | null, participant: { id: string, room: { id: string } } | null };

export type AskHandOverMutationVariables = Exact<{
  input: AskHandOverInput;
}>;


export type AskHandOverMutation = { askHandOver:
    | { __typename: 'HandOverSuccess', handOver: HandOverPartsFragment }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type HandOverWatchSubscriptionVariables = Exact<{
  id: string | number;
}>;


export type HandOverWatchSubscription = { handOver: HandOverPartsFragment };

export type AskHostMutationVariables = Exact<{
  input: AskHostInput;
}>;


export type AskHostMutation = { askHost:
    | { __typename: 'AskHostSuccess', link: LinkPartsFragment }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type RedeemInvitationMutationVariables = Exact<{
  input: RedeemInvitationInput;
}>;


export type RedeemInvitationMutation = { redeemInvitation:
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
    | { __typename: 'RedeemInvitationSuccess', participant: { id: string, room: { id: string } } }
   };

export type PauseQueryVariables = Exact<{
  id: string | number;
}>;


export type PauseQuery = { node:
    | { id: string }
    | { id: string }
    | { id: string }
    | { muted: boolean | null, mutedUntil: string | null, id: string, room: { id: string, chatAndCollaboration: boolean } }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
   | null };

export type MuteParticipantMutationVariables = Exact<{
  input: MuteInput;
}>;


export type MuteParticipantMutation = { muteParticipant:
    | { __typename: 'ParticipantSuccess', participant: { id: string, muted: boolean | null, mutedUntil: string | null } }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type UnmuteParticipantMutationVariables = Exact<{
  participantId: string | number;
}>;


export type UnmuteParticipantMutation = { unmuteParticipant:
    | { __typename: 'ParticipantSuccess', participant: { id: string, muted: boolean | null, mutedUntil: string | null } }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type PersonPartsFragment = { id: string, displayName: string, guest: boolean, state: ParticipantState, online: boolean, role: RoomRole, managerRole: ManagerRole | null };

export type AttendeePartsFragment = (
  { roleRevision: number, roleDelivered: boolean | null, waitingSince: string | null, mayChangeRole: boolean, rolesToGive: Array<RoomRole>, mayRemove: boolean, mayUnblock: boolean, session: { id: string } }
  & PersonPartsFragment
);

export type ListedPartsFragment = (
  { muted: boolean | null, mutedUntil: string | null }
  & AttendeePartsFragment
);

export type PeopleQueryVariables = Exact<{
  roomId: string | number;
  first: number;
  after?: string | null | undefined;
  state?: Array<ParticipantState> | ParticipantState | null | undefined;
  role?: Array<RoomRole> | RoomRole | null | undefined;
  online?: boolean | null | undefined;
  search?: string | null | undefined;
  needsLook?: boolean;
}>;


export type PeopleQuery = { room: { revision: number, id: string, participants: { totalCount: number, edges: Array<{ cursor: string, node: ListedPartsFragment }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null };

export type RoomRevisionQueryVariables = Exact<{
  roomId: string | number;
}>;


export type RoomRevisionQuery = { room: { id: string, revision: number } | null };

export type PeopleCountsQueryVariables = Exact<{
  roomId: string | number;
}>;


export type PeopleCountsQuery = { room: { id: string, counts: { countdown: number, lobby: number, waiting: number, inRoom: number, left: number, denied: number, removed: number, blocked: number, away: AwayPartsFragment, roles: Array<{ role: RoomRole, countdown: number, lobby: number, waiting: number, inRoom: number, left: number, denied: number, removed: number, blocked: number, away: AwayPartsFragment }> } | null, managers: Array<{ role: ManagerRole, online: boolean, inRoom: boolean, user: { id: string, name: string } }> } | null };

export type AwayPartsFragment = { countdown: number, lobby: number, waiting: number, inRoom: number };

type AttendeeResult_ParticipantSuccess_Fragment = { __typename: 'ParticipantSuccess', participant: { id: string, state: ParticipantState, role: RoomRole, roleRevision: number, waitingSince: string | null } };

type AttendeeResult_Problem_Fragment = (
  { __typename: 'Problem' }
  & ProblemPartsFragment
);

export type AttendeeResultFragment =
  | AttendeeResult_ParticipantSuccess_Fragment
  | AttendeeResult_Problem_Fragment
;

export type AdmitParticipantMutationVariables = Exact<{
  participantId: string | number;
}>;


export type AdmitParticipantMutation = { admitParticipant:
    | AttendeeResult_ParticipantSuccess_Fragment
    | AttendeeResult_Problem_Fragment
   };

export type AdmitAllMutationVariables = Exact<{
  roomId: string | number;
  role?: Array<RoomRole> | RoomRole | null | undefined;
}>;


export type AdmitAllMutation = { admitAll:
    | { __typename: 'AdmitAllSuccess', admitted: number }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type AdmitParticipantsMutationVariables = Exact<{
  roomId: string | number;
  participantIds: Array<string | number> | string | number;
}>;


export type AdmitParticipantsMutation = { admitParticipants:
    | { __typename: 'AdmitParticipantsSuccess', admitted: number }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type DenyParticipantsMutationVariables = Exact<{
  roomId: string | number;
  participantIds: Array<string | number> | string | number;
}>;


export type DenyParticipantsMutation = { denyParticipants:
    | { __typename: 'DenyParticipantsSuccess', denied: number }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type DenyAllMutationVariables = Exact<{
  roomId: string | number;
  role?: Array<RoomRole> | RoomRole | null | undefined;
}>;


export type DenyAllMutation = { denyAll:
    | { __typename: 'DenyAllSuccess', denied: number }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type DenyParticipantMutationVariables = Exact<{
  participantId: string | number;
}>;


export type DenyParticipantMutation = { denyParticipant:
    | AttendeeResult_ParticipantSuccess_Fragment
    | AttendeeResult_Problem_Fragment
   };

export type ChangeRoleMutationVariables = Exact<{
  input: ChangeRoleInput;
}>;


export type ChangeRoleMutation = { changeRole:
    | AttendeeResult_ParticipantSuccess_Fragment
    | AttendeeResult_Problem_Fragment
   };

export type RemoveParticipantMutationVariables = Exact<{
  participantId: string | number;
  block: boolean;
}>;


export type RemoveParticipantMutation = { removeParticipant:
    | AttendeeResult_ParticipantSuccess_Fragment
    | AttendeeResult_Problem_Fragment
   };

export type UnblockParticipantMutationVariables = Exact<{
  participantId: string | number;
}>;


export type UnblockParticipantMutation = { unblockParticipant:
    | AttendeeResult_ParticipantSuccess_Fragment
    | AttendeeResult_Problem_Fragment
   };

export type PresenceSubscriptionVariables = Exact<{
  roomId: string | number;
}>;


export type PresenceSubscription = { presence: { online: number, inRoom: number, changed: Array<{ id: string, online: boolean }> } };

export type UserSearchQueryVariables = Exact<{
  roomId: string | number;
  query: string;
}>;


export type UserSearchQuery = { userSearch: Array<{ managerRole: ManagerRole | null, user: { id: string, email: string | null, firstName: string, lastName: string, name: string }, invitation: { id: string, role: RoomRole, status: InvitationStatus } | null }> | null };

export type InvitedBeforeQueryVariables = Exact<{
  roomId: string | number;
  query: string;
}>;


export type InvitedBeforeQuery = { invitedBefore: Array<{ last: { id: string, email: string, firstName: string, lastName: string, name: string, role: RoomRole }, invitation: { id: string, role: RoomRole } | null }> | null };

export type HandOverShownFragment = (
  { url: string | null, digits: string | null }
  & HandOverPartsFragment
);

export type OfferHandOverMutationVariables = Exact<{
  roomId: string | number;
}>;


export type OfferHandOverMutation = { offerHandOver:
    | { __typename: 'HandOverSuccess', handOver: HandOverShownFragment }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type AnswerHandOverMutationVariables = Exact<{
  id: string | number;
  allow: boolean;
}>;


export type AnswerHandOverMutation = { answerHandOver:
    | { __typename: 'HandOverSuccess', handOver: HandOverPartsFragment }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type EnterRoomMutationVariables = Exact<{
  roomId: string | number;
  known: boolean;
  channel?: Channel;
  first?: number;
  after?: string | null | undefined;
}>;


export type EnterRoomMutation = { enterRoom:
    | { __typename: 'ParticipantSuccess', participant: (
        { room: (
          HerePartsFragment
          & ChannelPartsFragment
          & OwnHandPartsFragment
        ) }
        & PlaceMovedFragment
      ) & (
        { roleRevision?: number, queuePosition?: number | null, waitingSince?: string | null, mayAskAgain?: boolean, invitedBy?: string | null, asksUnderApproval?: boolean, asksUnderAutomatic?: boolean, session?: { id: string } }
        & PersonPartsFragment
      ) }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type LeaveRoomMutationVariables = Exact<{
  roomId: string | number;
}>;


export type LeaveRoomMutation = { leaveRoom:
    | { __typename: 'ParticipantSuccess', participant: PlaceMovedFragment }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type AcknowledgeRoleMutationVariables = Exact<{
  roomId: string | number;
  roleRevision: number;
}>;


export type AcknowledgeRoleMutation = { acknowledgeRole:
    | { __typename: 'ParticipantSuccess', participant: { id: string } }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type PlaceMovedFragment = { id: string, state: ParticipantState, online: boolean, role: RoomRole, roleRevision: number, queuePosition: number | null, waitingSince: string | null, mayAskAgain: boolean, asksUnderApproval: boolean, asksUnderAutomatic: boolean };

export type QueuePlaceQueryVariables = Exact<{
  roomId: string | number;
}>;


export type QueuePlaceQuery = { room: { id: string, myParticipant: { id: string, state: ParticipantState, queuePosition: number | null, waitingSince: string | null } | null } | null };

export type PlacePartsFragment = (
  { roleRevision: number, queuePosition: number | null, waitingSince: string | null, mayAskAgain: boolean, invitedBy: string | null, asksUnderApproval: boolean, asksUnderAutomatic: boolean, session: { id: string } }
  & PersonPartsFragment
);

export type PlaceQueryVariables = Exact<{
  roomId: string | number;
}>;


export type PlaceQuery = { serverTime: string, room: (
    { revision: number, myRights: Array<RoomRight>, myParticipant: PlacePartsFragment | null }
    & RoomPartsFragment
    & RoomRolesFragment
  ) | null, me: { user: { id: string, name: string, email: string | null, siteRole: SiteRole | null } | null, participants: Array<{ id: string, displayName: string, room: { id: string }, session: { id: string } }> } };

export type RoomRolesFragment = { id: string, roles: Array<{ role: RoomRole, capabilities: Array<Capability> }> };

export type PlaceEventsSubscriptionVariables = Exact<{
  roomId: string | number;
  after?: number | null | undefined;
}>;


export type PlaceEventsSubscription = { roomEvents:
    | (
      { __typename: 'AnswerHidden', id: string, revision: number, at: string, actor: string | null, room: { id: string } }
      & TalkEvents_AnswerHidden_Fragment
      & HandEvents_AnswerHidden_Fragment
      & QuestionEvents_AnswerHidden_Fragment
      & PollEvents_AnswerHidden_Fragment
    )
    | (
      { __typename: 'AskerMuted', id: string, revision: number, at: string, actor: string | null, room: { id: string } }
      & TalkEvents_AskerMuted_Fragment
      & HandEvents_AskerMuted_Fragment
      & QuestionEvents_AskerMuted_Fragment
      & PollEvents_AskerMuted_Fragment
    )
    | (
      { __typename: 'ChannelCleared', id: string, revision: number, at: string, actor: string | null, room: { id: string } }
      & TalkEvents_ChannelCleared_Fragment
      & HandEvents_ChannelCleared_Fragment
      & QuestionEvents_ChannelCleared_Fragment
      & PollEvents_ChannelCleared_Fragment
    )
    | (
      { __typename: 'DeviceMoved', device: string | null, id: string, revision: number, at: string, actor: string | null, room: { id: string } }
      & TalkEvents_DeviceMoved_Fragment
      & HandEvents_DeviceMoved_Fragment
      & QuestionEvents_DeviceMoved_Fragment
      & PollEvents_DeviceMoved_Fragment
    )
    | (
      { __typename: 'DeviceReleased', id: string, revision: number, at: string, actor: string | null, room: { id: string } }
      & TalkEvents_DeviceReleased_Fragment
      & HandEvents_DeviceReleased_Fragment
      & QuestionEvents_DeviceReleased_Fragment
      & PollEvents_DeviceReleased_Fragment
    )
    | (
      { __typename: 'Exported', id: string, revision: number, at: string, actor: string | null, room: { id: string } }
      & TalkEvents_Exported_Fragment
      & HandEvents_Exported_Fragment
      & QuestionEvents_Exported_Fragment
      & PollEvents_Exported_Fragment
    )
    | (
      { __typename: 'HandLowered', id: string, revision: number, at: string, actor: string | null, room: { id: string } }
      & TalkEvents_HandLowered_Fragment
      & HandEvents_HandLowered_Fragment
      & QuestionEvents_HandLowered_Fragment
      & PollEvents_HandLowered_Fragment
    )
    | (
      { __typename: 'HandsLowered', id: string, revision: number, at: string, actor: string | null, room: { id: string } }
      & TalkEvents_HandsLowered_Fragment
      & HandEvents_HandsLowered_Fragment
      & QuestionEvents_HandsLowered_Fragment
      & PollEvents_HandsLowered_Fragment
    )
    | (
      { __typename: 'HandsRaised', id: string, revision: number, at: string, actor: string | null, room: { id: string } }
      & TalkEvents_HandsRaised_Fragment
      & HandEvents_HandsRaised_Fragment
      & QuestionEvents_HandsRaised_Fragment
      & PollEvents_HandsRaised_Fragment
    )
    | (
      { __typename: 'HostAsked', id: string, revision: number, at: string, actor: string | null, room: { id: string } }
      & TalkEvents_HostAsked_Fragment
      & HandEvents_HostAsked_Fragment
      & QuestionEvents_HostAsked_Fragment
      & PollEvents_HostAsked_Fragment
    )
    | (
      { __typename: 'InteractionChanged', id: string, revision: number, at: string, actor: string | null, room: { id: string } }
      & TalkEvents_InteractionChanged_Fragment
      & HandEvents_InteractionChanged_Fragment
      & QuestionEvents_InteractionChanged_Fragment
      & PollEvents_InteractionChanged_Fragment
    )
    | (
      { __typename: 'InvitationCreated', id: string, revision: number, at: string, actor: string | null, room: { id: string } }
      & TalkEvents_InvitationCreated_Fragment
      & HandEvents_InvitationCreated_Fragment
      & QuestionEvents_InvitationCreated_Fragment
      & PollEvents_InvitationCreated_Fragment
    )
    | (
      { __typename: 'InvitationOpened', id: string, revision: number, at: string, actor: string | null, room: { id: string } }
      & TalkEvents_InvitationOpened_Fragment
      & HandEvents_InvitationOpened_Fragment
      & QuestionEvents_InvitationOpened_Fragment
      & PollEvents_InvitationOpened_Fragment
    )
    | (
      { __typename: 'InvitationRedeemed', id: string, revision: number, at: string, actor: string | null, room: { id: string } }
      & TalkEvents_InvitationRedeemed_Fragment
      & HandEvents_InvitationRedeemed_Fragment
      & QuestionEvents_InvitationRedeemed_Fragment
      & PollEvents_InvitationRedeemed_Fragment
    )
    | (
      { __typename: 'InvitationRevoked', id: string, revision: number, at: string, actor: string | null, room: { id: string } }
      & TalkEvents_InvitationRevoked_Fragment
      & HandEvents_InvitationRevoked_Fragment
      & QuestionEvents_InvitationRevoked_Fragment
      & PollEvents_InvitationRevoked_Fragment
    )
    | (
      { __typename: 'InvitationUpdated', id: string, revision: number, at: string, actor: string | null, room: { id: string } }
      & TalkEvents_InvitationUpdated_Fragment
      & HandEvents_InvitationUpdated_Fragment
      & QuestionEvents_InvitationUpdated_Fragment
      & PollEvents_InvitationUpdated_Fragment
    )
    | (
      { __typename: 'LinkRegenerated', id: string, revision: number, at: string, actor: string | null, room: { id: string } }
      & TalkEvents_LinkRegenerated_Fragment
      & HandEvents_LinkRegenerated_Fragment
      & QuestionEvents_LinkRegenerated_Fragment
      & PollEvents_LinkRegenerated_Fragment
    )
    | (
      { __typename: 'MailsChanged', id: string, revision: number, at: string, actor: string | null, room: { id: string } }
      & TalkEvents_MailsChanged_Fragment
      & HandEvents_MailsChanged_Fragment
      & QuestionEvents_MailsChanged_Fragment
      & PollEvents_MailsChanged_Fragment
    )
    | (
      { __typename: 'ManagerAdded', id: string, revision: number, at: string, actor: string | null, room: { id: string } }
      & TalkEvents_ManagerAdded_Fragment
      & HandEvents_ManagerAdded_Fragment
      & QuestionEvents_ManagerAdded_Fragment
      & PollEvents_ManagerAdded_Fragment
    )
    | (
      { __typename: 'ManagerRemoved', id: string, revision: number, at: string, actor: string | null, room: { id: string } }
      & TalkEvents_ManagerRemoved_Fragment
      & HandEvents_ManagerRemoved_Fragment
      & QuestionEvents_ManagerRemoved_Fragment
      & PollEvents_ManagerRemoved_Fragment
    )
    | (
      { __typename: 'MessagePinned', id: string, revision: number, at: string, actor: string | null, room: { id: string } }
      & TalkEvents_MessagePinned_Fragment
      & HandEvents_MessagePinned_Fragment
      & QuestionEvents_MessagePinned_Fragment
      & PollEvents_MessagePinned_Fragment
    )
    | (
      { __typename: 'MessagesChanged', id: string, revision: number, at: string, actor: string | null, room: { id: string } }
      & TalkEvents_MessagesChanged_Fragment
      & HandEvents_MessagesChanged_Fragment
      & QuestionEvents_MessagesChanged_Fragment
      & PollEvents_MessagesChanged_Fragment
    )
    | (
      { __typename: 'MessagesHidden', id: string, revision: number, at: string, actor: string | null, room: { id: string } }
      & TalkEvents_MessagesHidden_Fragment
      & HandEvents_MessagesHidden_Fragment
      & QuestionEvents_MessagesHidden_Fragment
      & PollEvents_MessagesHidden_Fragment
    )
    | (
      { __typename: 'MessagesPosted', id: string, revision: number, at: string, actor: string | null, room: { id: string } }
      & TalkEvents_MessagesPosted_Fragment
      & HandEvents_MessagesPosted_Fragment
      & QuestionEvents_MessagesPosted_Fragment
      & PollEvents_MessagesPosted_Fragment
    )
    | (
      { __typename: 'OwnQuestionChanged', id: string, revision: number, at: string, actor: string | null, room: { id: string } }
      & TalkEvents_OwnQuestionChanged_Fragment
      & HandEvents_OwnQuestionChanged_Fragment
      & QuestionEvents_OwnQuestionChanged_Fragment
      & PollEvents_OwnQuestionChanged_Fragment
    )
    | (
      { __typename: 'ParticipantChanged', previousState: ParticipantState | null, state: ParticipantState, id: string, revision: number, at: string, actor: string | null, participant: PlacePartsFragment, room: { id: string } }
      & TalkEvents_ParticipantChanged_Fragment
      & HandEvents_ParticipantChanged_Fragment
      & QuestionEvents_ParticipantChanged_Fragment
      & PollEvents_ParticipantChanged_Fragment
    )
    | (
      { __typename: 'ParticipantMuted', id: string, revision: number, at: string, actor: string | null, room: { id: string } }
      & TalkEvents_ParticipantMuted_Fragment
      & HandEvents_ParticipantMuted_Fragment
      & QuestionEvents_ParticipantMuted_Fragment
      & PollEvents_ParticipantMuted_Fragment
    )
    | (
      { __typename: 'ParticipantRemoved', blocked: boolean, id: string, revision: number, at: string, actor: string | null, participant: PlacePartsFragment, room: { id: string } }
      & TalkEvents_ParticipantRemoved_Fragment
      & HandEvents_ParticipantRemoved_Fragment
      & QuestionEvents_ParticipantRemoved_Fragment
      & PollEvents_ParticipantRemoved_Fragment
    )
    | (
      { __typename: 'QuestionChanged', id: string, revision: number, at: string, actor: string | null, room: { id: string } }
      & TalkEvents_QuestionChanged_Fragment
      & HandEvents_QuestionChanged_Fragment
      & QuestionEvents_QuestionChanged_Fragment
      & PollEvents_QuestionChanged_Fragment
    )
    | (
      { __typename: 'QuestionsAsked', id: string, revision: number, at: string, actor: string | null, room: { id: string } }
      & TalkEvents_QuestionsAsked_Fragment
      & HandEvents_QuestionsAsked_Fragment
      & QuestionEvents_QuestionsAsked_Fragment
      & PollEvents_QuestionsAsked_Fragment
    )
    | (
      { __typename: 'RedemptionRefused', id: string, revision: number, at: string, actor: string | null, room: { id: string } }
      & TalkEvents_RedemptionRefused_Fragment
      & HandEvents_RedemptionRefused_Fragment
      & QuestionEvents_RedemptionRefused_Fragment
      & PollEvents_RedemptionRefused_Fragment
    )
    | (
      { __typename: 'ResultsShared', id: string, revision: number, at: string, actor: string | null, room: { id: string } }
      & TalkEvents_ResultsShared_Fragment
      & HandEvents_ResultsShared_Fragment
      & QuestionEvents_ResultsShared_Fragment
      & PollEvents_ResultsShared_Fragment
    )
    | (
      { __typename: 'ResyncRequired', id: string, revision: number, at: string, actor: string | null, room: { id: string } }
      & TalkEvents_ResyncRequired_Fragment
      & HandEvents_ResyncRequired_Fragment
      & QuestionEvents_ResyncRequired_Fragment
      & PollEvents_ResyncRequired_Fragment
    )
    | (
      { __typename: 'RoleDelivered', id: string, revision: number, at: string, actor: string | null, room: { id: string } }
      & TalkEvents_RoleDelivered_Fragment
      & HandEvents_RoleDelivered_Fragment
      & QuestionEvents_RoleDelivered_Fragment
      & PollEvents_RoleDelivered_Fragment
    )
    | (
      { __typename: 'RoleDemoted', role: RoomRole, roleRevision: number, id: string, revision: number, at: string, actor: string | null, participant: (
        { mayChangeRole: boolean, rolesToGive: Array<RoomRole>, mayRemove: boolean, mayUnblock: boolean }
        & PlacePartsFragment
      ), room: { id: string } }
      & TalkEvents_RoleDemoted_Fragment
      & HandEvents_RoleDemoted_Fragment
      & QuestionEvents_RoleDemoted_Fragment
      & PollEvents_RoleDemoted_Fragment
    )
    | (
      { __typename: 'RolePromoted', role: RoomRole, roleRevision: number, id: string, revision: number, at: string, actor: string | null, participant: (
        { mayChangeRole: boolean, rolesToGive: Array<RoomRole>, mayRemove: boolean, mayUnblock: boolean }
        & PlacePartsFragment
      ), room: { id: string } }
      & TalkEvents_RolePromoted_Fragment
      & HandEvents_RolePromoted_Fragment
      & QuestionEvents_RolePromoted_Fragment
      & PollEvents_RolePromoted_Fragment
    )
    | (
      { __typename: 'RoomDeleted', id: string, revision: number, at: string, actor: string | null, room: { id: string } }
      & TalkEvents_RoomDeleted_Fragment
      & HandEvents_RoomDeleted_Fragment
      & QuestionEvents_RoomDeleted_Fragment
      & PollEvents_RoomDeleted_Fragment
    )
    | (
      { __typename: 'RoomUpdated', id: string, revision: number, at: string, actor: string | null, room: (
        { id: string }
        & RoomPartsFragment
        & RoomRolesFragment
      ) }
      & TalkEvents_RoomUpdated_Fragment
      & HandEvents_RoomUpdated_Fragment
      & QuestionEvents_RoomUpdated_Fragment
      & PollEvents_RoomUpdated_Fragment
    )
    | (
      { __typename: 'SessionCancelled', id: string, revision: number, at: string, actor: string | null, session: { id: string }, moves: Array<{ from: ParticipantState, to: ParticipantState }>, room: (
        { id: string }
        & RoomPartsFragment
      ) }
      & TalkEvents_SessionCancelled_Fragment
      & HandEvents_SessionCancelled_Fragment
      & QuestionEvents_SessionCancelled_Fragment
      & PollEvents_SessionCancelled_Fragment
    )
    | (
      { __typename: 'SessionEnded', id: string, revision: number, at: string, actor: string | null, session: { id: string }, moves: Array<{ from: ParticipantState, to: ParticipantState }>, room: (
        { id: string }
        & RoomPartsFragment
      ) }
      & TalkEvents_SessionEnded_Fragment
      & HandEvents_SessionEnded_Fragment
      & QuestionEvents_SessionEnded_Fragment
      & PollEvents_SessionEnded_Fragment
    )
    | (
      { __typename: 'SessionRescheduled', id: string, revision: number, at: string, actor: string | null, room: (
        { id: string }
        & RoomPartsFragment
      ) }
      & TalkEvents_SessionRescheduled_Fragment
      & HandEvents_SessionRescheduled_Fragment
      & QuestionEvents_SessionRescheduled_Fragment
      & PollEvents_SessionRescheduled_Fragment
    )
    | (
      { __typename: 'SessionScheduled', id: string, revision: number, at: string, actor: string | null, room: (
        { id: string }
        & RoomPartsFragment
      ) }
      & TalkEvents_SessionScheduled_Fragment
      & HandEvents_SessionScheduled_Fragment
      & QuestionEvents_SessionScheduled_Fragment
      & PollEvents_SessionScheduled_Fragment
    )
    | (
      { __typename: 'SessionStarted', id: string, revision: number, at: string, actor: string | null, session: { id: string }, moves: Array<{ from: ParticipantState, to: ParticipantState }>, room: (
        { id: string }
        & RoomPartsFragment
      ) }
      & TalkEvents_SessionStarted_Fragment
      & HandEvents_SessionStarted_Fragment
      & QuestionEvents_SessionStarted_Fragment
      & PollEvents_SessionStarted_Fragment
    )
    | (
      { __typename: 'ToolsChanged', id: string, revision: number, at: string, actor: string | null, room: { id: string } }
      & TalkEvents_ToolsChanged_Fragment
      & HandEvents_ToolsChanged_Fragment
      & QuestionEvents_ToolsChanged_Fragment
      & PollEvents_ToolsChanged_Fragment
    )
   };

export type HereNowQueryVariables = Exact<{
  roomId: string | number;
}>;


export type HereNowQuery = { room: HerePartsFragment | null };

export type HerePartsFragment = { id: string, revision: number, participants: { nodes: Array<PersonPartsFragment>, pageInfo: { hasNextPage: boolean } } | null };

export type TallySubscriptionVariables = Exact<{
  roomId: string | number;
}>;


export type TallySubscription = { tally: { inRoom: number, chatGapSeconds: number, questions: Array<{ id: string, upvotes: number }>, interaction: { id: string, answers: number, options: Array<{ id: string, answers: number }> | null } | null, reactions: Array<{ reaction: Reaction, count: number }> } };

export type AddManagerMutationVariables = Exact<{
  input: AddManagerInput;
}>;


export type AddManagerMutation = { addManager:
    | RoomResultParts_Problem_Fragment
    | RoomResultParts_RoomSuccess_Fragment
   };

export type RemoveManagerMutationVariables = Exact<{
  input: RemoveManagerInput;
}>;


export type RemoveManagerMutation = { removeManager:
    | RoomResultParts_Problem_Fragment
    | RoomResultParts_RoomSuccess_Fragment
   };

export type DeleteRoomMutationVariables = Exact<{
  roomId: string | number;
  notify?: boolean;
}>;


export type DeleteRoomMutation = { deleteRoom:
    | { __typename: 'DeleteRoomSuccess', roomId: string }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type CancelSessionMutationVariables = Exact<{
  sessionId: string | number;
  notify?: boolean;
}>;


export type CancelSessionMutation = { cancelSession:
    | SessionResultParts_Problem_Fragment
    | SessionResultParts_SessionSuccess_Fragment
   };

export type WhatDeletingEndsQueryVariables = Exact<{
  roomId: string | number;
}>;


export type WhatDeletingEndsQuery = { room: { id: string, counts: { invited: number, inRoom: number, waiting: number } | null } | null };

type RoomResultParts_Problem_Fragment = (
  { __typename: 'Problem' }
  & ProblemPartsFragment
);

type RoomResultParts_RoomSuccess_Fragment = { __typename: 'RoomSuccess', room: (
    { myRights: Array<RoomRight> }
    & RoomPartsFragment
    & RoomManagersFragment
  ) };

export type RoomResultPartsFragment =
  | RoomResultParts_Problem_Fragment
  | RoomResultParts_RoomSuccess_Fragment
;

export type CreateRoomMutationVariables = Exact<{
  input: CreateRoomInput;
}>;


export type CreateRoomMutation = { createRoom:
    | RoomResultParts_Problem_Fragment
    | RoomResultParts_RoomSuccess_Fragment
   };

export type UpdateRoomMutationVariables = Exact<{
  input: UpdateRoomInput;
}>;


export type UpdateRoomMutation = { updateRoom:
    | RoomResultParts_Problem_Fragment
    | RoomResultParts_RoomSuccess_Fragment
   };

type SessionResultParts_Problem_Fragment = (
  { __typename: 'Problem' }
  & ProblemPartsFragment
);

type SessionResultParts_SessionSuccess_Fragment = { __typename: 'SessionSuccess', session: SessionPartsFragment, room: RoomPartsFragment };

export type SessionResultPartsFragment =
  | SessionResultParts_Problem_Fragment
  | SessionResultParts_SessionSuccess_Fragment
;

export type StartSessionMutationVariables = Exact<{
  sessionId: string | number;
}>;


export type StartSessionMutation = { startSession:
    | SessionResultParts_Problem_Fragment
    | SessionResultParts_SessionSuccess_Fragment
   };

export type EndSessionMutationVariables = Exact<{
  sessionId: string | number;
}>;


export type EndSessionMutation = { endSession:
    | SessionResultParts_Problem_Fragment
    | SessionResultParts_SessionSuccess_Fragment
   };

export type RoomPageQueryVariables = Exact<{
  roomId: string | number;
}>;


export type RoomPageQuery = { serverTime: string, room: (
    { revision: number, myRights: Array<RoomRight>, managers: Array<{ role: ManagerRole, user: { id: string, name: string, email: string | null } }>, myParticipant: { id: string } | null }
    & RoomPartsFragment
  ) | null, site: SiteMailFragment };

export type RoomsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  search?: string | null | undefined;
  only?: RoomSelection | null | undefined;
}>;


export type RoomsQuery = { serverTime: string, rooms: { totalCount: number, edges: Array<{ cursor: string, node: { id: string, title: string, timeZone: string, myManagerRole: ManagerRole | null, session: SessionPartsFragment | null, counts: { invited: number, waiting: number, inRoom: number, away: { inRoom: number } } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type ScheduleSessionMutationVariables = Exact<{
  input: ScheduleSessionInput;
}>;


export type ScheduleSessionMutation = { scheduleSession:
    | SessionResultParts_Problem_Fragment
    | SessionResultParts_SessionSuccess_Fragment
   };

export type RescheduleSessionMutationVariables = Exact<{
  input: RescheduleSessionInput;
}>;


export type RescheduleSessionMutation = { rescheduleSession:
    | SessionResultParts_Problem_Fragment
    | SessionResultParts_SessionSuccess_Fragment
   };

export type SessionsQueryVariables = Exact<{
  roomId: string | number;
}>;


export type SessionsQuery = { room: { id: string, sessions: { nodes: Array<{ id: string, state: SessionState, startsAt: string, openedAt: string | null }> } } | null };

export type SummaryQueryVariables = Exact<{
  roomId: string | number;
  sessionId: string | number;
}>;


export type SummaryQuery = { room: { id: string, summary: { invited: number, came: number, mostAtOnce: number, averageSeconds: number, messages: number, backchannel: number, writtenUntil: string | null, questions: { asked: number, answered: number }, interactions: { nodes: Array<(
          { words: Array<{ id: string, word: string, answers: number, hidden: boolean }> | null }
          & PollPartsFragment
        )> } } | null } | null };

export type AttendanceQueryVariables = Exact<{
  roomId: string | number;
  sessionId: string | number;
  after?: string | null | undefined;
  search?: string | null | undefined;
}>;


export type AttendanceQuery = { room: { id: string, attendance: { totalCount: number, edges: Array<{ cursor: string, node: { enteredAt: string | null, leftAt: string | null, stays: number, seconds: number, participant: { id: string, displayName: string, role: RoomRole, managerRole: ManagerRole | null, invitation: { id: string, email: string } | null, user: { id: string, email: string | null } | null } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null };

export type RoomEventsSubscriptionVariables = Exact<{
  roomId: string | number;
  after?: number | null | undefined;
}>;


export type RoomEventsSubscription = { roomEvents:
    | EventParts_AnswerHidden_Fragment
    | EventParts_AskerMuted_Fragment
    | EventParts_ChannelCleared_Fragment
    | EventParts_DeviceMoved_Fragment
    | EventParts_DeviceReleased_Fragment
    | EventParts_Exported_Fragment
    | EventParts_HandLowered_Fragment
    | EventParts_HandsLowered_Fragment
    | EventParts_HandsRaised_Fragment
    | EventParts_HostAsked_Fragment
    | EventParts_InteractionChanged_Fragment
    | EventParts_InvitationCreated_Fragment
    | EventParts_InvitationOpened_Fragment
    | EventParts_InvitationRedeemed_Fragment
    | EventParts_InvitationRevoked_Fragment
    | EventParts_InvitationUpdated_Fragment
    | EventParts_LinkRegenerated_Fragment
    | EventParts_MailsChanged_Fragment
    | EventParts_ManagerAdded_Fragment
    | EventParts_ManagerRemoved_Fragment
    | EventParts_MessagePinned_Fragment
    | EventParts_MessagesChanged_Fragment
    | EventParts_MessagesHidden_Fragment
    | EventParts_MessagesPosted_Fragment
    | EventParts_OwnQuestionChanged_Fragment
    | EventParts_ParticipantChanged_Fragment
    | EventParts_ParticipantMuted_Fragment
    | EventParts_ParticipantRemoved_Fragment
    | EventParts_QuestionChanged_Fragment
    | EventParts_QuestionsAsked_Fragment
    | EventParts_RedemptionRefused_Fragment
    | EventParts_ResultsShared_Fragment
    | EventParts_ResyncRequired_Fragment
    | EventParts_RoleDelivered_Fragment
    | EventParts_RoleDemoted_Fragment
    | EventParts_RolePromoted_Fragment
    | EventParts_RoomDeleted_Fragment
    | EventParts_RoomUpdated_Fragment
    | EventParts_SessionCancelled_Fragment
    | EventParts_SessionEnded_Fragment
    | EventParts_SessionRescheduled_Fragment
    | EventParts_SessionScheduled_Fragment
    | EventParts_SessionStarted_Fragment
    | EventParts_ToolsChanged_Fragment
   };

export type SignOutMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutMutation = { signOut: { me: { user: { id: string } | null } } };

export type MeQueryVariables = Exact<{ [key: string]: never; }>;


export type MeQuery = { me: { user: { id: string, name: string, email: string | null, siteRole: SiteRole | null } | null, participants: Array<{ id: string }> } };

export type AccountQueryVariables = Exact<{ [key: string]: never; }>;


export type AccountQuery = { me: { user: { id: string, firstName: string, lastName: string } | null }, program: { version: string, graphiql: boolean } | null };

export type ChangeNameMutationVariables = Exact<{
  input: ChangeNameInput;
}>;


export type ChangeNameMutation = { changeName:
    | { __typename: 'MeSuccess', me: { user: { id: string, name: string, firstName: string, lastName: string } | null } }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type ChangePasswordMutationVariables = Exact<{
  input: ChangePasswordInput;
}>;


export type ChangePasswordMutation = { changePassword:
    | { __typename: 'MeSuccess', me: { user: { id: string } | null } }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type SignOutEverywhereMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutEverywhereMutation = { signOutEverywhere: { me: { user: { id: string } | null } } };

export type ForgotPasswordMutationVariables = Exact<{
  input: ForgotPasswordInput;
}>;


export type ForgotPasswordMutation = { forgotPassword:
    | { __typename: 'ForgotPasswordSuccess', expiresAt: string }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type PasswordLinkQueryVariables = Exact<{
  token: string;
}>;


export type PasswordLinkQuery = { passwordLink: { email: string, name: string } | null };

export type UsePasswordLinkMutationVariables = Exact<{
  input: UsePasswordLinkInput;
}>;


export type UsePasswordLinkMutation = { usePasswordLink:
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
    | { __typename: 'SignInSuccess', me: { user: { id: string } | null } }
   };

export type AccountPartsFragment = { id: string, disabled: boolean, hasPassword: boolean, lastSeenAt: string | null, passwordMail: MailPartsFragment | null, user: { id: string, name: string, email: string | null, siteRole: SiteRole | null } };

export type AccountsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  search?: string | null | undefined;
  siteRole?: SiteRole | null | undefined;
  disabled?: boolean | null | undefined;
}>;


export type AccountsQuery = { users: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<AccountPartsFragment> }, site: { mail: boolean } };

export type AddUserMutationVariables = Exact<{
  input: AddUserInput;
}>;


export type AddUserMutation = { addUser:
    | { __typename: 'AddUserSuccess', account: AccountPartsFragment, passwordLink: { url: string, expiresAt: string }, mail: { id: string, state: MailState } | null }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type UpdateUserMutationVariables = Exact<{
  input: UpdateUserInput;
}>;


export type UpdateUserMutation = { updateUser:
    | { __typename: 'AccountSuccess', account: AccountPartsFragment }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type CreatePasswordLinkMutationVariables = Exact<{
  userId: string | number;
  send: boolean;
}>;


export type CreatePasswordLinkMutation = { createPasswordLink:
    | { __typename: 'PasswordLinkSuccess', account: AccountPartsFragment, passwordLink: { url: string, expiresAt: string }, mail: { id: string, state: MailState } | null }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type ErasePersonMutationVariables = Exact<{
  input: ErasePersonInput;
}>;


export type ErasePersonMutation = { erasePerson:
    | { __typename: 'ErasePersonSuccess', accounts: number, rooms: number, invitations: number, events: number }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type SiteStatusQueryVariables = Exact<{ [key: string]: never; }>;


export type SiteStatusQuery = { siteStatus: { servers: Array<{ id: string, name: string, version: string, startedAt: string, aliveAt: string, silent: boolean, connections: number, people: number, rooms: number, hintLagMilliseconds: number | null }>, database: { kind: string, bytes: number, migration: string }, busiest: Array<{ people: number, room: { id: string, title: string } }>, failing: Array<{ kind: SiteFailureKind, since: string | null, server: { id: string, name: string } | null }> } | null, site: { mail: boolean }, mailStatus: { waiting: number, oldestAt: string | null, lastSentAt: string | null, reply: string | null } | null };

export type SetUpMutationVariables = Exact<{
  input: SetUpInput;
}>;


export type SetUpMutation = { setUp:
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
    | { __typename: 'SignInSuccess', me: { user: { id: string } | null } }
   };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { signIn:
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
    | { __typename: 'SignInSuccess', me: { user: { id: string } | null } }
   };

export type NeedsSetUpQueryVariables = Exact<{ [key: string]: never; }>;


export type NeedsSetUpQuery = { needsSetUp: boolean, site: { mail: boolean } };

export type PolicyPartsFragment = { invitations: boolean, requireSignIn: boolean, moveDevices: boolean, blockedDomains: Array<string>, allowedDomains: Array<string>, proof: ProofPolicy };

export type UpdateSitePolicyMutationVariables = Exact<{
  input: SitePolicyInput;
}>;


export type UpdateSitePolicyMutation = { updateSitePolicy:
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
    | { __typename: 'SitePolicySuccess', sitePolicy: PolicyPartsFragment }
   };

export type SiteAboutQueryVariables = Exact<{ [key: string]: never; }>;


export type SiteAboutQuery = { siteAbout: { version: string, database: string, databaseBytes: number, ready: boolean, accounts: number, rooms: number, openSessions: number, workingLinks: number, invitationsPerSession: number } | null };

export type PollPartsFragment = { id: string, kind: InteractionKind, title: string, state: InteractionState, maxChoices: number, named: boolean, share: ShareResults, resultsShared: boolean, timeLimitSeconds: number | null, lowest: string | null, highest: string | null, stopsAt: string | null, answers: number, turnout: number | null, options: Array<{ id: string, text: string, correct: boolean | null, answers: number | null }> };

export type OwnPollPartsFragment = (
  { myAnswer: { choices: Array<string>, texts: Array<string> } | null }
  & PollPartsFragment
);

export type PollsQueryVariables = Exact<{
  roomId: string | number;
  after?: string | null | undefined;
}>;


export type PollsQuery = { room: { id: string, interactions: { nodes: Array<OwnPollPartsFragment>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null };

export type PollAnswersQueryVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
}>;


export type PollAnswersQuery = { node:
    | { __typename: 'ChatMessage' }
    | { __typename: 'Interaction', id: string, words: Array<{ id: string, word: string, answers: number, hidden: boolean }> | null, allAnswers: { nodes: Array<{ id: string, choices: Array<string>, texts: Array<string>, hidden: boolean, author: { name: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null }
    | { __typename: 'Invitation' }
    | { __typename: 'Participant' }
    | { __typename: 'Question' }
    | { __typename: 'Room' }
    | { __typename: 'Session' }
    | { __typename: 'User' }
   | null };

export type AnswerPollMutationVariables = Exact<{
  input: AnswerInteractionInput;
}>;


export type AnswerPollMutation = { answerInteraction:
    | { __typename: 'InteractionSuccess', interaction: OwnPollPartsFragment }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type CreatePollMutationVariables = Exact<{
  input: CreateInteractionInput;
}>;


export type CreatePollMutation = { createInteraction:
    | { __typename: 'InteractionSuccess', interaction: OwnPollPartsFragment }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type UpdatePollMutationVariables = Exact<{
  input: UpdateInteractionInput;
}>;


export type UpdatePollMutation = { updateInteraction:
    | { __typename: 'InteractionSuccess', interaction: OwnPollPartsFragment }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type CopyPollMutationVariables = Exact<{
  id: string | number;
  key: string;
}>;


export type CopyPollMutation = { copyInteraction:
    | { __typename: 'InteractionSuccess', interaction: OwnPollPartsFragment }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type HidePollAnswerMutationVariables = Exact<{
  answerId: string | number;
  on: boolean;
}>;


export type HidePollAnswerMutation = { hideAnswer:
    | { __typename: 'InteractionSuccess', interaction: { id: string } }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type StartPollMutationVariables = Exact<{
  id: string | number;
}>;


export type StartPollMutation = { startInteraction:
    | { __typename: 'InteractionSuccess', interaction: OwnPollPartsFragment }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type StopPollMutationVariables = Exact<{
  id: string | number;
}>;


export type StopPollMutation = { stopInteraction:
    | { __typename: 'InteractionSuccess', interaction: OwnPollPartsFragment }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type SharePollMutationVariables = Exact<{
  id: string | number;
}>;


export type SharePollMutation = { shareResults:
    | { __typename: 'InteractionSuccess', interaction: OwnPollPartsFragment }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type DeletePollMutationVariables = Exact<{
  id: string | number;
}>;


export type DeletePollMutation = { deleteInteraction:
    | { __typename: 'InteractionSuccess', interaction: { id: string } }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

type PollEvents_AnswerHidden_Fragment = { interactionId: string, answerId: string, id: string };

type PollEvents_AskerMuted_Fragment = { id: string };

type PollEvents_ChannelCleared_Fragment = { id: string };

type PollEvents_DeviceMoved_Fragment = { id: string };

type PollEvents_DeviceReleased_Fragment = { id: string };

type PollEvents_Exported_Fragment = { id: string };

type PollEvents_HandLowered_Fragment = { id: string };

type PollEvents_HandsLowered_Fragment = { id: string };

type PollEvents_HandsRaised_Fragment = { id: string };

type PollEvents_HostAsked_Fragment = { id: string };

type PollEvents_InteractionChanged_Fragment = { interactionId: string, to: InteractionState | null, id: string, poll: PollPartsFragment | null };

type PollEvents_InvitationCreated_Fragment = { id: string };

type PollEvents_InvitationOpened_Fragment = { id: string };

type PollEvents_InvitationRedeemed_Fragment = { id: string };

type PollEvents_InvitationRevoked_Fragment = { id: string };

type PollEvents_InvitationUpdated_Fragment = { id: string };

type PollEvents_LinkRegenerated_Fragment = { id: string };

type PollEvents_MailsChanged_Fragment = { id: string };

type PollEvents_ManagerAdded_Fragment = { id: string };

type PollEvents_ManagerRemoved_Fragment = { id: string };

type PollEvents_MessagePinned_Fragment = { id: string };

type PollEvents_MessagesChanged_Fragment = { id: string };

type PollEvents_MessagesHidden_Fragment = { id: string };

type PollEvents_MessagesPosted_Fragment = { id: string };

type PollEvents_OwnQuestionChanged_Fragment = { id: string };

type PollEvents_ParticipantChanged_Fragment = { id: string };

type PollEvents_ParticipantMuted_Fragment = { id: string };

type PollEvents_ParticipantRemoved_Fragment = { id: string };

type PollEvents_QuestionChanged_Fragment = { id: string };

type PollEvents_QuestionsAsked_Fragment = { id: string };

type PollEvents_RedemptionRefused_Fragment = { id: string };

type PollEvents_ResultsShared_Fragment = { interactionId: string, id: string, poll: PollPartsFragment | null };

type PollEvents_ResyncRequired_Fragment = { id: string };

type PollEvents_RoleDelivered_Fragment = { id: string };

type PollEvents_RoleDemoted_Fragment = { id: string };

type PollEvents_RolePromoted_Fragment = { id: string };

type PollEvents_RoomDeleted_Fragment = { id: string };

type PollEvents_RoomUpdated_Fragment = { id: string };

type PollEvents_SessionCancelled_Fragment = { id: string };

type PollEvents_SessionEnded_Fragment = { id: string };

type PollEvents_SessionRescheduled_Fragment = { id: string };

type PollEvents_SessionScheduled_Fragment = { id: string };

type PollEvents_SessionStarted_Fragment = { id: string };

type PollEvents_ToolsChanged_Fragment = { id: string };

export type PollEventsFragment =
  | PollEvents_AnswerHidden_Fragment
  | PollEvents_AskerMuted_Fragment
  | PollEvents_ChannelCleared_Fragment
  | PollEvents_DeviceMoved_Fragment
  | PollEvents_DeviceReleased_Fragment
  | PollEvents_Exported_Fragment
  | PollEvents_HandLowered_Fragment
  | PollEvents_HandsLowered_Fragment
  | PollEvents_HandsRaised_Fragment
  | PollEvents_HostAsked_Fragment
  | PollEvents_InteractionChanged_Fragment
  | PollEvents_InvitationCreated_Fragment
  | PollEvents_InvitationOpened_Fragment
  | PollEvents_InvitationRedeemed_Fragment
  | PollEvents_InvitationRevoked_Fragment
  | PollEvents_InvitationUpdated_Fragment
  | PollEvents_LinkRegenerated_Fragment
  | PollEvents_MailsChanged_Fragment
  | PollEvents_ManagerAdded_Fragment
  | PollEvents_ManagerRemoved_Fragment
  | PollEvents_MessagePinned_Fragment
  | PollEvents_MessagesChanged_Fragment
  | PollEvents_MessagesHidden_Fragment
  | PollEvents_MessagesPosted_Fragment
  | PollEvents_OwnQuestionChanged_Fragment
  | PollEvents_ParticipantChanged_Fragment
  | PollEvents_ParticipantMuted_Fragment
  | PollEvents_ParticipantRemoved_Fragment
  | PollEvents_QuestionChanged_Fragment
  | PollEvents_QuestionsAsked_Fragment
  | PollEvents_RedemptionRefused_Fragment
  | PollEvents_ResultsShared_Fragment
  | PollEvents_ResyncRequired_Fragment
  | PollEvents_RoleDelivered_Fragment
  | PollEvents_RoleDemoted_Fragment
  | PollEvents_RolePromoted_Fragment
  | PollEvents_RoomDeleted_Fragment
  | PollEvents_RoomUpdated_Fragment
  | PollEvents_SessionCancelled_Fragment
  | PollEvents_SessionEnded_Fragment
  | PollEvents_SessionRescheduled_Fragment
  | PollEvents_SessionScheduled_Fragment
  | PollEvents_SessionStarted_Fragment
  | PollEvents_ToolsChanged_Fragment
;

export type NewPartsFragment = { id: string, at: string, text: string, state: QuestionState, anonymous: boolean, upvotes: number, author: { participantId: string | null, name: string } | null };

export type AskedPartsFragment = (
  { answer: string | null, answeredPrivately: boolean, askerMuted: boolean | null, takenBy: { participantId: string | null, userId: string | null, name: string } | null, answeredBy: { name: string } | null }
  & NewPartsFragment
);

export type QuestionPartsFragment = (
  { privateAnswer: string | null, mine: boolean, upvoted: boolean }
  & AskedPartsFragment
);

export type QuestionRulesFragment = { questions: QuestionMode, anonymousQuestions: boolean };

export type QuestionsQueryVariables = Exact<{
  roomId: string | number;
}>;


export type QuestionsQuery = { room: { id: string, revision: number, tools: QuestionRulesFragment | null, questionCounts: { asked: number, open: number, answered: number, dismissed: number, pending: number | null } | null, askingPause: { until: string | null } | null, waiting: QuestionPageFragment | null, open: QuestionPageFragment | null, answered: QuestionPageFragment | null, mine: QuestionPageFragment | null } | null };

export type QuestionPageFragment = { nodes: Array<QuestionPartsFragment>, pageInfo: { hasNextPage: boolean, endCursor: string | null } };

export type MoreQuestionsQueryVariables = Exact<{
  roomId: string | number;
  states?: Array<QuestionState> | QuestionState | null | undefined;
  mine: boolean;
  order: QuestionOrder;
  after: string;
}>;


export type MoreQuestionsQuery = { room: { id: string, questions: QuestionPageFragment | null } | null };

type QuestionEvents_AnswerHidden_Fragment = { id: string };

type QuestionEvents_AskerMuted_Fragment = { muted: boolean, until: string | null, id: string };

type QuestionEvents_ChannelCleared_Fragment = { id: string };

type QuestionEvents_DeviceMoved_Fragment = { id: string };

type QuestionEvents_DeviceReleased_Fragment = { id: string };

type QuestionEvents_Exported_Fragment = { id: string };

type QuestionEvents_HandLowered_Fragment = { id: string };

type QuestionEvents_HandsLowered_Fragment = { id: string };

type QuestionEvents_HandsRaised_Fragment = { id: string };

type QuestionEvents_HostAsked_Fragment = { id: string };

type QuestionEvents_InteractionChanged_Fragment = { id: string };

type QuestionEvents_InvitationCreated_Fragment = { id: string };

type QuestionEvents_InvitationOpened_Fragment = { id: string };

type QuestionEvents_InvitationRedeemed_Fragment = { id: string };

type QuestionEvents_InvitationRevoked_Fragment = { id: string };

type QuestionEvents_InvitationUpdated_Fragment = { id: string };

type QuestionEvents_LinkRegenerated_Fragment = { id: string };

type QuestionEvents_MailsChanged_Fragment = { id: string };

type QuestionEvents_ManagerAdded_Fragment = { id: string };

type QuestionEvents_ManagerRemoved_Fragment = { id: string };

type QuestionEvents_MessagePinned_Fragment = { id: string };

type QuestionEvents_MessagesChanged_Fragment = { id: string };

type QuestionEvents_MessagesHidden_Fragment = { id: string };

type QuestionEvents_MessagesPosted_Fragment = { id: string };

type QuestionEvents_OwnQuestionChanged_Fragment = { questionId: string, questionState: QuestionState, privateAnswer: string | null, id: string, question: (
    { answeredPrivately: boolean, answeredBy: { name: string } | null }
    & NewPartsFragment
  ) | null };

type QuestionEvents_ParticipantChanged_Fragment = { id: string };

type QuestionEvents_ParticipantMuted_Fragment = { id: string };

type QuestionEvents_ParticipantRemoved_Fragment = { id: string };

type QuestionEvents_QuestionChanged_Fragment = { questionId: string, previousQuestionState: QuestionState, questionState: QuestionState, privateAnswer: string | null, id: string, question: AskedPartsFragment | null };

type QuestionEvents_QuestionsAsked_Fragment = { id: string, questions: Array<NewPartsFragment> };

type QuestionEvents_RedemptionRefused_Fragment = { id: string };

type QuestionEvents_ResultsShared_Fragment = { id: string };

type QuestionEvents_ResyncRequired_Fragment = { id: string };

type QuestionEvents_RoleDelivered_Fragment = { id: string };

type QuestionEvents_RoleDemoted_Fragment = { id: string };

type QuestionEvents_RolePromoted_Fragment = { id: string };

type QuestionEvents_RoomDeleted_Fragment = { id: string };

type QuestionEvents_RoomUpdated_Fragment = { id: string };

type QuestionEvents_SessionCancelled_Fragment = { id: string };

type QuestionEvents_SessionEnded_Fragment = { id: string };

type QuestionEvents_SessionRescheduled_Fragment = { id: string };

type QuestionEvents_SessionScheduled_Fragment = { id: string };

type QuestionEvents_SessionStarted_Fragment = { id: string };

type QuestionEvents_ToolsChanged_Fragment = { id: string, tools: QuestionRulesFragment | null };

export type QuestionEventsFragment =
  | QuestionEvents_AnswerHidden_Fragment
  | QuestionEvents_AskerMuted_Fragment
  | QuestionEvents_ChannelCleared_Fragment
  | QuestionEvents_DeviceMoved_Fragment
  | QuestionEvents_DeviceReleased_Fragment
  | QuestionEvents_Exported_Fragment
  | QuestionEvents_HandLowered_Fragment
  | QuestionEvents_HandsLowered_Fragment
  | QuestionEvents_HandsRaised_Fragment
  | QuestionEvents_HostAsked_Fragment
  | QuestionEvents_InteractionChanged_Fragment
  | QuestionEvents_InvitationCreated_Fragment
  | QuestionEvents_InvitationOpened_Fragment
  | QuestionEvents_InvitationRedeemed_Fragment
  | QuestionEvents_InvitationRevoked_Fragment
  | QuestionEvents_InvitationUpdated_Fragment
  | QuestionEvents_LinkRegenerated_Fragment
  | QuestionEvents_MailsChanged_Fragment
  | QuestionEvents_ManagerAdded_Fragment
  | QuestionEvents_ManagerRemoved_Fragment
  | QuestionEvents_MessagePinned_Fragment
  | QuestionEvents_MessagesChanged_Fragment
  | QuestionEvents_MessagesHidden_Fragment
  | QuestionEvents_MessagesPosted_Fragment
  | QuestionEvents_OwnQuestionChanged_Fragment
  | QuestionEvents_ParticipantChanged_Fragment
  | QuestionEvents_ParticipantMuted_Fragment
  | QuestionEvents_ParticipantRemoved_Fragment
  | QuestionEvents_QuestionChanged_Fragment
  | QuestionEvents_QuestionsAsked_Fragment
  | QuestionEvents_RedemptionRefused_Fragment
  | QuestionEvents_ResultsShared_Fragment
  | QuestionEvents_ResyncRequired_Fragment
  | QuestionEvents_RoleDelivered_Fragment
  | QuestionEvents_RoleDemoted_Fragment
  | QuestionEvents_RolePromoted_Fragment
  | QuestionEvents_RoomDeleted_Fragment
  | QuestionEvents_RoomUpdated_Fragment
  | QuestionEvents_SessionCancelled_Fragment
  | QuestionEvents_SessionEnded_Fragment
  | QuestionEvents_SessionRescheduled_Fragment
  | QuestionEvents_SessionScheduled_Fragment
  | QuestionEvents_SessionStarted_Fragment
  | QuestionEvents_ToolsChanged_Fragment
;

export type AskQuestionMutationVariables = Exact<{
  input: AskQuestionInput;
}>;


export type AskQuestionMutation = { askQuestion:
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
    | { __typename: 'QuestionSuccess', question: QuestionPartsFragment }
   };

export type UpvoteQuestionMutationVariables = Exact<{
  questionId: string | number;
  on: boolean;
}>;


export type UpvoteQuestionMutation = { upvoteQuestion:
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
    | { __typename: 'QuestionSuccess', question: { id: string, upvotes: number, upvoted: boolean } }
   };

export type AnswerQuestionMutationVariables = Exact<{
  input: AnswerQuestionInput;
}>;


export type AnswerQuestionMutation = { answerQuestion:
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
    | { __typename: 'QuestionSuccess', question: { id: string } }
   };

export type MuteAskerMutationVariables = Exact<{
  questionId: string | number;
  on: boolean;
}>;


export type MuteAskerMutation = { muteAsker:
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
    | { __typename: 'QuestionSuccess', question: { id: string } }
   };

export type WithdrawQuestionMutationVariables = Exact<{
  questionId: string | number;
}>;


export type WithdrawQuestionMutation = { withdrawQuestion:
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
    | { __typename: 'QuestionSuccess', question: { id: string } }
   };

export type TakeQuestionMutationVariables = Exact<{
  questionId: string | number;
}>;


export type TakeQuestionMutation = { takeQuestion:
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
    | { __typename: 'QuestionSuccess', question: { id: string } }
   };

export type ReleaseQuestionMutationVariables = Exact<{
  questionId: string | number;
}>;


export type ReleaseQuestionMutation = { releaseQuestion:
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
    | { __typename: 'QuestionSuccess', question: { id: string } }
   };

export type PublishQuestionMutationVariables = Exact<{
  questionId: string | number;
}>;


export type PublishQuestionMutation = { publishQuestion:
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
    | { __typename: 'QuestionSuccess', question: { id: string } }
   };

export type DismissQuestionMutationVariables = Exact<{
  questionId: string | number;
}>;


export type DismissQuestionMutation = { dismissQuestion:
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
    | { __typename: 'QuestionSuccess', question: { id: string } }
   };

export type ReopenQuestionMutationVariables = Exact<{
  questionId: string | number;
}>;


export type ReopenQuestionMutation = { reopenQuestion:
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
    | { __typename: 'QuestionSuccess', question: { id: string } }
   };

export type MessagePartsFragment = (
  { editedAt: string | null, hiddenBy: string | null, replyTo: { id: string, text: string | null } | null }
  & PostedPartsFragment
);

export type PostedPartsFragment = { id: string, at: string, state: MessageState, text: string | null, author: { participantId: string | null, userId: string | null, name: string, role: RoomRole | null, host: boolean }, replyTo: { id: string, state: MessageState, author: { participantId: string | null, name: string } } | null, mentions: Array<{ participantId: string | null, name: string }> };

export type MessageChangeFragment = { id: string, state: MessageState, editedAt: string | null, text: string | null, hiddenBy: string | null };

export type PinnedPartsFragment = { id: string, text: string | null, author: { name: string } };

export type ChannelPartsFragment = { id: string, revision: number, tools: { chat: ChatMode, slowModeSeconds: number, pinned: PinnedPartsFragment | null } | null, myParticipant: { id: string, muted: boolean | null, mutedUntil: string | null } | null, messages: { edges: Array<{ cursor: string, node: MessagePartsFragment }>, pageInfo: { hasNextPage: boolean } } | null };

export type MessagesQueryVariables = Exact<{
  roomId: string | number;
  channel: Channel;
  first: number;
  after?: string | null | undefined;
}>;


export type MessagesQuery = { room: ChannelPartsFragment | null };

export type MessageCursorsQueryVariables = Exact<{
  roomId: string | number;
  channel: Channel;
  after?: string | null | undefined;
}>;


export type MessageCursorsQuery = { room: { id: string, messages: { edges: Array<{ cursor: string, node: { id: string } }> } | null } | null };

type TalkEvents_AnswerHidden_Fragment = { id: string };

type TalkEvents_AskerMuted_Fragment = { id: string };

type TalkEvents_ChannelCleared_Fragment = { channel: Channel, restored: boolean, id: string };

type TalkEvents_DeviceMoved_Fragment = { id: string };

type TalkEvents_DeviceReleased_Fragment = { id: string };

type TalkEvents_Exported_Fragment = { id: string };

type TalkEvents_HandLowered_Fragment = { id: string };

type TalkEvents_HandsLowered_Fragment = { id: string };

type TalkEvents_HandsRaised_Fragment = { id: string };

type TalkEvents_HostAsked_Fragment = { id: string };

type TalkEvents_InteractionChanged_Fragment = { id: string };

type TalkEvents_InvitationCreated_Fragment = { id: string };

type TalkEvents_InvitationOpened_Fragment = { id: string };

type TalkEvents_InvitationRedeemed_Fragment = { id: string };

type TalkEvents_InvitationRevoked_Fragment = { id: string };

type TalkEvents_InvitationUpdated_Fragment = { id: string };

type TalkEvents_LinkRegenerated_Fragment = { id: string };

type TalkEvents_MailsChanged_Fragment = { id: string };

type TalkEvents_ManagerAdded_Fragment = { id: string };

type TalkEvents_ManagerRemoved_Fragment = { id: string };

type TalkEvents_MessagePinned_Fragment = { channel: Channel, id: string, pinned: PinnedPartsFragment | null };

type TalkEvents_MessagesChanged_Fragment = { channel: Channel, id: string, messages: Array<MessageChangeFragment> };

type TalkEvents_MessagesHidden_Fragment = { participantId: string, id: string };

type TalkEvents_MessagesPosted_Fragment = { channel: Channel, id: string, messages: Array<PostedPartsFragment> };

type TalkEvents_OwnQuestionChanged_Fragment = { id: string };

type TalkEvents_ParticipantChanged_Fragment = { id: string };

type TalkEvents_ParticipantMuted_Fragment = { muted: boolean, until: string | null, id: string, participant: { id: string } };

type TalkEvents_ParticipantRemoved_Fragment = { id: string };

type TalkEvents_QuestionChanged_Fragment = { id: string };

type TalkEvents_QuestionsAsked_Fragment = { id: string };

type TalkEvents_RedemptionRefused_Fragment = { id: string };

type TalkEvents_ResultsShared_Fragment = { id: string };

type TalkEvents_ResyncRequired_Fragment = { id: string };

type TalkEvents_RoleDelivered_Fragment = { id: string };

type TalkEvents_RoleDemoted_Fragment = { id: string };

type TalkEvents_RolePromoted_Fragment = { id: string };

type TalkEvents_RoomDeleted_Fragment = { id: string };

type TalkEvents_RoomUpdated_Fragment = { id: string };

type TalkEvents_SessionCancelled_Fragment = { id: string };

type TalkEvents_SessionEnded_Fragment = { id: string };

type TalkEvents_SessionRescheduled_Fragment = { id: string };

type TalkEvents_SessionScheduled_Fragment = { id: string };

type TalkEvents_SessionStarted_Fragment = { id: string };

type TalkEvents_ToolsChanged_Fragment = { id: string, tools: { chat: ChatMode, slowModeSeconds: number } | null };

export type TalkEventsFragment =
  | TalkEvents_AnswerHidden_Fragment
  | TalkEvents_AskerMuted_Fragment
  | TalkEvents_ChannelCleared_Fragment
  | TalkEvents_DeviceMoved_Fragment
  | TalkEvents_DeviceReleased_Fragment
  | TalkEvents_Exported_Fragment
  | TalkEvents_HandLowered_Fragment
  | TalkEvents_HandsLowered_Fragment
  | TalkEvents_HandsRaised_Fragment
  | TalkEvents_HostAsked_Fragment
  | TalkEvents_InteractionChanged_Fragment
  | TalkEvents_InvitationCreated_Fragment
  | TalkEvents_InvitationOpened_Fragment
  | TalkEvents_InvitationRedeemed_Fragment
  | TalkEvents_InvitationRevoked_Fragment
  | TalkEvents_InvitationUpdated_Fragment
  | TalkEvents_LinkRegenerated_Fragment
  | TalkEvents_MailsChanged_Fragment
  | TalkEvents_ManagerAdded_Fragment
  | TalkEvents_ManagerRemoved_Fragment
  | TalkEvents_MessagePinned_Fragment
  | TalkEvents_MessagesChanged_Fragment
  | TalkEvents_MessagesHidden_Fragment
  | TalkEvents_MessagesPosted_Fragment
  | TalkEvents_OwnQuestionChanged_Fragment
  | TalkEvents_ParticipantChanged_Fragment
  | TalkEvents_ParticipantMuted_Fragment
  | TalkEvents_ParticipantRemoved_Fragment
  | TalkEvents_QuestionChanged_Fragment
  | TalkEvents_QuestionsAsked_Fragment
  | TalkEvents_RedemptionRefused_Fragment
  | TalkEvents_ResultsShared_Fragment
  | TalkEvents_ResyncRequired_Fragment
  | TalkEvents_RoleDelivered_Fragment
  | TalkEvents_RoleDemoted_Fragment
  | TalkEvents_RolePromoted_Fragment
  | TalkEvents_RoomDeleted_Fragment
  | TalkEvents_RoomUpdated_Fragment
  | TalkEvents_SessionCancelled_Fragment
  | TalkEvents_SessionEnded_Fragment
  | TalkEvents_SessionRescheduled_Fragment
  | TalkEvents_SessionScheduled_Fragment
  | TalkEvents_SessionStarted_Fragment
  | TalkEvents_ToolsChanged_Fragment
;

export type SendMessageMutationVariables = Exact<{
  input: SendMessageInput;
}>;


export type SendMessageMutation = { sendMessage:
    | { __typename: 'MessageSuccess', chatMessage: { id: string } }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type EditMessageMutationVariables = Exact<{
  input: EditMessageInput;
}>;


export type EditMessageMutation = { editMessage:
    | { __typename: 'MessageSuccess', chatMessage: { id: string } }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type DeleteMessageMutationVariables = Exact<{
  messageId: string | number;
}>;


export type DeleteMessageMutation = { deleteMessage:
    | { __typename: 'MessageSuccess', chatMessage: { id: string } }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type HideMessageMutationVariables = Exact<{
  messageId: string | number;
}>;


export type HideMessageMutation = { hideMessage:
    | { __typename: 'MessageSuccess', chatMessage: { id: string } }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type RestoreMessageMutationVariables = Exact<{
  messageId: string | number;
}>;


export type RestoreMessageMutation = { restoreMessage:
    | { __typename: 'MessageSuccess', chatMessage: { id: string } }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type PinMessageMutationVariables = Exact<{
  messageId: string | number;
}>;


export type PinMessageMutation = { pinMessage:
    | { __typename: 'MessageSuccess', chatMessage: { id: string } }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type UnpinMessageMutationVariables = Exact<{
  roomId: string | number;
  channel: Channel;
}>;


export type UnpinMessageMutation = { unpinMessage:
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
    | { __typename: 'ToolsSuccess', room: { id: string } }
   };

export type HideMessagesOfMutationVariables = Exact<{
  participantId: string | number;
}>;


export type HideMessagesOfMutation = { hideMessagesOf:
    | { __typename: 'ParticipantSuccess', participant: { id: string } }
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
   };

export type UpdateToolsMutationVariables = Exact<{
  input: UpdateToolsInput;
}>;


export type UpdateToolsMutation = { updateTools:
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
    | { __typename: 'ToolsSuccess', room: { id: string } }
   };

export type ClearChannelMutationVariables = Exact<{
  roomId: string | number;
  channel: Channel;
  on: boolean;
}>;


export type ClearChannelMutation = { clearChannel:
    | (
      { __typename: 'Problem' }
      & ProblemPartsFragment
    )
    | { __typename: 'ToolsSuccess', room: { id: string } }
   };

export type MissedQueryVariables = Exact<{
  roomId: string | number;
  after: number;
}>;


export type MissedQuery = { room: { id: string, missed: { messages: number, questions: number, interactions: number } } | null };

export const SessionPartsFragmentDoc = gql`
    fragment SessionParts on Session {
  id
  state
  startsAt
  endsAt
  openedAt
  endedAt
  sequence
}
    ` as unknown as DocumentNode<SessionPartsFragment, unknown>;
export const RoomPartsFragmentDoc = gql`
    fragment RoomParts on Room {
  id
  title
  description
  timeZone
  chatAndCollaboration
  access
  admission
  canInvite
  siteInvitations
  session {
    ...SessionParts
  }
}
    ` as unknown as DocumentNode<RoomPartsFragment, unknown>;
export const RoomManagersFragmentDoc = gql`
    fragment RoomManagers on Room {
  id
  managers {
    role
    user {
      id
      name
      email
    }
  }
}
    ` as unknown as DocumentNode<RoomManagersFragment, unknown>;
export const MailPartsFragmentDoc = gql`
    fragment MailParts on Mail {
  id
  kind
  state
  sentAt
  nextTryAt
  fault
}
    ` as unknown as DocumentNode<MailPartsFragment, unknown>;
export const InvitationPartsFragmentDoc = gql`
    fragment InvitationParts on Invitation {
  id
  email
  firstName
  lastName
  name
  role
  status
  link
  expiresAt
  createdAt
  openedAt
  redeemedAt
  revokedAt
  device
  hostAskedAt
  hostMessage
  hostAskedFor
  vouchedUntil
  session {
    id
    state
    startsAt
    endsAt
  }
  participant {
    id
    state
    role
  }
  mails {
    ...MailParts
  }
}
    ` as unknown as DocumentNode<InvitationPartsFragment, unknown>;
export const PersonPartsFragmentDoc = gql`
    fragment PersonParts on Participant {
  id
  displayName
  guest
  state
  online
  role
  managerRole
}
    ` as unknown as DocumentNode<PersonPartsFragment, unknown>;
export const AttendeePartsFragmentDoc = gql`
    fragment AttendeeParts on Participant {
  ...PersonParts
  roleRevision
  roleDelivered
  waitingSince
  mayChangeRole
  rolesToGive
  mayRemove
  mayUnblock
  session {
    id
  }
}
    ` as unknown as DocumentNode<AttendeePartsFragment, unknown>;
export const EventPartsFragmentDoc = gql`
    fragment EventParts on RoomEvent {
  __typename
  id
  revision
  at
  actor
  subject
  room {
    id
  }
  ... on RoomUpdated {
    room {
      ...RoomParts
    }
  }
  ... on ManagerAdded {
    room {
      ...RoomManagers
    }
    manager {
      role
      user {
        id
        name
        email
      }
    }
  }
  ... on ManagerRemoved {
    room {
      ...RoomManagers
    }
    user {
      id
      name
      email
    }
  }
  ... on SessionScheduled {
    plannedFor
    room {
      ...RoomParts
    }
  }
  ... on SessionRescheduled {
    startsAt
    room {
      ...RoomParts
    }
  }
  ... on SessionStarted {
    room {
      ...RoomParts
    }
  }
  ... on SessionEnded {
    room {
      ...RoomParts
    }
  }
  ... on SessionCancelled {
    room {
      ...RoomParts
    }
  }
  ... on InvitationCreated {
    invitedAs
    invitation {
      ...InvitationParts
    }
  }
  ... on InvitationUpdated {
    invitedAs
    invitation {
      ...InvitationParts
    }
  }
  ... on InvitationOpened {
    invitation {
      ...InvitationParts
    }
  }
  ... on InvitationRedeemed {
    role
    device
    invitation {
      ...InvitationParts
    }
    participant {
      ...AttendeeParts
    }
  }
  ... on Exported {
    what
  }
  ... on RedemptionRefused {
    code
    invitation {
      ...InvitationParts
    }
  }
  ... on InvitationRevoked {
    invitation {
      ...InvitationParts
    }
  }
  ... on DeviceReleased {
    invitation {
      ...InvitationParts
    }
  }
  ... on DeviceMoved {
    device
    invitation {
      ...InvitationParts
    }
  }
  ... on LinkRegenerated {
    invitation {
      ...InvitationParts
    }
  }
  ... on HostAsked {
    message
    invitation {
      ...InvitationParts
    }
  }
  ... on ParticipantChanged {
    previousState
    state
    role
    participant {
      ...AttendeeParts
    }
  }
  ... on ParticipantRemoved {
    blocked
    participant {
      ...AttendeeParts
    }
  }
  ... on RolePromoted {
    previousRole
    role
    participant {
      ...AttendeeParts
    }
  }
  ... on RoleDemoted {
    previousRole
    role
    participant {
      ...AttendeeParts
    }
  }
  ... on MailsChanged {
    count
    mails {
      ...MailParts
      invitation {
        id
      }
    }
  }
  ... on RoleDelivered {
    participant {
      ...AttendeeParts
    }
  }
}
    ` as unknown as DocumentNode<EventPartsFragment, unknown>;
export const HandEventsFragmentDoc = gql`
    fragment HandEvents on RoomEvent {
  id
  ... on HandLowered {
    end
    participant {
      id
    }
  }
  ... on ToolsChanged {
    tools {
      hands
      reactions
    }
  }
}
    ` as unknown as DocumentNode<HandEventsFragment, unknown>;
export const OwnHandPartsFragmentDoc = gql`
    fragment OwnHandParts on Room {
  id
  revision
  tools {
    hands
    reactions
  }
  myParticipant {
    id
    role
    handRaisedAt
    handPosition
    handsDeclined
  }
}
    ` as unknown as DocumentNode<OwnHandPartsFragment, unknown>;
export const ProblemPartsFragmentDoc = gql`
    fragment ProblemParts on Problem {
  code
  message
  nextSteps
  field
  retryAt
  attemptsLeft
}
    ` as unknown as DocumentNode<ProblemPartsFragment, unknown>;
export const InvitationResultPartsFragmentDoc = gql`
    fragment InvitationResultParts on InvitationResult {
  __typename
  ... on InvitationSuccess {
    invitation {
      ...InvitationParts
    }
  }
  ...ProblemParts
  ... on Problem {
    standingInvitation {
      ...InvitationParts
    }
  }
}
    ` as unknown as DocumentNode<InvitationResultPartsFragment, unknown>;
export const SiteMailFragmentDoc = gql`
    fragment SiteMail on Site {
  mail
  repliesTo
}
    ` as unknown as DocumentNode<SiteMailFragment, unknown>;
export const LinkPartsFragmentDoc = gql`
    fragment LinkParts on InvitationLink {
  problem {
    ...ProblemParts
  }
  participant {
    id
    displayName
    room {
      id
    }
  }
  roomTitle
  roomDescription
  timeZone
  invitedBy
  role
  session {
    ...SessionParts
  }
  expiresAt
  hostAsked
  hostAskedAt
  signInRequired
  matchesAccount
  needsCode
  codeFailed
  serverTime
}
    ` as unknown as DocumentNode<LinkPartsFragment, unknown>;
export const ListedPartsFragmentDoc = gql`
    fragment ListedParts on Participant {
  ...AttendeeParts
  muted
  mutedUntil
}
    ` as unknown as DocumentNode<ListedPartsFragment, unknown>;
export const AwayPartsFragmentDoc = gql`
    fragment AwayParts on AwayCounts {
  countdown
  lobby
  waiting
  inRoom
}
    ` as unknown as DocumentNode<AwayPartsFragment, unknown>;
export const AttendeeResultFragmentDoc = gql`
    fragment AttendeeResult on ParticipantResult {
  __typename
  ... on ParticipantSuccess {
    participant {
      id
      state
      role
      roleRevision
      waitingSince
    }
  }
  ...ProblemParts
}
    ` as unknown as DocumentNode<AttendeeResultFragment, unknown>;
export const HandOverPartsFragmentDoc = gql`
    fragment HandOverParts on HandOver {
  id
  state
  expiresAt
  browser
  participant {
    id
    room {
      id
    }
  }
}
    ` as unknown as DocumentNode<HandOverPartsFragment, unknown>;
export const HandOverShownFragmentDoc = gql`
    fragment HandOverShown on HandOver {
  ...HandOverParts
  url
  digits
}
    ` as unknown as DocumentNode<HandOverShownFragment, unknown>;
export const PlaceMovedFragmentDoc = gql`
    fragment PlaceMoved on Participant {
  id
  state
  online
  role
  roleRevision
  queuePosition
  waitingSince
  mayAskAgain
  asksUnderApproval: asksToEnter(admission: APPROVAL)
  asksUnderAutomatic: asksToEnter(admission: AUTOMATIC)
}
    ` as unknown as DocumentNode<PlaceMovedFragment, unknown>;
export const PlacePartsFragmentDoc = gql`
    fragment PlaceParts on Participant {
  ...PersonParts
  roleRevision
  queuePosition
  waitingSince
  mayAskAgain
  asksUnderApproval: asksToEnter(admission: APPROVAL)
  asksUnderAutomatic: asksToEnter(admission: AUTOMATIC)
  invitedBy
  session {
    id
  }
}
    ` as unknown as DocumentNode<PlacePartsFragment, unknown>;
export const RoomRolesFragmentDoc = gql`
    fragment RoomRoles on Room {
  id
  roles {
    role
    capabilities
  }
}
    ` as unknown as DocumentNode<RoomRolesFragment, unknown>;
export const HerePartsFragmentDoc = gql`
    fragment HereParts on Room {
  id
  revision
  participants(first: 100, state: [IN_ROOM]) {
    nodes {
      ...PersonParts
    }
    pageInfo {
      hasNextPage
    }
  }
}
    ` as unknown as DocumentNode<HerePartsFragment, unknown>;
export const RoomResultPartsFragmentDoc = gql`
    fragment RoomResultParts on RoomResult {
  __typename
  ... on RoomSuccess {
    room {
      ...RoomParts
      ...RoomManagers
      myRights
    }
  }
  ...ProblemParts
}
    ` as unknown as DocumentNode<RoomResultPartsFragment, unknown>;
export const SessionResultPartsFragmentDoc = gql`
    fragment SessionResultParts on SessionResult {
  __typename
  ... on SessionSuccess {
    session {
      ...SessionParts
    }
    room {
      ...RoomParts
    }
  }
  ...ProblemParts
}
    ` as unknown as DocumentNode<SessionResultPartsFragment, unknown>;
export const AccountPartsFragmentDoc = gql`
    fragment AccountParts on Account {
  id
  disabled
  hasPassword
  lastSeenAt
  passwordMail {
    ...MailParts
  }
  user {
    id
    name
    email
    siteRole
  }
}
    ` as unknown as DocumentNode<AccountPartsFragment, unknown>;
export const PolicyPartsFragmentDoc = gql`
    fragment PolicyParts on SitePolicy {
  invitations
  requireSignIn
  moveDevices
  blockedDomains
  allowedDomains
  proof
}
    ` as unknown as DocumentNode<PolicyPartsFragment, unknown>;
export const PollPartsFragmentDoc = gql`
    fragment PollParts on Interaction {
  id
  kind
  title
  state
  options {
    id
    text
    correct
    answers
  }
  maxChoices
  named
  share
  resultsShared
  timeLimitSeconds
  lowest
  highest
  stopsAt
  answers
  turnout
}
    ` as unknown as DocumentNode<PollPartsFragment, unknown>;
export const OwnPollPartsFragmentDoc = gql`
    fragment OwnPollParts on Interaction {
  ...PollParts
  myAnswer {
    choices
    texts
  }
}
    ` as unknown as DocumentNode<OwnPollPartsFragment, unknown>;
export const PollEventsFragmentDoc = gql`
    fragment PollEvents on RoomEvent {
  id
  ... on InteractionChanged {
    interactionId
    to
    poll: interaction {
      ...PollParts
    }
  }
  ... on ResultsShared {
    interactionId
    poll: interaction {
      ...PollParts
    }
  }
  ... on AnswerHidden {
    interactionId
    answerId
  }
}
    ` as unknown as DocumentNode<PollEventsFragment, unknown>;
export const NewPartsFragmentDoc = gql`
    fragment NewParts on Question {
  id
  at
  text
  state
  anonymous
  upvotes
  author {
    participantId
    name
  }
}
    ` as unknown as DocumentNode<NewPartsFragment, unknown>;
export const AskedPartsFragmentDoc = gql`
    fragment AskedParts on Question {
  ...NewParts
  takenBy {
    participantId
    userId
    name
  }
  answer
  answeredPrivately
  answeredBy {
    name
  }
  askerMuted
}
    ` as unknown as DocumentNode<AskedPartsFragment, unknown>;
export const QuestionPartsFragmentDoc = gql`
    fragment QuestionParts on Question {
  ...AskedParts
  privateAnswer
  mine
  upvoted
}
    ` as unknown as DocumentNode<QuestionPartsFragment, unknown>;
export const QuestionPageFragmentDoc = gql`
    fragment QuestionPage on QuestionConnection {
  nodes {
    ...QuestionParts
  }
  pageInfo {
    hasNextPage
    endCursor
  }
}
    ` as unknown as DocumentNode<QuestionPageFragment, unknown>;
export const QuestionRulesFragmentDoc = gql`
    fragment QuestionRules on RoomTools {
  questions
  anonymousQuestions
}
    ` as unknown as DocumentNode<QuestionRulesFragment, unknown>;
export const QuestionEventsFragmentDoc = gql`
    fragment QuestionEvents on RoomEvent {
  id
  ... on QuestionsAsked {
    questions {
      ...NewParts
    }
  }
  ... on QuestionChanged {
    questionId
    previousQuestionState
    questionState
    privateAnswer
    question {
      ...AskedParts
    }
  }
  ... on OwnQuestionChanged {
    questionId
    questionState
    privateAnswer
    question {
      ...NewParts
      answeredPrivately
      answeredBy {
        name
      }
    }
  }
  ... on AskerMuted {
    muted
    until
  }
  ... on ToolsChanged {
    tools {
      ...QuestionRules
    }
  }
}
    ` as unknown as DocumentNode<QuestionEventsFragment, unknown>;
export const PinnedPartsFragmentDoc = gql`
    fragment PinnedParts on ChatMessage {
  id
  text
  author {
    name
  }
}
    ` as unknown as DocumentNode<PinnedPartsFragment, unknown>;
export const PostedPartsFragmentDoc = gql`
    fragment PostedParts on ChatMessage {
  id
  at
  author {
    participantId
    userId
    name
    role
    host
  }
  state
  text
  replyTo {
    id
    state
    author {
      participantId
      name
    }
  }
  mentions {
    participantId
    name
  }
}
    ` as unknown as DocumentNode<PostedPartsFragment, unknown>;
export const MessagePartsFragmentDoc = gql`
    fragment MessageParts on ChatMessage {
  ...PostedParts
  replyTo {
    id
    text
  }
  editedAt
  hiddenBy
}
    ` as unknown as DocumentNode<MessagePartsFragment, unknown>;
export const ChannelPartsFragmentDoc = gql`
    fragment ChannelParts on Room {
  id
  revision
  tools {
    chat
    slowModeSeconds
    pinned(channel: $channel) {
      ...PinnedParts
    }
  }
  myParticipant {
    id
    muted
    mutedUntil
  }
  messages(channel: $channel, first: $first, after: $after) {
    edges {
      cursor
      node {
        ...MessageParts
      }
    }
    pageInfo {
      hasNextPage
    }
  }
}
    ` as unknown as DocumentNode<ChannelPartsFragment, unknown>;
export const MessageChangeFragmentDoc = gql`
    fragment MessageChange on ChatMessage {
  id
  state
  editedAt
  text
  hiddenBy
}
    ` as unknown as DocumentNode<MessageChangeFragment, unknown>;
export const TalkEventsFragmentDoc = gql`
    fragment TalkEvents on RoomEvent {
  id
  ... on MessagesPosted {
    channel
    messages {
      ...PostedParts
    }
  }
  ... on MessagesChanged {
    channel
    messages {
      ...MessageChange
    }
  }
  ... on MessagesHidden {
    participantId
  }
  ... on ChannelCleared {
    channel
    restored
  }
  ... on MessagePinned {
    channel
    pinned {
      ...PinnedParts
    }
  }
  ... on ToolsChanged {
    tools {
      chat
      slowModeSeconds
    }
  }
  ... on ParticipantMuted {
    muted
    until
    participant {
      id
    }
  }
}
    ` as unknown as DocumentNode<TalkEventsFragment, unknown>;
export const ActivityDocument = gql`
    query Activity($roomId: ID!, $first: Int!, $before: Int) {
  room(id: $roomId) {
    id
    events(first: $first, before: $before) {
      ...EventParts
    }
  }
}
    ${EventPartsFragmentDoc}
${RoomPartsFragmentDoc}
${SessionPartsFragmentDoc}
${RoomManagersFragmentDoc}
${InvitationPartsFragmentDoc}
${MailPartsFragmentDoc}
${AttendeePartsFragmentDoc}
${PersonPartsFragmentDoc}` as unknown as DocumentNode<ActivityQuery, ActivityQueryVariables>;
export const OwnHandDocument = gql`
    query OwnHand($roomId: ID!) {
  room(id: $roomId) {
    ...OwnHandParts
  }
}
    ${OwnHandPartsFragmentDoc}` as unknown as DocumentNode<OwnHandQuery, OwnHandQueryVariables>;
export const HandsDocument = gql`
    query Hands($roomId: ID!, $first: Int!, $after: Cursor) {
  room(id: $roomId) {
    id
    tools {
      hands
      reactions
    }
    hands(first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        role
        note
        raisedAt
        position
        participant {
          id
          displayName
          role
          roleRevision
          rolesToGive
        }
      }
    }
  }
}
    ` as unknown as DocumentNode<HandsQuery, HandsQueryVariables>;
export const RaiseHandDocument = gql`
    mutation RaiseHand($roomId: ID!, $role: RoomRole!, $note: String) {
  raiseHand(roomId: $roomId, role: $role, note: $note) {
    __typename
    ... on ParticipantSuccess {
      participant {
        id
        handRaisedAt
        handPosition
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<RaiseHandMutation, RaiseHandMutationVariables>;
export const LowerHandDocument = gql`
    mutation LowerHand($participantId: ID!) {
  lowerHand(participantId: $participantId) {
    __typename
    ... on ParticipantSuccess {
      participant {
        id
        handRaisedAt
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<LowerHandMutation, LowerHandMutationVariables>;
export const DeclineHandDocument = gql`
    mutation DeclineHand($participantId: ID!) {
  declineHand(participantId: $participantId) {
    __typename
    ... on ParticipantSuccess {
      participant {
        id
        handRaisedAt
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<DeclineHandMutation, DeclineHandMutationVariables>;
export const ReactDocument = gql`
    mutation React($roomId: ID!, $reaction: Reaction!) {
  react(roomId: $roomId, reaction: $reaction) {
    __typename
    ... on ToolsSuccess {
      room {
        id
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<ReactMutation, ReactMutationVariables>;
export const LowerAllHandsDocument = gql`
    mutation LowerAllHands($roomId: ID!) {
  lowerAllHands(roomId: $roomId) {
    __typename
    ... on ToolsSuccess {
      room {
        id
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<LowerAllHandsMutation, LowerAllHandsMutationVariables>;
export const ServerTimeDocument = gql`
    query ServerTime {
  serverTime
}
    ` as unknown as DocumentNode<ServerTimeQuery, ServerTimeQueryVariables>;
export const SitePolicyDocument = gql`
    query SitePolicy {
  sitePolicy {
    ...PolicyParts
  }
}
    ${PolicyPartsFragmentDoc}` as unknown as DocumentNode<SitePolicyQuery, SitePolicyQueryVariables>;
export const InvitationsDocument = gql`
    query Invitations($roomId: ID!, $sessionId: ID, $first: Int!, $after: Cursor, $status: [InvitationStatus!], $search: String, $asking: Boolean! = false) {
  room(id: $roomId) {
    revision
    id
    invitations(
      sessionId: $sessionId
      first: $first
      after: $after
      status: $status
      search: $search
      asking: $asking
    ) {
      edges {
        cursor
        node {
          ...InvitationParts
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount
    }
  }
}
    ${InvitationPartsFragmentDoc}
${MailPartsFragmentDoc}` as unknown as DocumentNode<InvitationsQuery, InvitationsQueryVariables>;
export const InviteUserDocument = gql`
    mutation InviteUser($input: InviteUserInput!) {
  inviteUser(input: $input) {
    ...InvitationResultParts
  }
}
    ${InvitationResultPartsFragmentDoc}
${InvitationPartsFragmentDoc}
${MailPartsFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<InviteUserMutation, InviteUserMutationVariables>;
export const InvitePreviewDocument = gql`
    query InvitePreview($roomId: ID!, $text: String, $file: Bytes, $rows: [InviteRow!], $role: RoomRole) {
  invitePreview(
    roomId: $roomId
    text: $text
    file: $file
    rows: $rows
    role: $role
  ) {
    __typename
    ... on InvitePreviewSuccess {
      left
      more
      skippedColumns
      linesBefore
      windows1252
      rows {
        row
        line
        outcome
        email
        firstName
        lastName
        oneName
        names
        role
        doubt
        suggestion
        same
        problem {
          ...ProblemParts
        }
        invitation {
          id
          role
          revokedAt
        }
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<InvitePreviewQuery, InvitePreviewQueryVariables>;
export const LastSessionsDocument = gql`
    query LastSessions($roomId: ID!) {
  room(id: $roomId) {
    id
    sessions(first: 5) {
      nodes {
        id
      }
    }
  }
}
    ` as unknown as DocumentNode<LastSessionsQuery, LastSessionsQueryVariables>;
export const InvitationTimelineDocument = gql`
    query InvitationTimeline($id: ID!) {
  node(id: $id) {
    __typename
    id
    ... on Invitation {
      events(first: 50) {
        ...EventParts
      }
    }
  }
}
    ${EventPartsFragmentDoc}
${RoomPartsFragmentDoc}
${SessionPartsFragmentDoc}
${RoomManagersFragmentDoc}
${InvitationPartsFragmentDoc}
${MailPartsFragmentDoc}
${AttendeePartsFragmentDoc}
${PersonPartsFragmentDoc}` as unknown as DocumentNode<InvitationTimelineQuery, InvitationTimelineQueryVariables>;
export const UpdateInvitationDocument = gql`
    mutation UpdateInvitation($input: UpdateInvitationInput!) {
  updateInvitation(input: $input) {
    ...InvitationResultParts
  }
}
    ${InvitationResultPartsFragmentDoc}
${InvitationPartsFragmentDoc}
${MailPartsFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<UpdateInvitationMutation, UpdateInvitationMutationVariables>;
export const RegenerateLinkDocument = gql`
    mutation RegenerateLink($invitationId: ID!, $send: Boolean! = false) {
  regenerateLink(invitationId: $invitationId, send: $send) {
    ...InvitationResultParts
  }
}
    ${InvitationResultPartsFragmentDoc}
${InvitationPartsFragmentDoc}
${MailPartsFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<RegenerateLinkMutation, RegenerateLinkMutationVariables>;
export const ReleaseDeviceDocument = gql`
    mutation ReleaseDevice($invitationId: ID!) {
  releaseDevice(invitationId: $invitationId) {
    ...InvitationResultParts
  }
}
    ${InvitationResultPartsFragmentDoc}
${InvitationPartsFragmentDoc}
${MailPartsFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<ReleaseDeviceMutation, ReleaseDeviceMutationVariables>;
export const RevokeInvitationDocument = gql`
    mutation RevokeInvitation($invitationId: ID!, $notify: Boolean! = false) {
  revokeInvitation(invitationId: $invitationId, notify: $notify) {
    ...InvitationResultParts
  }
}
    ${InvitationResultPartsFragmentDoc}
${InvitationPartsFragmentDoc}
${MailPartsFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<RevokeInvitationMutation, RevokeInvitationMutationVariables>;
export const VouchForDocument = gql`
    mutation VouchFor($invitationId: ID!) {
  vouchFor(invitationId: $invitationId) {
    ...InvitationResultParts
  }
}
    ${InvitationResultPartsFragmentDoc}
${InvitationPartsFragmentDoc}
${MailPartsFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<VouchForMutation, VouchForMutationVariables>;
export const InviteUsersDocument = gql`
    mutation InviteUsers($input: InviteUsersInput!) {
  inviteUsers(input: $input) {
    __typename
    ... on InviteUsersSuccess {
      invited
      rows {
        row
        outcome
        email
        firstName
        lastName
        problem {
          ...ProblemParts
        }
        invitation {
          ...InvitationParts
        }
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}
${InvitationPartsFragmentDoc}
${MailPartsFragmentDoc}` as unknown as DocumentNode<InviteUsersMutation, InviteUsersMutationVariables>;
export const InvitingDocument = gql`
    query Inviting($roomId: ID!) {
  room(id: $roomId) {
    id
    canInvite
    siteInvitations
  }
}
    ` as unknown as DocumentNode<InvitingQuery, InvitingQueryVariables>;
export const ReadAddressDocument = gql`
    query ReadAddress($text: String!) {
  readAddress(text: $text) {
    __typename
    ... on ReadAddress {
      email
      firstName
      lastName
      suggestion
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<ReadAddressQuery, ReadAddressQueryVariables>;
export const SiteSendsDocument = gql`
    query SiteSends {
  site {
    ...SiteMail
  }
}
    ${SiteMailFragmentDoc}` as unknown as DocumentNode<SiteSendsQuery, SiteSendsQueryVariables>;
export const SendInvitationsDocument = gql`
    mutation SendInvitations($input: SendInvitationsInput!) {
  sendInvitations(input: $input) {
    __typename
    ... on SendInvitationsSuccess {
      queued
      skipped
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<SendInvitationsMutation, SendInvitationsMutationVariables>;
export const NotJoinedDocument = gql`
    query NotJoined($roomId: ID!, $sessionId: ID!) {
  room(id: $roomId) {
    id
    invitations(sessionId: $sessionId, first: 1, status: [PENDING, OPENED]) {
      totalCount
    }
  }
  site {
    mail
  }
}
    ` as unknown as DocumentNode<NotJoinedQuery, NotJoinedQueryVariables>;
export const MoveInvitationDocument = gql`
    mutation MoveInvitation($input: MoveInvitationInput!) {
  moveInvitation(input: $input) {
    __typename
    ... on RedeemInvitationSuccess {
      participant {
        id
        room {
          id
        }
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<MoveInvitationMutation, MoveInvitationMutationVariables>;
export const SendCodeDocument = gql`
    mutation SendCode($input: SendCodeInput!) {
  sendCode(input: $input) {
    __typename
    ... on SendCodeSuccess {
      nextCodeAt
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<SendCodeMutation, SendCodeMutationVariables>;
export const LinkLookDocument = gql`
    query LinkLook($token: String!) {
  invitationLink(token: $token) {
    link
    ...LinkParts
  }
  me {
    user {
      id
      name
      email
    }
  }
}
    ${LinkPartsFragmentDoc}
${ProblemPartsFragmentDoc}
${SessionPartsFragmentDoc}` as unknown as DocumentNode<LinkLookQuery, LinkLookQueryVariables>;
export const LinkWatchDocument = gql`
    subscription LinkWatch($token: String!) {
  invitationLink(token: $token) {
    ...LinkParts
  }
}
    ${LinkPartsFragmentDoc}
${ProblemPartsFragmentDoc}
${SessionPartsFragmentDoc}` as unknown as DocumentNode<LinkWatchSubscription, LinkWatchSubscriptionVariables>;
export const AskHandOverDocument = gql`
    mutation AskHandOver($input: AskHandOverInput!) {
  askHandOver(input: $input) {
    __typename
    ... on HandOverSuccess {
      handOver {
        ...HandOverParts
      }
    }
    ...ProblemParts
  }
}
    ${HandOverPartsFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<AskHandOverMutation, AskHandOverMutationVariables>;
export const HandOverWatchDocument = gql`
    subscription HandOverWatch($id: ID!) {
  handOver(id: $id) {
    ...HandOverParts
  }
}
    ${HandOverPartsFragmentDoc}` as unknown as DocumentNode<HandOverWatchSubscription, HandOverWatchSubscriptionVariables>;
export const AskHostDocument = gql`
    mutation AskHost($input: AskHostInput!) {
  askHost(input: $input) {
    __typename
    ... on AskHostSuccess {
      link {
        ...LinkParts
      }
    }
    ...ProblemParts
  }
}
    ${LinkPartsFragmentDoc}
${ProblemPartsFragmentDoc}
${SessionPartsFragmentDoc}` as unknown as DocumentNode<AskHostMutation, AskHostMutationVariables>;
export const RedeemInvitationDocument = gql`
    mutation RedeemInvitation($input: RedeemInvitationInput!) {
  redeemInvitation(input: $input) {
    __typename
    ... on RedeemInvitationSuccess {
      participant {
        id
        room {
          id
        }
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<RedeemInvitationMutation, RedeemInvitationMutationVariables>;
export const PauseDocument = gql`
    query Pause($id: ID!) {
  node(id: $id) {
    id
    ... on Participant {
      muted
      mutedUntil
      room {
        id
        chatAndCollaboration
      }
    }
  }
}
    ` as unknown as DocumentNode<PauseQuery, PauseQueryVariables>;
export const MuteParticipantDocument = gql`
    mutation MuteParticipant($input: MuteInput!) {
  muteParticipant(input: $input) {
    __typename
    ... on ParticipantSuccess {
      participant {
        id
        muted
        mutedUntil
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<MuteParticipantMutation, MuteParticipantMutationVariables>;
export const UnmuteParticipantDocument = gql`
    mutation UnmuteParticipant($participantId: ID!) {
  unmuteParticipant(participantId: $participantId) {
    __typename
    ... on ParticipantSuccess {
      participant {
        id
        muted
        mutedUntil
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<UnmuteParticipantMutation, UnmuteParticipantMutationVariables>;
export const PeopleDocument = gql`
    query People($roomId: ID!, $first: Int!, $after: Cursor, $state: [ParticipantState!], $role: [RoomRole!], $online: Boolean, $search: String, $needsLook: Boolean! = false) {
  room(id: $roomId) {
    revision
    id
    participants(
      first: $first
      after: $after
      state: $state
      role: $role
      online: $online
      search: $search
      needsLook: $needsLook
    ) {
      edges {
        cursor
        node {
          ...ListedParts
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount
    }
  }
}
    ${ListedPartsFragmentDoc}
${AttendeePartsFragmentDoc}
${PersonPartsFragmentDoc}` as unknown as DocumentNode<PeopleQuery, PeopleQueryVariables>;
export const RoomRevisionDocument = gql`
    query RoomRevision($roomId: ID!) {
  room(id: $roomId) {
    id
    revision
  }
}
    ` as unknown as DocumentNode<RoomRevisionQuery, RoomRevisionQueryVariables>;
export const PeopleCountsDocument = gql`
    query PeopleCounts($roomId: ID!) {
  room(id: $roomId) {
    id
    counts {
      countdown
      lobby
      waiting
      inRoom
      left
      denied
      removed
      blocked
      away {
        ...AwayParts
      }
      roles {
        role
        countdown
        lobby
        waiting
        inRoom
        left
        denied
        removed
        blocked
        away {
          ...AwayParts
        }
      }
    }
    managers {
      role
      online
      inRoom
      user {
        id
        name
      }
    }
  }
}
    ${AwayPartsFragmentDoc}` as unknown as DocumentNode<PeopleCountsQuery, PeopleCountsQueryVariables>;
export const AdmitParticipantDocument = gql`
    mutation AdmitParticipant($participantId: ID!) {
  admitParticipant(participantId: $participantId) {
    ...AttendeeResult
  }
}
    ${AttendeeResultFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<AdmitParticipantMutation, AdmitParticipantMutationVariables>;
export const AdmitAllDocument = gql`
    mutation AdmitAll($roomId: ID!, $role: [RoomRole!]) {
  admitAll(roomId: $roomId, role: $role) {
    __typename
    ... on AdmitAllSuccess {
      admitted
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<AdmitAllMutation, AdmitAllMutationVariables>;
export const AdmitParticipantsDocument = gql`
    mutation AdmitParticipants($roomId: ID!, $participantIds: [ID!]!) {
  admitParticipants(roomId: $roomId, participantIds: $participantIds) {
    __typename
    ... on AdmitParticipantsSuccess {
      admitted
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<AdmitParticipantsMutation, AdmitParticipantsMutationVariables>;
export const DenyParticipantsDocument = gql`
    mutation DenyParticipants($roomId: ID!, $participantIds: [ID!]!) {
  denyParticipants(roomId: $roomId, participantIds: $participantIds) {
    __typename
    ... on DenyParticipantsSuccess {
      denied
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<DenyParticipantsMutation, DenyParticipantsMutationVariables>;
export const DenyAllDocument = gql`
    mutation DenyAll($roomId: ID!, $role: [RoomRole!]) {
  denyAll(roomId: $roomId, role: $role) {
    __typename
    ... on DenyAllSuccess {
      denied
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<DenyAllMutation, DenyAllMutationVariables>;
export const DenyParticipantDocument = gql`
    mutation DenyParticipant($participantId: ID!) {
  denyParticipant(participantId: $participantId) {
    ...AttendeeResult
  }
}
    ${AttendeeResultFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<DenyParticipantMutation, DenyParticipantMutationVariables>;
export const ChangeRoleDocument = gql`
    mutation ChangeRole($input: ChangeRoleInput!) {
  changeRole(input: $input) {
    ...AttendeeResult
  }
}
    ${AttendeeResultFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<ChangeRoleMutation, ChangeRoleMutationVariables>;
export const RemoveParticipantDocument = gql`
    mutation RemoveParticipant($participantId: ID!, $block: Boolean!) {
  removeParticipant(participantId: $participantId, block: $block) {
    ...AttendeeResult
  }
}
    ${AttendeeResultFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<RemoveParticipantMutation, RemoveParticipantMutationVariables>;
export const UnblockParticipantDocument = gql`
    mutation UnblockParticipant($participantId: ID!) {
  unblockParticipant(participantId: $participantId) {
    ...AttendeeResult
  }
}
    ${AttendeeResultFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<UnblockParticipantMutation, UnblockParticipantMutationVariables>;
export const PresenceDocument = gql`
    subscription Presence($roomId: ID!) {
  presence(roomId: $roomId) {
    online
    inRoom
    changed {
      id
      online
    }
  }
}
    ` as unknown as DocumentNode<PresenceSubscription, PresenceSubscriptionVariables>;
export const UserSearchDocument = gql`
    query UserSearch($roomId: ID!, $query: String!) {
  userSearch(roomId: $roomId, query: $query, first: 8) {
    user {
      id
      email
      firstName
      lastName
      name
    }
    invitation {
      id
      role
      status
    }
    managerRole
  }
}
    ` as unknown as DocumentNode<UserSearchQuery, UserSearchQueryVariables>;
export const InvitedBeforeDocument = gql`
    query InvitedBefore($roomId: ID!, $query: String!) {
  invitedBefore(roomId: $roomId, query: $query, first: 5) {
    last {
      id
      email
      firstName
      lastName
      name
      role
    }
    invitation {
      id
      role
    }
  }
}
    ` as unknown as DocumentNode<InvitedBeforeQuery, InvitedBeforeQueryVariables>;
export const OfferHandOverDocument = gql`
    mutation OfferHandOver($roomId: ID!) {
  offerHandOver(roomId: $roomId) {
    __typename
    ... on HandOverSuccess {
      handOver {
        ...HandOverShown
      }
    }
    ...ProblemParts
  }
}
    ${HandOverShownFragmentDoc}
${HandOverPartsFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<OfferHandOverMutation, OfferHandOverMutationVariables>;
export const AnswerHandOverDocument = gql`
    mutation AnswerHandOver($id: ID!, $allow: Boolean!) {
  answerHandOver(id: $id, allow: $allow) {
    __typename
    ... on HandOverSuccess {
      handOver {
        ...HandOverParts
      }
    }
    ...ProblemParts
  }
}
    ${HandOverPartsFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<AnswerHandOverMutation, AnswerHandOverMutationVariables>;
export const EnterRoomDocument = gql`
    mutation EnterRoom($roomId: ID!, $known: Boolean!, $channel: Channel! = CHAT, $first: Int! = 50, $after: Cursor) {
  enterRoom(roomId: $roomId) {
    __typename
    ... on ParticipantSuccess {
      participant {
        ...PlaceMoved
        ...PlaceParts @skip(if: $known)
        room {
          ...HereParts
          ...ChannelParts
          ...OwnHandParts
        }
      }
    }
    ...ProblemParts
  }
}
    ${PlaceMovedFragmentDoc}
${PlacePartsFragmentDoc}
${PersonPartsFragmentDoc}
${HerePartsFragmentDoc}
${ChannelPartsFragmentDoc}
${PinnedPartsFragmentDoc}
${MessagePartsFragmentDoc}
${PostedPartsFragmentDoc}
${OwnHandPartsFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<EnterRoomMutation, EnterRoomMutationVariables>;
export const LeaveRoomDocument = gql`
    mutation LeaveRoom($roomId: ID!) {
  leaveRoom(roomId: $roomId) {
    __typename
    ... on ParticipantSuccess {
      participant {
        ...PlaceMoved
      }
    }
    ...ProblemParts
  }
}
    ${PlaceMovedFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<LeaveRoomMutation, LeaveRoomMutationVariables>;
export const AcknowledgeRoleDocument = gql`
    mutation AcknowledgeRole($roomId: ID!, $roleRevision: Int!) {
  acknowledgeRole(roomId: $roomId, roleRevision: $roleRevision) {
    __typename
    ... on ParticipantSuccess {
      participant {
        id
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<AcknowledgeRoleMutation, AcknowledgeRoleMutationVariables>;
export const QueuePlaceDocument = gql`
    query QueuePlace($roomId: ID!) {
  room(id: $roomId) {
    id
    myParticipant {
      id
      state
      queuePosition
      waitingSince
    }
  }
}
    ` as unknown as DocumentNode<QueuePlaceQuery, QueuePlaceQueryVariables>;
export const PlaceDocument = gql`
    query Place($roomId: ID!) {
  room(id: $roomId) {
    revision
    ...RoomParts
    ...RoomRoles
    myRights
    myParticipant {
      ...PlaceParts
    }
  }
  me {
    user {
      id
      name
      email
      siteRole
    }
    participants {
      id
      displayName
      room {
        id
      }
      session {
        id
      }
    }
  }
  serverTime
}
    ${RoomPartsFragmentDoc}
${SessionPartsFragmentDoc}
${RoomRolesFragmentDoc}
${PlacePartsFragmentDoc}
${PersonPartsFragmentDoc}` as unknown as DocumentNode<PlaceQuery, PlaceQueryVariables>;
export const PlaceEventsDocument = gql`
    subscription PlaceEvents($roomId: ID!, $after: Int) {
  roomEvents(
    roomId: $roomId
    after: $after
    tools: [CHAT, BACKCHANNEL, HANDS, QUESTIONS, INTERACTIONS]
  ) {
    __typename
    id
    revision
    at
    actor
    room {
      id
    }
    ...TalkEvents
    ...HandEvents
    ...QuestionEvents
    ...PollEvents
    ... on DeviceMoved {
      device
    }
    ... on RoomUpdated {
      room {
        ...RoomParts
        ...RoomRoles
      }
    }
    ... on SessionScheduled {
      room {
        ...RoomParts
      }
    }
    ... on SessionRescheduled {
      room {
        ...RoomParts
      }
    }
    ... on SessionStarted {
      session {
        id
      }
      moves {
        from
        to
      }
      room {
        ...RoomParts
      }
    }
    ... on SessionEnded {
      session {
        id
      }
      moves {
        from
        to
      }
      room {
        ...RoomParts
      }
    }
    ... on SessionCancelled {
      session {
        id
      }
      moves {
        from
        to
      }
      room {
        ...RoomParts
      }
    }
    ... on ParticipantChanged {
      previousState
      state
      participant {
        ...PlaceParts
      }
    }
    ... on ParticipantRemoved {
      blocked
      participant {
        ...PlaceParts
      }
    }
    ... on RolePromoted {
      role
      roleRevision
      participant {
        ...PlaceParts
        mayChangeRole
        rolesToGive
        mayRemove
        mayUnblock
      }
    }
    ... on RoleDemoted {
      role
      roleRevision
      participant {
        ...PlaceParts
        mayChangeRole
        rolesToGive
        mayRemove
        mayUnblock
      }
    }
  }
}
    ${TalkEventsFragmentDoc}
${PostedPartsFragmentDoc}
${MessageChangeFragmentDoc}
${PinnedPartsFragmentDoc}
${HandEventsFragmentDoc}
${QuestionEventsFragmentDoc}
${NewPartsFragmentDoc}
${AskedPartsFragmentDoc}
${QuestionRulesFragmentDoc}
${PollEventsFragmentDoc}
${PollPartsFragmentDoc}
${RoomPartsFragmentDoc}
${SessionPartsFragmentDoc}
${RoomRolesFragmentDoc}
${PlacePartsFragmentDoc}
${PersonPartsFragmentDoc}` as unknown as DocumentNode<PlaceEventsSubscription, PlaceEventsSubscriptionVariables>;
export const HereNowDocument = gql`
    query HereNow($roomId: ID!) {
  room(id: $roomId) {
    ...HereParts
  }
}
    ${HerePartsFragmentDoc}
${PersonPartsFragmentDoc}` as unknown as DocumentNode<HereNowQuery, HereNowQueryVariables>;
export const TallyDocument = gql`
    subscription Tally($roomId: ID!) {
  tally(roomId: $roomId) {
    inRoom
    chatGapSeconds
    questions {
      id
      upvotes
    }
    interaction {
      id
      answers
      options {
        id
        answers
      }
    }
    reactions {
      reaction
      count
    }
  }
}
    ` as unknown as DocumentNode<TallySubscription, TallySubscriptionVariables>;
export const AddManagerDocument = gql`
    mutation AddManager($input: AddManagerInput!) {
  addManager(input: $input) {
    ...RoomResultParts
  }
}
    ${RoomResultPartsFragmentDoc}
${RoomPartsFragmentDoc}
${SessionPartsFragmentDoc}
${RoomManagersFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<AddManagerMutation, AddManagerMutationVariables>;
export const RemoveManagerDocument = gql`
    mutation RemoveManager($input: RemoveManagerInput!) {
  removeManager(input: $input) {
    ...RoomResultParts
  }
}
    ${RoomResultPartsFragmentDoc}
${RoomPartsFragmentDoc}
${SessionPartsFragmentDoc}
${RoomManagersFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<RemoveManagerMutation, RemoveManagerMutationVariables>;
export const DeleteRoomDocument = gql`
    mutation DeleteRoom($roomId: ID!, $notify: Boolean! = true) {
  deleteRoom(roomId: $roomId, notify: $notify) {
    __typename
    ... on DeleteRoomSuccess {
      roomId
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<DeleteRoomMutation, DeleteRoomMutationVariables>;
export const CancelSessionDocument = gql`
    mutation CancelSession($sessionId: ID!, $notify: Boolean! = true) {
  cancelSession(sessionId: $sessionId, notify: $notify) {
    ...SessionResultParts
  }
}
    ${SessionResultPartsFragmentDoc}
${SessionPartsFragmentDoc}
${RoomPartsFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<CancelSessionMutation, CancelSessionMutationVariables>;
export const WhatDeletingEndsDocument = gql`
    query WhatDeletingEnds($roomId: ID!) {
  room(id: $roomId) {
    id
    counts {
      invited
      inRoom
      waiting
    }
  }
}
    ` as unknown as DocumentNode<WhatDeletingEndsQuery, WhatDeletingEndsQueryVariables>;
export const CreateRoomDocument = gql`
    mutation CreateRoom($input: CreateRoomInput!) {
  createRoom(input: $input) {
    ...RoomResultParts
  }
}
    ${RoomResultPartsFragmentDoc}
${RoomPartsFragmentDoc}
${SessionPartsFragmentDoc}
${RoomManagersFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<CreateRoomMutation, CreateRoomMutationVariables>;
export const UpdateRoomDocument = gql`
    mutation UpdateRoom($input: UpdateRoomInput!) {
  updateRoom(input: $input) {
    ...RoomResultParts
  }
}
    ${RoomResultPartsFragmentDoc}
${RoomPartsFragmentDoc}
${SessionPartsFragmentDoc}
${RoomManagersFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<UpdateRoomMutation, UpdateRoomMutationVariables>;
export const StartSessionDocument = gql`
    mutation StartSession($sessionId: ID!) {
  startSession(sessionId: $sessionId) {
    ...SessionResultParts
  }
}
    ${SessionResultPartsFragmentDoc}
${SessionPartsFragmentDoc}
${RoomPartsFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<StartSessionMutation, StartSessionMutationVariables>;
export const EndSessionDocument = gql`
    mutation EndSession($sessionId: ID!) {
  endSession(sessionId: $sessionId) {
    ...SessionResultParts
  }
}
    ${SessionResultPartsFragmentDoc}
${SessionPartsFragmentDoc}
${RoomPartsFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<EndSessionMutation, EndSessionMutationVariables>;
export const RoomPageDocument = gql`
    query RoomPage($roomId: ID!) {
  room(id: $roomId) {
    revision
    ...RoomParts
    myRights
    managers {
      role
      user {
        id
        name
        email
      }
    }
    myParticipant {
      id
    }
  }
  serverTime
  site {
    ...SiteMail
  }
}
    ${RoomPartsFragmentDoc}
${SessionPartsFragmentDoc}
${SiteMailFragmentDoc}` as unknown as DocumentNode<RoomPageQuery, RoomPageQueryVariables>;
export const RoomsDocument = gql`
    query Rooms($first: Int!, $after: Cursor, $search: String, $only: RoomSelection) {
  rooms(first: $first, after: $after, search: $search, only: $only) {
    edges {
      cursor
      node {
        id
        title
        timeZone
        myManagerRole
        session {
          ...SessionParts
        }
        counts {
          invited
          waiting
          inRoom
          away {
            inRoom
          }
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    totalCount
  }
  serverTime
}
    ${SessionPartsFragmentDoc}` as unknown as DocumentNode<RoomsQuery, RoomsQueryVariables>;
export const ScheduleSessionDocument = gql`
    mutation ScheduleSession($input: ScheduleSessionInput!) {
  scheduleSession(input: $input) {
    ...SessionResultParts
  }
}
    ${SessionResultPartsFragmentDoc}
${SessionPartsFragmentDoc}
${RoomPartsFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<ScheduleSessionMutation, ScheduleSessionMutationVariables>;
export const RescheduleSessionDocument = gql`
    mutation RescheduleSession($input: RescheduleSessionInput!) {
  rescheduleSession(input: $input) {
    ...SessionResultParts
  }
}
    ${SessionResultPartsFragmentDoc}
${SessionPartsFragmentDoc}
${RoomPartsFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<RescheduleSessionMutation, RescheduleSessionMutationVariables>;
export const SessionsDocument = gql`
    query Sessions($roomId: ID!) {
  room(id: $roomId) {
    id
    sessions(first: 100) {
      nodes {
        id
        state
        startsAt
        openedAt
      }
    }
  }
}
    ` as unknown as DocumentNode<SessionsQuery, SessionsQueryVariables>;
export const SummaryDocument = gql`
    query Summary($roomId: ID!, $sessionId: ID!) {
  room(id: $roomId) {
    id
    summary(sessionId: $sessionId) {
      invited
      came
      mostAtOnce
      averageSeconds
      messages
      backchannel
      questions {
        asked
        answered
      }
      interactions(first: 100) {
        nodes {
          ...PollParts
          words {
            id
            word
            answers
            hidden
          }
        }
      }
      writtenUntil
    }
  }
}
    ${PollPartsFragmentDoc}` as unknown as DocumentNode<SummaryQuery, SummaryQueryVariables>;
export const AttendanceDocument = gql`
    query Attendance($roomId: ID!, $sessionId: ID!, $after: Cursor, $search: String) {
  room(id: $roomId) {
    id
    attendance(sessionId: $sessionId, first: 50, after: $after, search: $search) {
      edges {
        cursor
        node {
          participant {
            id
            displayName
            role
            managerRole
            invitation {
              id
              email
            }
            user {
              id
              email
            }
          }
          enteredAt
          leftAt
          stays
          seconds
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount
    }
  }
}
    ` as unknown as DocumentNode<AttendanceQuery, AttendanceQueryVariables>;
export const RoomEventsDocument = gql`
    subscription RoomEvents($roomId: ID!, $after: Int) {
  roomEvents(roomId: $roomId, after: $after) {
    ...EventParts
  }
}
    ${EventPartsFragmentDoc}
${RoomPartsFragmentDoc}
${SessionPartsFragmentDoc}
${RoomManagersFragmentDoc}
${InvitationPartsFragmentDoc}
${MailPartsFragmentDoc}
${AttendeePartsFragmentDoc}
${PersonPartsFragmentDoc}` as unknown as DocumentNode<RoomEventsSubscription, RoomEventsSubscriptionVariables>;
export const SignOutDocument = gql`
    mutation SignOut {
  signOut {
    me {
      user {
        id
      }
    }
  }
}
    ` as unknown as DocumentNode<SignOutMutation, SignOutMutationVariables>;
export const MeDocument = gql`
    query Me {
  me {
    user {
      id
      name
      email
      siteRole
    }
    participants {
      id
    }
  }
}
    ` as unknown as DocumentNode<MeQuery, MeQueryVariables>;
export const AccountDocument = gql`
    query Account {
  me {
    user {
      id
      firstName
      lastName
    }
  }
  program {
    version
    graphiql
  }
}
    ` as unknown as DocumentNode<AccountQuery, AccountQueryVariables>;
export const ChangeNameDocument = gql`
    mutation ChangeName($input: ChangeNameInput!) {
  changeName(input: $input) {
    __typename
    ... on MeSuccess {
      me {
        user {
          id
          name
          firstName
          lastName
        }
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<ChangeNameMutation, ChangeNameMutationVariables>;
export const ChangePasswordDocument = gql`
    mutation ChangePassword($input: ChangePasswordInput!) {
  changePassword(input: $input) {
    __typename
    ... on MeSuccess {
      me {
        user {
          id
        }
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<ChangePasswordMutation, ChangePasswordMutationVariables>;
export const SignOutEverywhereDocument = gql`
    mutation SignOutEverywhere {
  signOutEverywhere {
    me {
      user {
        id
      }
    }
  }
}
    ` as unknown as DocumentNode<SignOutEverywhereMutation, SignOutEverywhereMutationVariables>;
export const ForgotPasswordDocument = gql`
    mutation ForgotPassword($input: ForgotPasswordInput!) {
  forgotPassword(input: $input) {
    __typename
    ... on ForgotPasswordSuccess {
      expiresAt
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<ForgotPasswordMutation, ForgotPasswordMutationVariables>;
export const PasswordLinkDocument = gql`
    query PasswordLink($token: String!) {
  passwordLink(token: $token) {
    email
    name
  }
}
    ` as unknown as DocumentNode<PasswordLinkQuery, PasswordLinkQueryVariables>;
export const UsePasswordLinkDocument = gql`
    mutation UsePasswordLink($input: UsePasswordLinkInput!) {
  usePasswordLink(input: $input) {
    __typename
    ... on SignInSuccess {
      me {
        user {
          id
        }
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<UsePasswordLinkMutation, UsePasswordLinkMutationVariables>;
export const AccountsDocument = gql`
    query Accounts($first: Int!, $after: Cursor, $search: String, $siteRole: SiteRole, $disabled: Boolean) {
  users(
    first: $first
    after: $after
    search: $search
    siteRole: $siteRole
    disabled: $disabled
  ) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      ...AccountParts
    }
  }
  site {
    mail
  }
}
    ${AccountPartsFragmentDoc}
${MailPartsFragmentDoc}` as unknown as DocumentNode<AccountsQuery, AccountsQueryVariables>;
export const AddUserDocument = gql`
    mutation AddUser($input: AddUserInput!) {
  addUser(input: $input) {
    __typename
    ... on AddUserSuccess {
      account {
        ...AccountParts
      }
      passwordLink {
        url
        expiresAt
      }
      mail {
        id
        state
      }
    }
    ...ProblemParts
  }
}
    ${AccountPartsFragmentDoc}
${MailPartsFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<AddUserMutation, AddUserMutationVariables>;
export const UpdateUserDocument = gql`
    mutation UpdateUser($input: UpdateUserInput!) {
  updateUser(input: $input) {
    __typename
    ... on AccountSuccess {
      account {
        ...AccountParts
      }
    }
    ...ProblemParts
  }
}
    ${AccountPartsFragmentDoc}
${MailPartsFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<UpdateUserMutation, UpdateUserMutationVariables>;
export const CreatePasswordLinkDocument = gql`
    mutation CreatePasswordLink($userId: ID!, $send: Boolean!) {
  createPasswordLink(userId: $userId, send: $send) {
    __typename
    ... on PasswordLinkSuccess {
      account {
        ...AccountParts
      }
      passwordLink {
        url
        expiresAt
      }
      mail {
        id
        state
      }
    }
    ...ProblemParts
  }
}
    ${AccountPartsFragmentDoc}
${MailPartsFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<CreatePasswordLinkMutation, CreatePasswordLinkMutationVariables>;
export const ErasePersonDocument = gql`
    mutation ErasePerson($input: ErasePersonInput!) {
  erasePerson(input: $input) {
    __typename
    ... on ErasePersonSuccess {
      accounts
      rooms
      invitations
      events
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<ErasePersonMutation, ErasePersonMutationVariables>;
export const SiteStatusDocument = gql`
    query SiteStatus {
  siteStatus {
    servers {
      id
      name
      version
      startedAt
      aliveAt
      silent
      connections
      people
      rooms
      hintLagMilliseconds
    }
    database {
      kind
      bytes
      migration
    }
    busiest {
      people
      room {
        id
        title
      }
    }
    failing {
      kind
      since
      server {
        id
        name
      }
    }
  }
  site {
    mail
  }
  mailStatus {
    waiting
    oldestAt
    lastSentAt
    reply
  }
}
    ` as unknown as DocumentNode<SiteStatusQuery, SiteStatusQueryVariables>;
export const SetUpDocument = gql`
    mutation SetUp($input: SetUpInput!) {
  setUp(input: $input) {
    __typename
    ... on SignInSuccess {
      me {
        user {
          id
        }
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<SetUpMutation, SetUpMutationVariables>;
export const SignInDocument = gql`
    mutation SignIn($input: SignInInput!) {
  signIn(input: $input) {
    __typename
    ... on SignInSuccess {
      me {
        user {
          id
        }
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<SignInMutation, SignInMutationVariables>;
export const NeedsSetUpDocument = gql`
    query NeedsSetUp {
  needsSetUp
  site {
    mail
  }
}
    ` as unknown as DocumentNode<NeedsSetUpQuery, NeedsSetUpQueryVariables>;
export const UpdateSitePolicyDocument = gql`
    mutation UpdateSitePolicy($input: SitePolicyInput!) {
  updateSitePolicy(input: $input) {
    __typename
    ... on SitePolicySuccess {
      sitePolicy {
        ...PolicyParts
      }
    }
    ...ProblemParts
  }
}
    ${PolicyPartsFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<UpdateSitePolicyMutation, UpdateSitePolicyMutationVariables>;
export const SiteAboutDocument = gql`
    query SiteAbout {
  siteAbout {
    version
    database
    databaseBytes
    ready
    accounts
    rooms
    openSessions
    workingLinks
    invitationsPerSession
  }
}
    ` as unknown as DocumentNode<SiteAboutQuery, SiteAboutQueryVariables>;
export const PollsDocument = gql`
    query Polls($roomId: ID!, $after: Cursor) {
  room(id: $roomId) {
    id
    interactions(first: 20, after: $after) {
      nodes {
        ...OwnPollParts
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    ${OwnPollPartsFragmentDoc}
${PollPartsFragmentDoc}` as unknown as DocumentNode<PollsQuery, PollsQueryVariables>;
export const PollAnswersDocument = gql`
    query PollAnswers($id: ID!, $after: Cursor) {
  node(id: $id) {
    __typename
    ... on Interaction {
      id
      words {
        id
        word
        answers
        hidden
      }
      allAnswers(first: 50, after: $after) {
        nodes {
          id
          author {
            name
          }
          choices
          texts
          hidden
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
}
    ` as unknown as DocumentNode<PollAnswersQuery, PollAnswersQueryVariables>;
export const AnswerPollDocument = gql`
    mutation AnswerPoll($input: AnswerInteractionInput!) {
  answerInteraction(input: $input) {
    __typename
    ... on InteractionSuccess {
      interaction {
        ...OwnPollParts
      }
    }
    ...ProblemParts
  }
}
    ${OwnPollPartsFragmentDoc}
${PollPartsFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<AnswerPollMutation, AnswerPollMutationVariables>;
export const CreatePollDocument = gql`
    mutation CreatePoll($input: CreateInteractionInput!) {
  createInteraction(input: $input) {
    __typename
    ... on InteractionSuccess {
      interaction {
        ...OwnPollParts
      }
    }
    ...ProblemParts
  }
}
    ${OwnPollPartsFragmentDoc}
${PollPartsFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<CreatePollMutation, CreatePollMutationVariables>;
export const UpdatePollDocument = gql`
    mutation UpdatePoll($input: UpdateInteractionInput!) {
  updateInteraction(input: $input) {
    __typename
    ... on InteractionSuccess {
      interaction {
        ...OwnPollParts
      }
    }
    ...ProblemParts
  }
}
    ${OwnPollPartsFragmentDoc}
${PollPartsFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<UpdatePollMutation, UpdatePollMutationVariables>;
export const CopyPollDocument = gql`
    mutation CopyPoll($id: ID!, $key: String!) {
  copyInteraction(interactionId: $id, key: $key) {
    __typename
    ... on InteractionSuccess {
      interaction {
        ...OwnPollParts
      }
    }
    ...ProblemParts
  }
}
    ${OwnPollPartsFragmentDoc}
${PollPartsFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<CopyPollMutation, CopyPollMutationVariables>;
export const HidePollAnswerDocument = gql`
    mutation HidePollAnswer($answerId: ID!, $on: Boolean!) {
  hideAnswer(answerId: $answerId, on: $on) {
    __typename
    ... on InteractionSuccess {
      interaction {
        id
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<HidePollAnswerMutation, HidePollAnswerMutationVariables>;
export const StartPollDocument = gql`
    mutation StartPoll($id: ID!) {
  startInteraction(interactionId: $id) {
    __typename
    ... on InteractionSuccess {
      interaction {
        ...OwnPollParts
      }
    }
    ...ProblemParts
  }
}
    ${OwnPollPartsFragmentDoc}
${PollPartsFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<StartPollMutation, StartPollMutationVariables>;
export const StopPollDocument = gql`
    mutation StopPoll($id: ID!) {
  stopInteraction(interactionId: $id) {
    __typename
    ... on InteractionSuccess {
      interaction {
        ...OwnPollParts
      }
    }
    ...ProblemParts
  }
}
    ${OwnPollPartsFragmentDoc}
${PollPartsFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<StopPollMutation, StopPollMutationVariables>;
export const SharePollDocument = gql`
    mutation SharePoll($id: ID!) {
  shareResults(interactionId: $id) {
    __typename
    ... on InteractionSuccess {
      interaction {
        ...OwnPollParts
      }
    }
    ...ProblemParts
  }
}
    ${OwnPollPartsFragmentDoc}
${PollPartsFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<SharePollMutation, SharePollMutationVariables>;
export const DeletePollDocument = gql`
    mutation DeletePoll($id: ID!) {
  deleteInteraction(interactionId: $id) {
    __typename
    ... on InteractionSuccess {
      interaction {
        id
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<DeletePollMutation, DeletePollMutationVariables>;
export const QuestionsDocument = gql`
    query Questions($roomId: ID!) {
  room(id: $roomId) {
    id
    revision
    tools {
      ...QuestionRules
    }
    questionCounts {
      asked
      open
      answered
      dismissed
      pending
    }
    askingPause {
      until
    }
    waiting: questions(states: [PENDING], first: 50) {
      ...QuestionPage
    }
    open: questions(states: [OPEN], first: 60) {
      ...QuestionPage
    }
    answered: questions(states: [ANSWERED], order: NEWEST, first: 40) {
      ...QuestionPage
    }
    mine: questions(mine: true, order: NEWEST, first: 40) {
      ...QuestionPage
    }
  }
}
    ${QuestionRulesFragmentDoc}
${QuestionPageFragmentDoc}
${QuestionPartsFragmentDoc}
${AskedPartsFragmentDoc}
${NewPartsFragmentDoc}` as unknown as DocumentNode<QuestionsQuery, QuestionsQueryVariables>;
export const MoreQuestionsDocument = gql`
    query MoreQuestions($roomId: ID!, $states: [QuestionState!], $mine: Boolean!, $order: QuestionOrder!, $after: Cursor!) {
  room(id: $roomId) {
    id
    questions(states: $states, mine: $mine, order: $order, first: 50, after: $after) {
      ...QuestionPage
    }
  }
}
    ${QuestionPageFragmentDoc}
${QuestionPartsFragmentDoc}
${AskedPartsFragmentDoc}
${NewPartsFragmentDoc}` as unknown as DocumentNode<MoreQuestionsQuery, MoreQuestionsQueryVariables>;
export const AskQuestionDocument = gql`
    mutation AskQuestion($input: AskQuestionInput!) {
  askQuestion(input: $input) {
    __typename
    ... on QuestionSuccess {
      question {
        ...QuestionParts
      }
    }
    ...ProblemParts
  }
}
    ${QuestionPartsFragmentDoc}
${AskedPartsFragmentDoc}
${NewPartsFragmentDoc}
${ProblemPartsFragmentDoc}` as unknown as DocumentNode<AskQuestionMutation, AskQuestionMutationVariables>;
export const UpvoteQuestionDocument = gql`
    mutation UpvoteQuestion($questionId: ID!, $on: Boolean!) {
  upvoteQuestion(questionId: $questionId, on: $on) {
    __typename
    ... on QuestionSuccess {
      question {
        id
        upvotes
        upvoted
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<UpvoteQuestionMutation, UpvoteQuestionMutationVariables>;
export const AnswerQuestionDocument = gql`
    mutation AnswerQuestion($input: AnswerQuestionInput!) {
  answerQuestion(input: $input) {
    __typename
    ... on QuestionSuccess {
      question {
        id
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<AnswerQuestionMutation, AnswerQuestionMutationVariables>;
export const MuteAskerDocument = gql`
    mutation MuteAsker($questionId: ID!, $on: Boolean!) {
  muteAsker(questionId: $questionId, on: $on) {
    __typename
    ... on QuestionSuccess {
      question {
        id
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<MuteAskerMutation, MuteAskerMutationVariables>;
export const WithdrawQuestionDocument = gql`
    mutation WithdrawQuestion($questionId: ID!) {
  withdrawQuestion(questionId: $questionId) {
    __typename
    ... on QuestionSuccess {
      question {
        id
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<WithdrawQuestionMutation, WithdrawQuestionMutationVariables>;
export const TakeQuestionDocument = gql`
    mutation TakeQuestion($questionId: ID!) {
  takeQuestion(questionId: $questionId) {
    __typename
    ... on QuestionSuccess {
      question {
        id
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<TakeQuestionMutation, TakeQuestionMutationVariables>;
export const ReleaseQuestionDocument = gql`
    mutation ReleaseQuestion($questionId: ID!) {
  releaseQuestion(questionId: $questionId) {
    __typename
    ... on QuestionSuccess {
      question {
        id
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<ReleaseQuestionMutation, ReleaseQuestionMutationVariables>;
export const PublishQuestionDocument = gql`
    mutation PublishQuestion($questionId: ID!) {
  publishQuestion(questionId: $questionId) {
    __typename
    ... on QuestionSuccess {
      question {
        id
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<PublishQuestionMutation, PublishQuestionMutationVariables>;
export const DismissQuestionDocument = gql`
    mutation DismissQuestion($questionId: ID!) {
  dismissQuestion(questionId: $questionId) {
    __typename
    ... on QuestionSuccess {
      question {
        id
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<DismissQuestionMutation, DismissQuestionMutationVariables>;
export const ReopenQuestionDocument = gql`
    mutation ReopenQuestion($questionId: ID!) {
  reopenQuestion(questionId: $questionId) {
    __typename
    ... on QuestionSuccess {
      question {
        id
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<ReopenQuestionMutation, ReopenQuestionMutationVariables>;
export const MessagesDocument = gql`
    query Messages($roomId: ID!, $channel: Channel!, $first: Int!, $after: Cursor) {
  room(id: $roomId) {
    ...ChannelParts
  }
}
    ${ChannelPartsFragmentDoc}
${PinnedPartsFragmentDoc}
${MessagePartsFragmentDoc}
${PostedPartsFragmentDoc}` as unknown as DocumentNode<MessagesQuery, MessagesQueryVariables>;
export const MessageCursorsDocument = gql`
    query MessageCursors($roomId: ID!, $channel: Channel!, $after: Cursor) {
  room(id: $roomId) {
    id
    messages(channel: $channel, first: 100, after: $after) {
      edges {
        cursor
        node {
          id
        }
      }
    }
  }
}
    ` as unknown as DocumentNode<MessageCursorsQuery, MessageCursorsQueryVariables>;
export const SendMessageDocument = gql`
    mutation SendMessage($input: SendMessageInput!) {
  sendMessage(input: $input) {
    __typename
    ... on MessageSuccess {
      chatMessage {
        id
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<SendMessageMutation, SendMessageMutationVariables>;
export const EditMessageDocument = gql`
    mutation EditMessage($input: EditMessageInput!) {
  editMessage(input: $input) {
    __typename
    ... on MessageSuccess {
      chatMessage {
        id
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<EditMessageMutation, EditMessageMutationVariables>;
export const DeleteMessageDocument = gql`
    mutation DeleteMessage($messageId: ID!) {
  deleteMessage(messageId: $messageId) {
    __typename
    ... on MessageSuccess {
      chatMessage {
        id
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<DeleteMessageMutation, DeleteMessageMutationVariables>;
export const HideMessageDocument = gql`
    mutation HideMessage($messageId: ID!) {
  hideMessage(messageId: $messageId) {
    __typename
    ... on MessageSuccess {
      chatMessage {
        id
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<HideMessageMutation, HideMessageMutationVariables>;
export const RestoreMessageDocument = gql`
    mutation RestoreMessage($messageId: ID!) {
  restoreMessage(messageId: $messageId) {
    __typename
    ... on MessageSuccess {
      chatMessage {
        id
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<RestoreMessageMutation, RestoreMessageMutationVariables>;
export const PinMessageDocument = gql`
    mutation PinMessage($messageId: ID!) {
  pinMessage(messageId: $messageId) {
    __typename
    ... on MessageSuccess {
      chatMessage {
        id
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<PinMessageMutation, PinMessageMutationVariables>;
export const UnpinMessageDocument = gql`
    mutation UnpinMessage($roomId: ID!, $channel: Channel!) {
  unpinMessage(roomId: $roomId, channel: $channel) {
    __typename
    ... on ToolsSuccess {
      room {
        id
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<UnpinMessageMutation, UnpinMessageMutationVariables>;
export const HideMessagesOfDocument = gql`
    mutation HideMessagesOf($participantId: ID!) {
  hideMessagesOf(participantId: $participantId) {
    __typename
    ... on ParticipantSuccess {
      participant {
        id
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<HideMessagesOfMutation, HideMessagesOfMutationVariables>;
export const UpdateToolsDocument = gql`
    mutation UpdateTools($input: UpdateToolsInput!) {
  updateTools(input: $input) {
    __typename
    ... on ToolsSuccess {
      room {
        id
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<UpdateToolsMutation, UpdateToolsMutationVariables>;
export const ClearChannelDocument = gql`
    mutation ClearChannel($roomId: ID!, $channel: Channel!, $on: Boolean!) {
  clearChannel(roomId: $roomId, channel: $channel, on: $on) {
    __typename
    ... on ToolsSuccess {
      room {
        id
      }
    }
    ...ProblemParts
  }
}
    ${ProblemPartsFragmentDoc}` as unknown as DocumentNode<ClearChannelMutation, ClearChannelMutationVariables>;
export const MissedDocument = gql`
    query Missed($roomId: ID!, $after: Int!) {
  room(id: $roomId) {
    id
    missed(after: $after) {
      messages
      questions
      interactions
    }
  }
}
    ` as unknown as DocumentNode<MissedQuery, MissedQueryVariables>;