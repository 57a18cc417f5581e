package room

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/invitation"
	"usher/ent/participant"
	"usher/ent/session"
	"usher/problem"
	"usher/role"
	"usher/text"
)

// held is a genuine link in somebody's hands: what its invitation says, how its room and session stand, and who holds it.
type held struct {
	invitation  *ent.Invitation
	room        *ent.Room
	session     *ent.Session
	participant *ent.Participant // the place it gives, where it was redeemed before
	policy      *ent.SitePolicy
	newest      bool // the link's generation is the invitation's
	blocked     bool // the email is blocked in the session
	disabled    bool // the email is that of a disabled account
	mine        bool // the holder's device is the one that redeemed
	signedIn    bool // the holder is signed in with the invited email
	byAccount   bool // the holder is signed in
}

// pauseTerm is how long typed emails are refused after maxWrongEmails wrong ones (L2.5); a wrong one is forgotten as late.
const (
	pauseTerm      = 15 * time.Minute
	maxWrongEmails = 5
)

// hold finds the invitation of a genuine link, nil where it is gone. Where no device is given, the holder of a guest's bearer
// token has the device that the token was made for.
func (s *Rooms) hold(ctx context.Context, c *ent.Client, actor auth.Actor, device []byte, l link) (*held, error) {
	i, err := c.Invitation.Query().Where(invitation.PublicID(l.publicID[:])).
		WithRoom().WithSession().WithDevice().WithParticipant().Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read invitation: %w", err)
	}
	policy, err := readPolicy(ctx, c)
	if err != nil {
		return nil, err
	}
	blocked, err := c.Participant.Query().Where(
		participant.SessionID(i.SessionID), participant.Email(i.Email), participant.StateEQ(participant.StateBlocked),
	).Exist(ctx)
	if err != nil {
		return nil, fmt.Errorf("look for block: %w", err)
	}
	disabled, err := auth.IsDisabled(ctx, c, i.Email)
	if err != nil {
		return nil, err
	}
	return &held{
		invitation: i, room: i.Edges.Room, session: i.Edges.Session, participant: i.Edges.Participant, policy: policy,
		newest: int(l.generation) == i.Generation, blocked: blocked, disabled: disabled,
		mine:      i.RedeemedAt != nil && boundTo(i, device, actor.Guest),
		signedIn:  actor.User != nil && actor.User.Email == i.Email,
		byAccount: actor.User != nil,
	}, nil
}

// boundTo reports whether the device that redeemed is the one given, or the one that the guest's token was made for.
func boundTo(i *ent.Invitation, device []byte, guest *ent.GuestToken) bool {
	bound := i.Edges.Device
	switch {
	case bound == nil:
		return false
	case device != nil:
		return bytes.Equal(bound.SecretHash, device)
	}
	return guest != nil && guest.InvitationID == i.ID && guest.DeviceID == bound.ID
}

// problem is why the link can't be used now: the first of L2's checks 1 to 4 that fails, with what the device that redeemed
// may skip (L3); nil where it can.
func (h *held) problem(now time.Time) *problem.Problem {
	switch {
	case !h.newest && !h.mine:
		return problem.New(problem.LinkReplaced)
	case h.room.DeletedAt != nil:
		return problem.New(problem.RoomDeleted)
	case !h.policy.Invitations || !h.room.ChatAndCollaboration:
		return problem.New(problem.RoomNotAvailable)
	case h.session.State == session.StateCancelled:
		return problem.New(problem.SessionCancelled)
	case h.invitation.RevokedAt != nil:
		return problem.New(problem.InvitationRevoked)
	case h.blocked:
		return problem.New(problem.ParticipantBlocked)
	case h.disabled:
		return problem.New(problem.AccountDisabled)
	case h.session.State == session.StateEnded:
		return problem.New(problem.SessionEnded)
	case h.mine:
		return nil
	case h.session.State == session.StateScheduled && now.After(linksEnd(h.session)):
		return problem.New(problem.SessionEnded)
	case expired(h.invitation, h.session, now):
		return problem.New(problem.LinkExpired)
	case h.invitation.RedeemedAt != nil:
		return problem.New(problem.UsedOnOtherDevice)
	}
	return nil
}

// pause is TOO_MANY_ATTEMPTS while typed emails are refused; it binds neither the device that redeemed nor who is signed in
// with the invited email.
func (h *held) pause(now time.Time) *problem.Problem {
	if h.mine || h.signedIn || h.wrongEmails(now) < maxWrongEmails {
		return nil
	}
	return problem.New(problem.TooManyAttempts).Retry(h.invitation.WrongEmailAt.Add(pauseTerm))
}

// wrongEmails counts the wrong emails typed that are not forgotten yet.
func (h *held) wrongEmails(now time.Time) int {
	if at := h.invitation.WrongEmailAt; at == nil || !now.Before(at.Add(pauseTerm)) {
		return 0
	}
	return h.invitation.WrongEmails
}

// tells reports whether a look at a link with this problem may tell of its room (L4).
func tells(p *problem.Problem) bool {
	silent := []problem.Code{
		problem.LinkNotValid, problem.LinkReplaced, problem.InvitationRevoked, problem.ParticipantBlocked, problem.AccountDisabled,
		problem.RoomDeleted,
	}
	return p == nil || !slices.Contains(silent, p.Code)
}

// tell returns what f finds in the held link, nil where nothing may be told.
func tell[T any](k *InvitationLink, f func(h *held) T) *T {
	if k.held == nil {
		return nil
	}
	v := f(k.held)
	return &v
}

