package problem

// Code names a refusal in the API.
type Code string

const (
	LinkNotValid       Code = "LINK_NOT_VALID"
	LinkReplaced       Code = "LINK_REPLACED"
	LinkExpired        Code = "LINK_EXPIRED"
	InvitationRevoked  Code = "INVITATION_REVOKED"
	UsedOnOtherDevice  Code = "USED_ON_OTHER_DEVICE"
	CodeWrong          Code = "CODE_WRONG"
	HandOverEnded      Code = "HAND_OVER_ENDED"
	MovingOff          Code = "MOVING_OFF"
	EmailMismatch      Code = "EMAIL_MISMATCH"
	TooManyAttempts    Code = "TOO_MANY_ATTEMPTS"
	EmailDomainBlocked Code = "EMAIL_DOMAIN_BLOCKED"
	RoomDeleted        Code = "ROOM_DELETED"
	RoomNotAvailable   Code = "ROOM_NOT_AVAILABLE"
	SessionCancelled   Code = "SESSION_CANCELLED"
	SessionEnded       Code = "SESSION_ENDED"
	CodeRequired       Code = "CODE_REQUIRED"
	CodeExpired        Code = "CODE_EXPIRED"

	SessionNotOpen     Code = "SESSION_NOT_OPEN"
	EntryDenied        Code = "ENTRY_DENIED"
	ParticipantBlocked Code = "PARTICIPANT_BLOCKED"
	AccountDisabled    Code = "ACCOUNT_DISABLED"

	InvitationsOff          Code = "INVITATIONS_OFF"
	ChatAndCollaborationOff Code = "CHAT_AND_COLLABORATION_OFF"
	SessionOpen             Code = "SESSION_OPEN"
	SessionExists           Code = "SESSION_EXISTS"
	AlreadyInvited          Code = "ALREADY_INVITED"
	AlreadyManager          Code = "ALREADY_MANAGER"
	InvalidEmail            Code = "INVALID_EMAIL"
	InvalidName             Code = "INVALID_NAME"
	InvalidTime             Code = "INVALID_TIME"
	InvalidValue            Code = "INVALID_VALUE"
	ExpiryBeforeStart       Code = "EXPIRY_BEFORE_START"
	InvitationNotActive     Code = "INVITATION_NOT_ACTIVE"
	LastOwner               Code = "LAST_OWNER"
	LastAdmin               Code = "LAST_ADMIN"
	EmailTaken              Code = "EMAIL_TAKEN"
	AlreadyHandled          Code = "ALREADY_HANDLED"
	StaleRevision           Code = "STALE_REVISION"
	QuotaExceeded           Code = "QUOTA_EXCEEDED"
	MailOff                 Code = "MAIL_OFF"

	ChatOff Code = "CHAT_OFF"
	// QuestionsOff refuses to ask where a room takes no questions.
	QuestionsOff Code = "QUESTIONS_OFF"
	Muted        Code = "MUTED"
	SlowDown     Code = "SLOW_DOWN"
	TooLate      Code = "TOO_LATE"

	HandsOff           Code = "HANDS_OFF"
	ReactionsOff       Code = "REACTIONS_OFF"
	RequestDeclined    Code = "REQUEST_DECLINED"
	InteractionOpen    Code = "INTERACTION_OPEN"
	InteractionNotOpen Code = "INTERACTION_NOT_OPEN"

	InvalidCredentials Code = "INVALID_CREDENTIALS"
	InvalidPassword    Code = "INVALID_PASSWORD"
	SignInRequired     Code = "SIGN_IN_REQUIRED"
)

// NextStep is something that a person can do about a refusal. Clients show it as a button.
type NextStep string

const (
	PasteWholeLink NextStep = "PASTE_WHOLE_LINK"
	UseNewestLink  NextStep = "USE_NEWEST_LINK"
	AskHost        NextStep = "ASK_HOST"
	MoveHere       NextStep = "MOVE_HERE"
	EnterCode      NextStep = "ENTER_CODE"
	ContactHost    NextStep = "CONTACT_HOST"
	ContactAdmin   NextStep = "CONTACT_ADMIN"
	TryOtherEmail  NextStep = "TRY_OTHER_EMAIL"
	SignIn         NextStep = "SIGN_IN"
	SwitchAccount  NextStep = "SWITCH_ACCOUNT"
	Wait           NextStep = "WAIT"
	ChangeRole     NextStep = "CHANGE_ROLE"
	CopyLink       NextStep = "COPY_LINK"
	RegenerateLink NextStep = "REGENERATE_LINK"
	FixField       NextStep = "FIX_FIELD"
	Reload         NextStep = "RELOAD"
	SendCode       NextStep = "SEND_CODE"
)

