package room

import (
	"context"
	"fmt"
	"slices"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/problem"
	"usher/role"
	"usher/text"
)

// InvitationLink is what the holder of a link may learn before redeeming it. It reveals no email and no account.
type InvitationLink struct {
	Problem     *problem.Problem
	Participant *Participant
	HostAsked   bool
	HostAskedAt *time.Time
	ServerTime  time.Time
	// Link is the link in its usual form, nil if the holder may learn nothing more.
	Link *string
	// held is nil if the holder may learn nothing more.
	held      *held
	InvitedBy *string
}

// RoomTitle and the methods below describe the invitation. They return nil if the holder may learn nothing of it (L4).
func (k *InvitationLink) RoomTitle() *string {
	return learn(k, func(h *held) string { return h.room.Title })
}

func (k *InvitationLink) RoomDescription() *string {
	return learn(k, func(h *held) string { return h.room.Description })
}

func (k *InvitationLink) TimeZone() *string {
	return learn(k, func(h *held) string { return h.room.TimeZone })
}

func (k *InvitationLink) Role() *role.RoomRole {
	return learn(k, func(h *held) role.RoomRole { return h.invitation.Role })
}

func (k *InvitationLink) Session() *ent.Session {
	if k.held == nil {
		return nil
	}
	return k.held.session
}

// ExpiresAt returns the last instant at which the link can be redeemed. Nil means until the session ends.
func (k *InvitationLink) ExpiresAt() *time.Time {
	if k.held == nil {
		return nil
	}
	return k.held.invitation.ExpiresAt
}

// MatchesAccount reports whether the holder is signed in with the invited email.
func (k *InvitationLink) MatchesAccount() bool { return k.held != nil && k.held.signedIn }

// SignInRequired reports whether the holder has to sign in first (L2.5).
func (k *InvitationLink) SignInRequired() bool {
	return k.held != nil && k.held.policy.RequireSignIn && !k.held.mine && !k.held.signedIn
}

// Look returns what the holder of a link may learn. It redeems nothing. That the link was opened is noted after the answer. It
// counts only forged links, and returns problem.RateLimited if an address tries too many.
func (s *Links) Look(ctx context.Context, actor auth.Actor, token string) (*InvitationLink, error) {
	look, h, err := s.look(ctx, actor, token)
	if h != nil && h.newest && h.invitation.OpenedAt == nil && h.invitation.RevokedAt == nil && h.room.DeletedAt == nil {
		s.opened.note(h.invitation)
	}
	return look, err
}

// look is Look without the note. h is nil unless the link is genuine.
func (s *Links) look(ctx context.Context, actor auth.Actor, token string) (look *InvitationLink, h *held, err error) {
	now := s.now()
	look = &InvitationLink{ServerTime: now}
	l, notValid := s.genuine(token)
	if notValid != nil {
		look.Problem = notValid
		return look, nil, s.countForged(actor)
	}
	if h, err = s.hold(ctx, s.db, actor, actor.Device, l); err != nil {
		return nil, nil, err
	}
	if h == nil {
		look.Problem = problem.New(problem.LinkNotValid).At("token")
		return look, nil, nil
	}
	if look.Problem = h.problem(now); look.Problem == nil {
		look.Problem = h.pause(now)
	}
	if look.Problem == nil || look.Problem.Code != problem.InvitationRevoked {
		if look.HostAsked = askedRecently(h.invitation, now); look.HostAsked {
			look.HostAskedAt = h.invitation.HostAskedAt
		}
	}
	if !reveals(look.Problem) {
		return look, h, nil
	}
	usual := s.options.JoinURL + "#" + s.options.Keys.Token(l.publicID, l.generation)
	look.held, look.Link = h, &usual
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

// ownPlace returns the place that the link gave, as its holder sees it.
func (s *Links) ownPlace(ctx context.Context, actor auth.Actor, h *held) (*Participant, error) {
	sights, err := s.sights(ctx, s.db, actor, h.room)
	if err != nil {
		return nil, err
	}
	return &Participant{h.participant, asHolder(sights[h.room.ID], h, h.participant)}, nil
}

// countForged counts a forged link against the address that it came from.
func (s *Links) countForged(actor auth.Actor) error {
	if wait, ok := s.forged.Allow(actor.Address); !ok {
		return &problem.RateLimited{RetryAfter: wait, Of: "links that are not valid"}
	}
	return nil
}

// reveals reports whether the holder of a link with this problem may learn about its room (L4).
func reveals(p *problem.Problem) bool {
	silent := []problem.Code{
		problem.LinkNotValid, problem.LinkReplaced, problem.InvitationRevoked, problem.ParticipantBlocked, problem.AccountDisabled,
		problem.RoomDeleted,
	}
	return p == nil || !slices.Contains(silent, p.Code)
}

// learn returns what f finds in the held link, nil if the holder may learn nothing.
func learn[T any](k *InvitationLink, f func(h *held) T) *T {
	if k.held == nil {
		return nil
	}
	v := f(k.held)
	return &v
}
