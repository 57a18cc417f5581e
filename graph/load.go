package graph

import (
	"context"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"usher/ask"
	"usher/auth"
	"usher/ent"
	"usher/ent/participant"
	"usher/role"
	"usher/room"
	"usher/talk"
	"usher/wire"
)

// loads holds the batches of one answer.
type loads struct {
	rooms       *batch[*ent.Room]
	sessions    *batch[*ent.Session]
	users       *batch[*ent.User]
	accounts    *batch[*ent.User] // by email
	invitations *batch[*ent.Invitation]
	places      *batch[*ent.Participant] // by invitation
	mails       *batch[[]*ent.Mail]      // by invitation
	passwords   *batch[*ent.Mail]        // the newest email about it, by account
	authors     *batch[*ent.Participant] // by id
	devices     *batch[*ent.Device]
	tools       *batch[*ent.RoomTools] // by room
	messages    *batch[*ent.Message]
	questions   *batch[map[ask.State]int] // their numbers, by session
	written     *batch[talk.Written]      // the numbers of messages, by session
	pauses      *batch[*ask.AskingPause]  // by ask.PauseKey
	upvoted     *batch[bool]              // by question and voter
	open        *batch[*ent.Interaction]  // by room
	words       *batch[[]*ent.Word]       // by interaction
	mine        *batch[*ent.Answer]       // by vote.Interaction.MineKey
	managers    *batch[[]*ent.Manager]    // by room
	inside      *batch[map[string]bool]   // the managers who are IN_ROOM, by room
	counts      *batch[*room.Counts]      // by room
	invited     *batch[int]               // usable invitations, by room
	queue       *batch[*int]              // positions in the queue of those WAITING, by participant
	hands       *batch[*int]              // positions of raised hands, by participant
	policy      *batch[*ent.SitePolicy]   // the only one, under the empty key
	reads       atomic.Int64              // counts what the batches and lists have read
}

type loadsKey struct{}

// Answers is an extension around every answer. It refuses requests with rejected credentials and gives each answer its own batches, so
// that no answer shows what an earlier one has read.
type Answers struct{ *Resolver }

// ExtensionName names the extension to gqlgen.
func (Answers) ExtensionName() string { return "Answers" }

// Validate accepts every schema.
func (Answers) Validate(graphql.ExecutableSchema) error { return nil }

// InterceptOperation refuses an operation before any of it runs.
func (r Answers) InterceptOperation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	if err := auth.Refusal(ctx); err != nil {
		return graphql.OneShot(&graphql.Response{Errors: gqlerror.List{wire.Presenter(r.Log)(ctx, err)}})
	}
	if accessOf(ctx) == nil && graphql.GetOperationContext(ctx).Operation.Operation == ast.Subscription {
		ctx = withAccess(ctx, true)
	}
	return next(ctx)
}

// InterceptResponse runs one answer of an operation, or one event of a subscription.
func (r Answers) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	if _, ok := ctx.Value(loadsKey{}).(*loads); !ok { // see askers
		ctx = context.WithValue(ctx, loadsKey{}, r.newLoads())
	}
	return next(ctx)
}

// newLoads returns batches that have read nothing.
func (r Answers) newLoads() *loads {
	l := &loads{}
	l.rooms = newBatch(&l.reads, r.Services.Rows.Rooms, l.ofRoom)
	l.sessions = newBatch(&l.reads, r.Services.Rows.Sessions, nil)
	l.users = newBatch(&l.reads, r.Services.Rows.Users, nil)
	l.accounts = newBatch(&l.reads, r.Services.Rows.UsersByEmail, nil)
	l.invitations = newBatch(&l.reads, r.Services.Rows.Invitations, l.ofInvitation)
	l.places = newBatch(&l.reads, r.Services.Rows.ParticipantsByInvitation, l.ofParticipant)
	l.mails = newBatch(&l.reads, r.Services.Rows.Mails, nil)
	l.passwords = newBatch(&l.reads, func(ctx context.Context, ids []string) (map[string]*ent.Mail, error) {
		return room.PasswordMails(ctx, r.Services.Rows, ids)
	}, nil)
	l.authors = newBatch(&l.reads, r.Services.Rows.Participants, l.ofParticipant)
	l.messages = newBatch(&l.reads, r.Talk.Rows.Messages, nil)
	l.questions = newBatch(&l.reads, r.Ask.Rows.Counts, nil)
	l.written = newBatch(&l.reads, r.Talk.Rows.Written, nil)
	l.pauses = newBatch(&l.reads, r.Ask.Rows.Pauses, nil)
	l.upvoted = newBatch(&l.reads, r.Ask.Rows.Upvoted, nil)
	l.open = newBatch(&l.reads, r.Votes.Rows.Open, nil)
	l.words = newBatch(&l.reads, r.Votes.Rows.Words, nil)
	l.mine = newBatch(&l.reads, r.Votes.Rows.Mine, nil)
	l.tools = newBatch(&l.reads, r.Tools.Rows, func(t *ent.RoomTools) {
		for _, id := range []*string{t.PinnedID, t.PinnedBackID} {
			if id != nil {
				l.messages.expect(*id)
			}
		}
	})
	l.devices = newBatch(&l.reads, r.Services.Rows.Devices, nil)
	l.counts = newBatch(&l.reads, r.Services.Rows.Counts, func(c *room.Counts) { l.invited.expect(c.RoomID) })
	l.invited = newBatch(&l.reads, r.Services.Rows.Invited, nil)
	l.inside = newBatch(&l.reads, r.Services.Rows.ManagersInside, nil)
	l.queue = newBatch(&l.reads, r.Services.Rows.QueuePositions, nil)
	l.hands = newBatch(&l.reads, r.Hands.Positions, nil)
	l.policy = newBatch(&l.reads, func(ctx context.Context, _ []string) (map[string]*ent.SitePolicy, error) {
		policy, err := r.Services.Rows.Policy(ctx)
		return map[string]*ent.SitePolicy{"": policy}, err
	}, nil)
	l.managers = newBatch(&l.reads, r.Services.Rows.Managers, func(all []*ent.Manager) {
		for _, m := range all {
			l.users.expect(m.UserID)
		}
	})
	l.rooms.blank, l.sessions.blank, l.users.blank = room.BlankRoom, room.BlankSession, room.BlankUser
	return l
}

