package room

import (
	"context"
	"iter"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/live"
	"usher/problem"
)

// lookAgain limits how long a watched link goes without a look if no event comes. A change of the site's policy, which is no
// event of the room, shows by then.
const lookAgain = time.Minute

// Watch yields what the holder of a link may learn, at once and at each change, by its room's events and by the clock. The
// stream ends with ctx.
func (s *Links) Watch(ctx context.Context, actor auth.Actor, token string) (iter.Seq2[*InvitationLink, error], error) {
	var h *held
	var err error
	if l, notValid := s.genuine(token); notValid == nil {
		token = s.options.Keys.Token(l.publicID, l.generation) // so that a long text is searched once
		if h, err = s.hold(ctx, s.db, actor, actor.Device, l); err != nil {
			return nil, err
		}
	}
	look, err := s.Look(ctx, actor, token) // after the revision was read, so that no later change is missed
	if err != nil {
		return nil, err
	}
	return func(yield func(*InvitationLink, error) bool) {
		if !yield(look, nil) || h == nil {
			return
		}
		watch := s.hub.Watch(h.room.ID, h.room.Revision)
		defer watch.Close()
		for last := look; ; {
			now, err := s.lookNext(ctx, actor, token, watch, h.invitation, last)
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
	ctx context.Context, actor auth.Actor, token string, watch *live.Watch, i *ent.Invitation, last *InvitationLink,
) (*InvitationLink, error) {
	if err := awaitNews(ctx, watch, i, last.changesIn(s.now())); err != nil {
		return nil, err
	}
	return s.Look(ctx, actor, token)
}

// awaitNews waits for an event that may concern an invitation's link, for a limited time.
func awaitNews(ctx context.Context, watch *live.Watch, i *ent.Invitation, atMost time.Duration) error {
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
			if e.InvitationID == i.ID || e.InvitationID == "" {
				return nil
			}
		}
	}
}

// changesIn returns how long until the clock alone may change a look.
func (k *InvitationLink) changesIn(now time.Time) time.Duration {
	next := now.Add(lookAgain)
	consider := func(at *time.Time) {
		if at != nil && at.After(now) && at.Before(next) {
			next = *at
		}
	}
	if k.Problem != nil {
		consider(k.Problem.RetryAt)
	}
	if k.held != nil {
		consider(k.ExpiresAt())
		end := linksEnd(k.held.session)
		consider(&end)
	}
	return next.Sub(now) + time.Millisecond
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
	place       string
}

func (k *InvitationLink) says() (s said) {
	if k.Problem != nil {
		s.problem = k.Problem.Code
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
	s.signIn = k.SignInRequired()
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