// catalogue gives each code its message and next steps, best first (L10). EMAIL_MISMATCH also gets SWITCH_ACCOUNT for signed-in users.
// EMAIL_DOMAIN_BLOCKED and ACCOUNT_DISABLED start with FIX_FIELD while inviting. CODE_WRONG lacks SEND_CODE for the digits of a hand-over. TOO_MANY_ATTEMPTS names the longest possible wait
// after wrong emails or passwords; retryAt has the exact time.
var catalogue = map[Code]struct {
	message string
	next    []NextStep
}{
	LinkNotValid:       {"This link does not work. Check that you opened the whole link, or ask the person who sent it.", []NextStep{PasteWholeLink, ContactHost}},
	LinkReplaced:       {"The host made a newer link for you. Use the newest one.", []NextStep{UseNewestLink, AskHost}},
	LinkExpired:        {"This link has expired. You can ask the host to extend it.", []NextStep{AskHost}},
	InvitationRevoked:  {"The host has revoked this invitation.", []NextStep{ContactHost}},
	UsedOnOtherDevice:  {"This link belongs to another device. Continue there, or ask the host to release it.", []NextStep{MoveHere, AskHost}},
	HandOverEnded:      {"This hand-over has ended. Begin again on the device that you want to leave.", []NextStep{AskHost}},
	MovingOff:          {"This site does not let people move to another device.", []NextStep{AskHost}},
	EmailMismatch:      {"This invitation is for another email address. Try the address that was invited.", []NextStep{TryOtherEmail}},
	TooManyAttempts:    {"Too many attempts. Wait 15 minutes, then try again.", []NextStep{Wait, ContactHost}},
	EmailDomainBlocked: {"This site does not allow this email domain.", []NextStep{ContactHost, ContactAdmin}},
	RoomDeleted:        {"This room no longer exists.", []NextStep{ContactHost}},
	RoomNotAvailable:   {"The room is not available right now. Try again later.", []NextStep{Wait, ContactHost}},
	SessionCancelled:   {"This session was cancelled.", []NextStep{ContactHost}},
	SessionEnded:       {"This session has ended.", []NextStep{Wait, ContactHost}},
	CodeRequired:       {"Enter the code that was sent to the invited email address.", []NextStep{EnterCode, SendCode, AskHost}},
	CodeWrong:          {"This code is wrong. Enter the code from the newest email, on the device that asked for it.", []NextStep{EnterCode, SendCode, AskHost}},
	CodeExpired:        {"This code no longer works. Ask for a new one.", []NextStep{SendCode, AskHost}},

	SessionNotOpen:     {"The session is not open yet.", []NextStep{Wait}},
	EntryDenied:        {"The host did not let you in.", []NextStep{ContactHost}},
	ParticipantBlocked: {"The host has blocked you from this session.", []NextStep{ContactHost}},
	AccountDisabled:    {"The account of this email address is disabled.", []NextStep{ContactHost, ContactAdmin}},

	InvitationsOff:          {"An administrator has turned off invitations.", []NextStep{ContactAdmin}},
	ChatAndCollaborationOff: {"Turn on Chat & Collaboration in the room before you invite people.", nil},
	SessionOpen:             {"The session is open. End it first.", nil},
	SessionExists:           {"The room already has a scheduled or open session.", nil},
	AlreadyInvited:          {"This email address is already invited.", []NextStep{ChangeRole, CopyLink, RegenerateLink}},
	AlreadyManager:          {"This person already manages the room.", nil},
	InvalidEmail:            {"Enter a valid email address.", []NextStep{FixField}},
	InvalidName:             {"Enter a name of 1 to 100 characters, with at least one letter.", []NextStep{FixField}},
	InvalidTime:             {"Choose another time.", []NextStep{FixField}},
	InvalidValue:            {"This value is not allowed.", []NextStep{FixField}},
	ExpiryBeforeStart:       {"The link would expire before the session starts. Choose a later time.", []NextStep{FixField}},
	InvitationNotActive:     {"This invitation is not active. Make a new link.", []NextStep{RegenerateLink}},
	LastOwner:               {"A room needs an owner. Make somebody else an owner first.", nil},
	LastAdmin:               {"This is the last administrator of the site. Make somebody else an administrator first.", nil},
	EmailTaken:              {"This email address already has an account.", []NextStep{FixField}},
	AlreadyHandled:          {"Somebody has already answered this. Reload to see the decision.", []NextStep{Reload}},
	StaleRevision:           {"This has changed since you loaded it. Reload, then try again.", []NextStep{Reload}},
	QuotaExceeded:           {"You have reached a limit of this site. An administrator can raise it.", []NextStep{ContactAdmin}},
	MailOff:                 {"This site cannot send emails. Copy the link and send it yourself.", []NextStep{CopyLink, ContactAdmin}},

	ChatOff:      {"You cannot write in the chat now.", nil},
	QuestionsOff: {"This room takes no questions now.", nil},
	Muted:        {"A moderator has paused your writing.", []NextStep{Wait, ContactHost}},
	SlowDown:     {"You write too fast. Wait a moment, then send it again.", []NextStep{Wait}},
	TooLate:      {"A message can be edited for 15 minutes.", nil},

	HandsOff:           {"Nobody can raise a hand in this room now.", nil},
	ReactionsOff:       {"Nobody can react in this room now.", nil},
	RequestDeclined:    {"The hosts have declined your request twice. You cannot ask again in this session.", []NextStep{ContactHost}},
	InteractionOpen:    {"Another poll is running. Stop it first.", nil},
	InteractionNotOpen: {"This poll takes no answers now.", []NextStep{Reload}},

	InvalidCredentials: {"The email address or password is wrong.", nil},
	InvalidPassword:    {"Choose a less common password with at least 8 characters.", []NextStep{FixField}},
	SignInRequired:     {"Sign in with the invited email address to use this link.", []NextStep{SignIn}},
}