func load(ctx context.Context) *loads { return ctx.Value(loadsKey{}).(*loads) }

func (l *loads) ofRoom(r *ent.Room) {
	if r.CurrentSessionID != nil {
		l.sessions.expect(*r.CurrentSessionID)
		l.questions.expect(*r.CurrentSessionID)
	}
	l.managers.expect(r.ID)
	l.inside.expect(r.ID)
	l.tools.expect(r.ID)
	l.open.expect(r.ID)
}

func (l *loads) ofInvitation(i *ent.Invitation) {
	l.rooms.expect(i.RoomID)
	l.sessions.expect(i.SessionID)
	l.users.expect(i.InvitedByID)
	l.accounts.expect(i.Email)
	l.places.expect(i.ID)
	l.mails.expect(i.ID)
	if i.DeviceID != nil {
		l.devices.expect(*i.DeviceID)
	}
}

// ofInvited keeps what inviting has read and written, and announces what else the fields of its invitations may need.
func (l *loads) ofInvited(done *room.InvitedRows) {
	l.rooms.know(done.Room.ID, done.Room.Room)
	if done.Session != nil {
		l.sessions.know(done.Session.ID, done.Session)
	}
	for id, mails := range done.Mails {
		l.mails.know(id, mails)
		l.places.know(id, nil)
	}
	for _, row := range done.Rows {
		if row.Invitation != nil {
			l.ofInvitation(row.Invitation.Invitation)
		}
	}
}

func (l *loads) ofParticipant(p *ent.Participant) {
	l.rooms.expect(p.RoomID)
	l.sessions.expect(p.SessionID)
	l.managers.expect(p.RoomID)
	if p.State == participant.StateWaiting {
		l.queue.expect(p.ID)
	}
	if p.HandAt != nil {
		l.hands.expect(p.ID)
	}
	if p.UserID != nil {
		l.users.expect(*p.UserID)
	}
	if p.InvitationID != nil {
		l.invitations.expect(*p.InvitationID)
	}
}

func (l *loads) ofMatch(m *room.UserMatch) {
	if m.Invitation != nil {
		l.ofInvitation(m.Invitation.Invitation)
	}
}

// room returns a room as its asker sees it.
func (l *loads) room(ctx context.Context, id string, sight room.Sight) (*room.Room, error) {
	row, err := l.rooms.load(ctx, id)
	if err != nil {
		return nil, err
	}
	return &room.Room{Room: row, Sight: sight}, nil
}

// managerRole returns what a participant manages the room as, nil if nothing.
func (l *loads) managerRole(ctx context.Context, p *ent.Participant) (*role.ManagerRole, error) {
	if p.UserID == nil {
		return nil, nil
	}
	managers, err := l.managers.load(ctx, p.RoomID)
	for _, m := range managers {
		if m.UserID == *p.UserID {
			return &m.Role, err
		}
	}
	return nil, err
}

// managesNothing reports whether a participant is no manager of the room: nobody changes or removes managers (R3).
func (l *loads) managesNothing(ctx context.Context, p *ent.Participant) (bool, error) {
	manages, err := l.managerRole(ctx, p)
	return manages == nil, err
}

// user returns an account, or nil if there is none.
func (l *loads) user(ctx context.Context, id string, emailShown bool) (*room.User, error) {
	row, err := l.users.load(ctx, id)
	if err != nil || row == nil {
		return nil, err
	}
	return &room.User{User: row, EmailShown: emailShown}, nil
}

// around returns the session and the room of an invitation; its status depends on them.
func (l *loads) around(ctx context.Context, i *room.Invitation) (*ent.Session, *ent.Room, error) {
	session, err := l.sessions.load(ctx, i.SessionID)
	if err != nil {
		return nil, nil, err
	}
	of, err := l.rooms.load(ctx, i.RoomID)
	return session, of, err
}
