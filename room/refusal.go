package room

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"slices"
	"time"

	"usher/ent"
	"usher/ent/event"
	"usher/live"
	"usher/problem"
	"usher/text"
)

// refusal returns the first of L2's checks 2 to 6 that fails, nil if the link can be redeemed now.
func (h *held) refusal(now time.Time, typed *string) *problem.Problem {
	if p := h.problem(now); p != nil {
		return p
	}
	if h.mine {
		return nil
	}
	if p := h.emailRefusal(now, typed); p != nil {
		return p
	}
	if !text.DomainAllowed(text.DomainOf(h.invitation.Email), h.policy.BlockedDomains, h.policy.AllowedDomains) {
		return problem.New(problem.EmailDomainBlocked)
	}
	return nil
}

// emailRefusal checks by which email the holder claims the invitation (L2.5).
func (h *held) emailRefusal(now time.Time, typed *string) *problem.Problem {
	if h.signedIn {
		return nil
	}
	if h.policy.RequireSignIn {
		return problem.New(problem.SignInRequired)
	}
	if typed == nil {
		return problem.New(problem.InvalidEmail).At("email")
	}
	address, wrong := text.ReadAddress(*typed)
	if wrong != nil {
		return problem.New(problem.InvalidEmail).At("email").Saying(wrong.Message)
	}
	if p := h.pause(now); p != nil {
		return p.At("email")
	}
	if subtle.ConstantTimeCompare([]byte(address.Normal), []byte(h.invitation.Email)) == 1 {
		return nil
	}
	p := problem.New(problem.EmailMismatch).At("email").Left(maxWrongEmails - h.wrongEmails(now) - 1)
	if h.byAccount {
		p.Then(problem.TryOtherEmail, problem.SwitchAccount)
	}
	return p
}

// refuse returns the Problem, and reports it to the managers.
func (s *Links) refuse(ctx context.Context, h *held, p *problem.Problem) error {
	reported, err := s.reported(ctx, s.db, h, p, s.now())
	if err != nil || reported {
		return orProblem(err, p)
	}
	err = s.log.Write(ctx, func(tx *live.Tx) error {
		if _, err := tx.Lock(ctx, h.room.ID); err != nil {
			return err
		}
		later := &later{}
		if err := s.noteRefusal(ctx, tx, h, p, later); err != nil {
			return err
		}
		return later.write(ctx, tx, h.room.ID)
	})
	if errors.Is(err, problem.ErrNotFound) {
		return p // the room was deleted meanwhile: nobody manages it
	}
	return orProblem(err, p)
}

func orProblem(err error, p *problem.Problem) error {
	if err != nil {
		return err
	}
	return p
}

// reported reports whether the managers need no event of this refusal. They get at most one a minute for each link and code (L5),
// and none for a deleted room.
func (s *Links) reported(ctx context.Context, c *ent.Client, h *held, p *problem.Problem, now time.Time) (bool, error) {
	if h.room.DeletedAt != nil {
		return true, nil
	}
	recent, err := c.Event.Query().Where(
		aboutInvitations(h.invitation.ID), event.Kind(redemptionRefused.Name), event.AtGT(now.Add(-time.Minute)),
	).All(ctx)
	if err != nil {
		return false, fmt.Errorf("read refusals: %w", err)
	}
	for _, e := range recent {
		if e.Detail.Code == string(p.Code) {
			return true, nil
		}
	}
	return false, nil
}

// noteRefusal counts a wrong email, and leaves the event of a refusal to be written later, unless managers got one. A code that is still
// missing is no refusal (L5).
func (s *Links) noteRefusal(ctx context.Context, tx *live.Tx, h *held, p *problem.Problem, later *later) error {
	switch p.Code { //nolint:exhaustive // others are reported
	case problem.CodeRequired, problem.InvalidValue: // the next step, or a slip of the hand
		return nil
	case problem.EmailMismatch:
		err := tx.Invitation.UpdateOneID(h.invitation.ID).SetWrongEmails(h.wrongEmails(tx.At) + 1).SetWrongEmailAt(tx.At).Exec(ctx)
		if err != nil {
			return fmt.Errorf("count wrong email: %w", err)
		}
	}
	reported, err := s.reported(ctx, tx.Client(), h, p, tx.At)
	if err != nil || reported || slices.ContainsFunc(later.events, func(e live.Emission) bool {
		return e.Kind == redemptionRefused.Name && e.Entry.InvitationID == h.invitation.ID && e.Entry.Detail.Code == string(p.Code)
	}) {
		return err
	}
	e := aboutInvitee(h.invitation)
	e.Detail.Code = string(p.Code)
	later.emit(redemptionRefused, e)
	return nil
}
