package room

import (
	"context"
	"errors"
	"slices"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/live"
	"usher/problem"
	"usher/role"
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

// NeedsCode reports whether redeeming needs a code from the invited mailbox, as far as the holder may learn (W2).
func (k *InvitationLink) NeedsCode() bool {
	return k.held != nil && reachesCode(k.Problem) && !k.SignInRequired() && k.held.needsCode(k.ServerTime)
}

// reachesCode reports whether a link with this problem may be redeemed later by the same person.
func reachesCode(p *problem.Problem) bool { return p == nil || p.Code == problem.TooManyAttempts }

// CodeFailed reports whether the last code for the holder's device will not arrive (W5).
func (k *InvitationLink) CodeFailed() bool { return k.held != nil && k.held.codeFailed && !k.held.mine }

// Look returns what the holder of a link may learn. It redeems nothing. That the link was opened is noted after the answer. It
// counts only forged links, and returns problem.RateLimited if an address tries too many.
func (s *Links) Look(ctx context.Context, actor auth.Actor, token string) (*InvitationLink, error) {
	look, h, err := s.look(ctx, actor, token)
	s.opened.noteLook(h)
	return look, err
}

// noteLook notes that a link was opened, unless that is known. h is nil unless the link is genuine.
func (o *opener) noteLook(h *held) {
	if h != nil && h.newest && h.invitation.OpenedAt == nil && h.invitation.RevokedAt == nil && h.room.DeletedAt == nil {
		o.note(h.invitation)
	}
}

// look is Look without the note. h is nil unless the link is genuine.
func (s *Links) look(ctx context.Context, actor auth.Actor, token string) (look *InvitationLink, h *held, err error) {
	now := s.now()
	l, notValid := s.genuine(token)
	if notValid != nil {
		return &InvitationLink{ServerTime: now, Problem: notValid}, nil, s.countForged(ctx, actor)
	}
	if h, err = s.hold(ctx, s.db, actor, actor.Device, l); err != nil {
		return nil, nil, err
	}
	look = lookOf(h, now)
	if err := s.complete(ctx, actor, l, look); err != nil {
		return nil, nil, err
	}
	return look, h, nil
}

// lookOf returns what the holder of a genuine link may learn, without what complete adds. h is nil if the invitation was deleted.
func lookOf(h *held, now time.Time) *InvitationLink {
	look := &InvitationLink{ServerTime: now}
	if h == nil {
		look.Problem = problem.New(problem.LinkNotValid).At("token")
		return look
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
		return look
	}
	look.held = h
	if h.mine && look.Problem == nil {
		look.Participant = &Participant{Participant: h.participant}
	}
	return look
}

// complete adds the link in its usual form, the holder's sight of their place, and who invited. None of these changes alone.
func (s *Links) complete(ctx context.Context, actor auth.Actor, l link, look *InvitationLink) (err error) {
	if look.held == nil {
		return nil
	}
	usual := s.options.JoinURL + "#" + s.options.Keys.Token(l.publicID, l.generation)
	look.Link, look.InvitedBy = &usual, &look.held.inviter
	if look.Participant != nil {
		look.Participant, err = s.ownPlace(ctx, actor, look.held)
	}
	return err
}

// ownPlace returns the place that the link gave, as its holder sees it.
func (s *Links) ownPlace(ctx context.Context, actor auth.Actor, h *held) (*Participant, error) {
	sights, err := s.sights(ctx, s.db, actor, h.room)
	if err != nil {
		return nil, err
	}
	return &Participant{h.participant, asHolder(sights[h.room.ID], h, h.participant)}, nil
}

// countForged counts a forged link against the address that it came from. The limit holds at all servers together. While
// the database is unavailable, it counts nothing: nobody guesses a signature, and people read what is wrong with their link.
func (s *Links) countForged(ctx context.Context, actor auth.Actor) error {
	wait, err := s.rates.Allow(ctx, func(*live.Tx) error { return nil }, auth.Use{Of: s.forged, Key: actor.Address})
	switch {
	case errors.Is(err, problem.ErrUnavailable):
		return nil
	case err == nil && wait > 0:
		return &problem.RateLimited{RetryAfter: wait, Of: "links that are not valid"}
	}
	return err
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
