package room

import (
	"context"
	"errors"
	"fmt"
	"time"

	"usher/auth"
	"usher/ent/event"
	"usher/live"
	"usher/problem"
	"usher/text"
)

// A link's holder asks the host at most maxAsks times in askWindow (L8).
const (
	maxAsks   = 3
	askWindow = time.Hour
)

// AskHost tells the managers that the holder of a link that no longer works asks to be let in, and returns the look at the
// link from then on. It is for LINK_EXPIRED, LINK_REPLACED and USED_ON_OTHER_DEVICE; otherwise it returns that link's
// problem, INVITATION_NOT_ACTIVE where it works, TOO_MANY_ATTEMPTS with retryAt, INVALID_VALUE for a message too long.
func (s *Rooms) AskHost(ctx context.Context, actor auth.Actor, token, message string) (*InvitationLink, error) {
	l, ok := s.genuine(token)
	if !ok {
		if err := s.countForged(actor); err != nil {
			return nil, err
		}
		return nil, problem.New(problem.LinkNotValid).At("token")
	}
	h, err := s.hold(ctx, s.db, actor, actor.Device, l)
	if err != nil {
		return nil, err
	}
	if h == nil {
		return nil, problem.New(problem.LinkNotValid).At("token")
	}
	err = s.Log.Write(ctx, func(tx *live.Tx) error {
		if _, err := tx.Lock(ctx, h.room.ID); err != nil && !errors.Is(err, problem.ErrNotFound) {
			return err
		}
		if h, err = s.hold(ctx, tx.Client(), actor, actor.Device, l); err != nil {
			return err
		}
		if h == nil {
			return problem.New(problem.LinkNotValid).At("token")
		}
		if err := h.mayAsk(tx.At); err != nil {
			return err
		}
		clean, ok := text.CleanMessage(message)
		if !ok {
			return problem.New(problem.InvalidValue).At("message").Saying("Enter a message of at most 280 characters.")
		}
		if err := s.underAskLimit(ctx, tx, h); err != nil {
			return err
		}
		err := tx.Invitation.UpdateOneID(h.invitation.ID).SetHostAskedAt(tx.At).SetHostMessage(clean).Exec(ctx)
		if err != nil {
			return fmt.Errorf("note request: %w", err)
		}
		e := live.Entry{Kind: live.HostAsked, SessionID: h.session.ID, InvitationID: h.invitation.ID}
		e.Detail.Message = clean
		return tx.Emit(ctx, h.room.ID, e)
	})
	if err != nil {
		return nil, err
	}
	look, _, err := s.look(ctx, actor, token)
	return look, err
}

// mayAsk answers the problem of a link that the host cannot mend, INVITATION_NOT_ACTIVE where there is nothing to mend.
func (h *held) mayAsk(now time.Time) error {
	p := h.problem(now)
	if p == nil {
		return problem.New(problem.InvitationNotActive).Saying("This link works. Open it instead of asking the host.").Then()
	}
	switch p.Code { //nolint:exhaustive // the three that a host can mend
	case problem.LinkExpired, problem.UsedOnOtherDevice:
		return nil
	case problem.LinkReplaced:
		// What is behind the old link decides whether asking makes sense.
		behind := *h
		behind.newest = true
		switch q := behind.problem(now); {
		case q == nil || q.Code == problem.LinkExpired || q.Code == problem.UsedOnOtherDevice:
			return nil
		}
	}
	return p
}

func (s *Rooms) underAskLimit(ctx context.Context, tx *live.Tx, h *held) error {
	asks, err := tx.Event.Query().Where(
		aboutInvitations(h.invitation.ID), event.Kind(string(live.HostAsked)), event.AtGT(tx.At.Add(-askWindow)),
	).Order(event.ByRevision()).All(ctx)
	if err != nil {
		return fmt.Errorf("read requests: %w", err)
	}
	if len(asks) >= maxAsks {
		return problem.New(problem.TooManyAttempts).Saying("You have asked the host three times within an hour. Wait an hour, then ask again.").
			Retry(asks[len(asks)-maxAsks].At.Add(askWindow))
	}
	return nil
}