// InvitationLink is what whoever holds a link may learn before redeeming it. It names no email and tells of no account.
type InvitationLink struct {
	Problem     *problem.Problem
	Participant *Participant
	HostAsked   bool
	ServerTime  time.Time
	// held is empty where nothing more may be told.
	held      *held
	InvitedBy *string
}

// RoomTitle, and what follows, tell of the invitation; empty where nothing may be told (L4).
func (k *InvitationLink) RoomTitle() *string {
	return tell(k, func(h *held) string { return h.room.Title })
}

func (k *InvitationLink) RoomDescription() *string {
	return tell(k, func(h *held) string { return h.room.Description })
}

func (k *InvitationLink) TimeZone() *string {
	return tell(k, func(h *held) string { return h.room.TimeZone })
}

func (k *InvitationLink) Role() *role.RoomRole {
	return tell(k, func(h *held) role.RoomRole { return h.invitation.Role })
}

func (k *InvitationLink) Session() *ent.Session {
	if k.held == nil {
		return nil
	}
	return k.held.session
}

// ExpiresAt is the last instant at which the link can be redeemed; empty: until the session ends.
func (k *InvitationLink) ExpiresAt() *time.Time {
	if k.held == nil {
		return nil
	}
	return k.held.invitation.ExpiresAt
}

// Look tells what the holder of a link may learn. It redeems nothing and spoils nothing; that the link was opened is noted
// behind the answer. Only links that are not genuine are counted: problem.RateLimited where an address tries too many.
func (s *Rooms) Look(ctx context.Context, actor auth.Actor, token string) (*InvitationLink, error) {
	look, h, err := s.look(ctx, actor, token)
	if h != nil && h.newest && h.invitation.OpenedAt == nil && h.invitation.RevokedAt == nil && h.room.DeletedAt == nil {
		s.opened.note(h.invitation)
	}
	return look, err
}

// look is Look, and notes nothing. h is the genuine link in the holder's hands.
func (s *Rooms) look(ctx context.Context, actor auth.Actor, token string) (look *InvitationLink, h *held, err error) {
	now := s.Now()
	look = &InvitationLink{ServerTime: now}
	l, ok := s.genuine(token)
	if !ok {
		look.Problem = problem.New(problem.LinkNotValid)
		return look, nil, s.countForged(actor)
	}
	if h, err = s.hold(ctx, s.db, actor, actor.Device, l); err != nil {
		return nil, nil, err
	}
	if h == nil {
		look.Problem = problem.New(problem.LinkNotValid)
		return look, nil, nil
	}
	if look.Problem = h.problem(now); look.Problem == nil {
		look.Problem = h.pause(now)
	}
	if look.Problem == nil || look.Problem.Code != problem.InvitationRevoked {
		look.HostAsked = hostAsked(h.invitation, now)
	}
	if !tells(look.Problem) {
		return look, h, nil
	}
	look.held = h
	if h.mine && look.Problem == nil {
		if look.Participant, err = s.ownPlace(ctx, actor, h); err != nil {
			return nil, nil, err
		}
	}
	by, err := s.db.User.Get(ctx, h.invitation.InvitedByID)
	if err != nil {
		return nil, nil, fmt.Errorf("read inviter: %w", err)
	}
	name := text.FullName(by.FirstName, by.LastName)
	look.InvitedBy = &name
	return look, h, nil
}

// ownPlace returns the place of the link's holder as they see it.
func (s *Rooms) ownPlace(ctx context.Context, actor auth.Actor, h *held) (*Participant, error) {
	sights, err := s.sights(ctx, s.db, actor, h.room)
	if err != nil {
		return nil, err
	}
	return &Participant{h.participant, asHolder(sights[h.room.ID], h, h.participant)}, nil
}

// askTerm is how long a request to the host stands unanswered.
const askTerm = 24 * time.Hour

func hostAsked(i *ent.Invitation, now time.Time) bool {
	return i.HostAskedAt != nil && now.Before(i.HostAskedAt.Add(askTerm))
}

type link struct {
	publicID   [16]byte
	generation uint32
}

func (s *Rooms) genuine(token string) (l link, ok bool) {
	l.publicID, l.generation, ok = s.Keys.Parse(token)
	return l, ok
}

// countForged counts a link that is not genuine against the address it came from.
func (s *Rooms) countForged(actor auth.Actor) error {
	if wait, ok := s.forged.Allow(actor.Address); !ok {
		return &problem.RateLimited{RetryAfter: wait, Of: "links that are not valid"}
	}
	return nil
}

// Link returns the URL to share, empty where it can no longer be used.
func (s *Rooms) Link(i *ent.Invitation, of *ent.Session, r *ent.Room) string {
	if !standing(statusOf(i, of, r, s.Now())) {
		return ""
	}
	return s.LinkOf(i)
}

// LinkOf returns the URL of an invitation, whether it can be used now or not.
func (s *Rooms) LinkOf(i *ent.Invitation) string {
	return s.JoinURL + "#" + s.Keys.Token([16]byte(i.PublicID), uint32(i.Generation))
}

// Status is how an invitation stands now.
func (s *Rooms) Status(i *ent.Invitation, of *ent.Session, r *ent.Room) InvitationStatus {
	return statusOf(i, of, r, s.Now())
}

// HostAskedAt is when the holder asked the host to be let in, nil once answered or too long ago.
func (s *Rooms) HostAskedAt(i *ent.Invitation) *time.Time {
	if !hostAsked(i, s.Now()) {
		return nil
	}
	return i.HostAskedAt
}
