package room

import (
	"context"
	"iter"
	"slices"
	"time"

	"usher/auth"
	"usher/live"
	"usher/problem"
)

// LookAgain limits how long a watched link goes without a look if no event comes. A change of the site's policy, which is no
// event of the room, shows by then.
const LookAgain = time.Minute

// Watch yields what the holder of a link may learn, at once and at each change, by its room's events and by the clock. The
// stream ends with ctx. It reads for this holder alone: see LinkHolder for many.
func (s *Links) Watch(ctx context.Context, actor auth.Actor, token string) (iter.Seq2[*InvitationLink, error], error) {
	h, err := s.Holder(ctx, actor, token)
	if err != nil {
		return nil, err
	}
	if h != nil {
		token = s.options.Keys.Token(h.link.publicID, h.link.generation) // so that a long text is searched once
	}
	look, err := s.Look(ctx, actor, token) // after the revision was read, so that no later change is missed
	if err != nil {
		return nil, err
	}
	return func(yield func(*InvitationLink, error) bool) {
		if !yield(look, nil) || h == nil {
			return
		}
		watch := s.hub.Watch(h.RoomID, h.revision)
		defer watch.Close()
		for last := look; ; {
			now, err := s.lookNext(ctx, actor, token, watch, h.InvitationID, last)
			if err != nil || now.says() != last.says() {
				if !yield(now, err) || err != nil {
					return
				}
				last = now
			}
		}
	}, nil
}

// lookNext looks at a watched link again when it may have changed.
func (s *Links) lookNext(
	ctx context.Context, actor auth.Actor, token string, watch *live.Watch, invitationID string, last *InvitationLink,
) (*InvitationLink, error) {
	atMost := LookAgain
	if at := last.changesAt(s.now()); at != nil {
		atMost = min(atMost, at.Sub(s.now()))
	}
	if err := awaitNews(ctx, watch, invitationID, atMost); err != nil {
		return nil, err
	}
	return s.Look(ctx, actor, token)
}

// awaitNews waits for an event that may concern an invitation's link, for a limited time.
func awaitNews(ctx context.Context, watch *live.Watch, invitationID string, atMost time.Duration) error {
	waiting, cancel := context.WithTimeout(ctx, atMost)
	defer cancel()
	for {
		rows, err := watch.Next(waiting)
		if err != nil {
			if waiting.Err() != nil {
				return ctx.Err()
			}
			return err
		}
		for _, e := range rows {
			if of := ofInvitation(e); of == invitationID || of == "" && !sparesLinks(e) {
				return nil
			}
		}
	}
}

// changesAt returns when the clock alone may change a look, nil if it does not.
func (k *InvitationLink) changesAt(now time.Time) (next *time.Time) {
	consider := func(at *time.Time) {
		if at != nil && at.After(now) && (next == nil || at.Before(*next)) {
			after := at.Add(time.Millisecond)
			next = &after
		}
	}
	if k.Problem != nil {
		consider(k.Problem.RetryAt)
	}
	if k.held != nil {
		consider(k.ExpiresAt())
		end := linksEnd(k.held.session)
		consider(&end)
		consider(k.held.invitation.VouchedUntil)
	}
	return next
}

// said is the part of a look by which its holder notices a change.
type said struct {
	problem     problem.Code
	participant string
	title, zone string
	description string
	role        string
	state       string
	starts      time.Time
	ends        time.Time
	expires     time.Time
	asked       time.Time
	signIn      bool
	moves       bool // the problem offers to move here
	needsCode   bool
	codeFailed  bool
	place       string
}

func (k *InvitationLink) says() (s said) {
	if k.Problem != nil {
		s.problem, s.moves = k.Problem.Code, slices.Contains(k.Problem.NextSteps, problem.MoveHere)
	}
	if k.Participant != nil {
		s.participant, s.place = k.Participant.ID, string(k.Participant.State)
	}
	if k.HostAskedAt != nil {
		s.asked = *k.HostAskedAt
	}
	if k.held == nil {
		return s
	}
	h := k.held
	s.signIn, s.needsCode, s.codeFailed = k.SignInRequired(), k.NeedsCode(), k.CodeFailed()
	s.title, s.zone, s.description = h.room.Title, h.room.TimeZone, h.room.Description
	s.role, s.state, s.starts = string(h.invitation.Role), string(h.session.State), h.session.StartsAt
	if h.session.EndsAt != nil {
		s.ends = *h.session.EndsAt
	}
	if h.invitation.ExpiresAt != nil {
		s.expires = *h.invitation.ExpiresAt
	}
	return s
}
