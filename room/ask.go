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

// The holder of a link asks the host at most maxAsks times in askWindow (L8).
const (
	maxAsks   = 3
	askWindow = time.Hour
)

// AskHostInput asks the host to let in the holder of a link that no longer works.
type AskHostInput struct {
	Token   string
	Message *string
}

// AskHost reports to the managers that the holder of a link that no longer works asks to be let in. It returns the look at the
// link afterwards. It is for LINK_EXPIRED, LINK_REPLACED, USED_ON_OTHER_DEVICE and CODE_REQUIRED. Otherwise it returns the link's problem,
// INVITATION_NOT_ACTIVE if it works, TOO_MANY_ATTEMPTS with retryAt, or INVALID_VALUE for a message that is too long.
func (s *Links) AskHost(ctx context.Context, actor auth.Actor, in AskHostInput) (*InvitationLink, error) {
	message := ""
	assign(&message, in.Message)
	l, notValid := s.genuine(in.Token)
	if notValid != nil {
		if err := s.countForged(ctx, actor); err != nil {
			return nil, err
		}
		return nil, notValid
	}
	h, err := s.hold(ctx, s.db, actor, actor.Device, l)
	if err != nil {
		return nil, err
	}
	if h == nil {
		return nil, problem.New(problem.LinkNotValid).At("token")
	}
	err = s.log.Write(ctx, func(tx *live.Tx) error {
		if _, err := tx.Lock(ctx, h.room.ID); err != nil && !errors.Is(err, problem.ErrNotFound) {
			return err
		}
		if h, err = s.hold(ctx, tx.Client(), actor, actor.Device, l); err != nil {
			return err
		}
		if h == nil {
			return problem.New(problem.LinkNotValid).At("token")
		}
		about, err := h.mayAsk(tx.At)
		if err != nil {
			return err
		}
		clean, wrong := text.CleanMessage(message)
		if wrong != nil {
			return problem.New(problem.InvalidValue).At("message").Saying(wrong.Message)
		}
		if err := underAskLimit(ctx, tx, h); err != nil {
			return err
		}
		err = tx.Invitation.UpdateOneID(h.invitation.ID).SetHostAskedAt(tx.At).SetHostMessage(clean).SetHostAskedFor(string(about)).Exec(ctx)
		if err != nil {
			return fmt.Errorf("note request: %w", err)
		}
		e := aboutInvitee(h.invitation)
		e.Detail.Message = clean
		return emit(ctx, tx, h.room.ID, hostAsked, e)
	})
	if err != nil {
		return nil, err
	}
	look, _, err := s.look(ctx, actor, in.Token)
	return look, err
}

// codeWait is how long somebody waits for a code before they may ask the host instead (W6).
const codeWait = time.Minute

// mayAsk returns the code of the link's problem if a host can help: an expired, replaced or used link, or a code that does not come. For
// other links it returns their problem, and INVITATION_NOT_ACTIVE if the link works.
func (h *held) mayAsk(now time.Time) (problem.Code, error) {
	p := h.problem(now)
	if p == nil && h.needsCode(now) {
		return problem.CodeRequired, h.mayAskAboutCode(now)
	}
	if p == nil {
		return "", problem.New(problem.InvitationNotActive).Saying("This link works. Open it instead of asking the host.").Then()
	}
	switch p.Code { //nolint:exhaustive // the three that a host can mend
	case problem.LinkExpired, problem.UsedOnOtherDevice:
		return p.Code, nil
	case problem.LinkReplaced:
		// The problem of the new link decides whether asking makes sense.
		behind := *h
		behind.newest = true
		switch q := behind.problem(now); {
		case q == nil || q.Code == problem.LinkExpired || q.Code == problem.UsedOnOtherDevice:
			return p.Code, nil
		}
	}
	return "", p
}

// mayAskAboutCode returns CODE_REQUIRED with retryAt until somebody has waited for a code. They need not wait if it failed.
func (h *held) mayAskAboutCode(now time.Time) error {
	since := h.codes.since()
	if h.codeFailed || since != nil && !now.Before(since.Add(codeWait)) {
		return nil
	}
	p := problem.New(problem.CodeRequired).Then(problem.EnterCode, problem.SendCode)
	if since != nil {
		p.Retry(since.Add(codeWait)).Saying("The code has just been sent. Wait a minute for it before you ask the host.")
	}
	return p
}

func underAskLimit(ctx context.Context, tx *live.Tx, h *held) error {
	asks, err := tx.Event.Query().Where(
		aboutInvitations(h.invitation.ID), event.Kind(hostAsked.Name), event.AtGT(tx.At.Add(-askWindow)),
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
