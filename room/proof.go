package room

import (
	"context"
	"errors"
	"fmt"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/code"
	"usher/ent/sitepolicy"
	"usher/live"
	"usher/problem"
	"usher/role"
)

// needsProof reports whether a site asks people with this role for a code from the invited mailbox (W1).
func needsProof(policy sitepolicy.Proof, as role.RoomRole) bool {
	switch policy {
	case sitepolicy.ProofEveryone:
		return true
	case sitepolicy.ProofSpeakersAndModerators:
		return as != role.Viewer
	case sitepolicy.ProofModerators:
		return as == role.Moderator
	case sitepolicy.ProofNever:
	}
	return false
}

// needsCode reports whether redeeming the link needs a code: the site asks for one, and the holder is neither the one who redeemed it,
// nor signed in with the invited email, nor has a manager vouched for them (W2).
func (h *held) needsCode(now time.Time) bool {
	return h.mailOn && needsProof(h.policy.Proof, h.invitation.Role) && !h.mine && !h.signedIn && !vouched(h.invitation, now)
}

func vouched(i *ent.Invitation, now time.Time) bool {
	return i.VouchedUntil != nil && !now.After(*i.VouchedUntil)
}

// askingDevice returns the device that asks: the one given, or else the one of the actor's cookie.
func askingDevice(device []byte, actor auth.Actor) []byte {
	if device != nil {
		return device
	}
	return actor.Device
}

// CodeRequest asks for an email with a code.
type CodeRequest struct {
	Token   string
	Email   *string
	Device  []byte // as in Redemption
	Purpose code.Purpose
	// Language is nil for that of the invitation's last email.
	Language *Language
}

// SentCode is until when the code works, and when another email may be asked for.
type SentCode struct{ ExpiresAt, NextAt time.Time }

// SendCode emails a code to the invitee. It returns what Redeem returns up to the domain (L2), MAIL_OFF, INVITATION_NOT_ACTIVE for a link
// that needs no code, and TOO_MANY_ATTEMPTS with retryAt beyond a limit. Whether the email arrives changes nothing of that (W5).
func (s *Codes) SendCode(ctx context.Context, actor auth.Actor, r CodeRequest) (sent *SentCode, err error) {
	err = s.onLink(ctx, actor, r.Token, r.Device, func(t *Turn, h *held) (*problem.Problem, error) {
		sent = nil
		if refused, err := s.codeRefusal(t, h, r.Purpose, r.Email); err != nil || refused != nil {
			return refused, err
		}
		code, err := s.links.prover.issue(t, h, r.Device, r.Purpose, r.Language)
		if err != nil || code.limited {
			return tooManyCodes(code.retryAt), err
		}
		sent = &SentCode{code.expiresAt, code.retryAt}
		return nil, nil
	})
	return sent, err
}

// Move moves the place of a redeemed link to the device that asks, with a code from the invited mailbox. Without one it emails one, and
// returns CODE_REQUIRED. The device that has the place gets it again, because an answer may have been lost. Returns MAIL_OFF, MOVING_OFF,
// what keeps the link from moving, what Redeem returns for an email and a code, or TOO_MANY_ATTEMPTS after maxMoves (W8).
func (s *Codes) Move(ctx context.Context, actor auth.Actor, r Redemption) (*Redeemed, error) {
	err := s.onLink(ctx, actor, r.Token, r.Device, func(t *Turn, h *held) (*problem.Problem, error) {
		if err := s.options.Mailing.refuse(true); err != nil || h.mine {
			return nil, err
		}
		if refused, err := s.codeRefusal(t, h, code.PurposeMove, r.Email); err != nil || refused != nil {
			return refused, err
		}
		spent, refused, err := s.links.prover.check(t, h, r, code.PurposeMove)
		if err != nil || refused != nil {
			return refused, err
		}
		if err := spend(t, spent); err != nil {
			return nil, err
		}
		if err := t.Tx.Invitation.UpdateOneID(h.invitation.ID).AddMoves(1).Exec(ctx); err != nil {
			return nil, fmt.Errorf("count move: %w", err)
		}
		return nil, moveTo(t, h, r.Device, t.actor.Browser)
	})
	if err != nil {
		return nil, err
	}
	return s.links.Redeem(ctx, actor, Redemption{Token: r.Token, Device: r.Device, Bearer: r.Bearer})
}

// onLink runs a command of the holder of a link, in a transaction that locks its room. What a refusal noted is kept.
func (s *Codes) onLink(
	ctx context.Context, actor auth.Actor, token string, device []byte, do func(t *Turn, h *held) (*problem.Problem, error),
) error {
	due := time.After(codeAnswer)
	l, notValid := s.links.genuine(token)
	if notValid != nil {
		return orProblem(s.links.countForged(ctx, actor), notValid)
	}
	h, err := s.links.hold(ctx, s.db, actor, device, l)
	if err != nil {
		return err
	}
	if h == nil {
		return problem.New(problem.LinkNotValid).At("token")
	}
	var refused *problem.Problem
	err = s.log.Write(ctx, func(tx *live.Tx) error {
		if _, err := tx.Lock(ctx, h.room.ID); err != nil && !errors.Is(err, problem.ErrNotFound) {
			return err
		}
		now, ended, err := auth.AsNowEach(ctx, tx.Client(), []auth.Actor{actor})
		if err != nil || ended[0] != nil {
			return errors.Join(err, ended[0])
		}
		of, err := s.links.hold(ctx, tx.Client(), now[0], device, l)
		if err != nil {
			return err
		}
		if of == nil {
			return problem.New(problem.LinkNotValid).At("token")
		}
		refused, err = do(&Turn{Tx: tx, ctx: ctx, actor: now[0], Room: of.room}, of)
		return err
	})
	if err == nil && refused != nil {
		return answerEvenly(ctx, due, refused)
	}
	return err
}

func tooManyCodes(at time.Time) *problem.Problem {
	return problem.New(problem.TooManyAttempts).Retry(at).Then(problem.Wait, problem.EnterCode, problem.AskHost).
		Saying("A code was sent a short while ago, or too often. Wait a little before you ask for another one.")
}

// codeRefusal returns why the holder of a link gets no code, and notes it as redeeming would.
func (s *Codes) codeRefusal(t *Turn, h *held, purpose code.Purpose, typed *string) (refused *problem.Problem, err error) {
	if err := s.options.Mailing.refuse(true); err != nil {
		return nil, err
	}
	switch purpose {
	case code.PurposeMove:
		refused = h.moveRefusal(t.Tx.At, typed)
	case code.PurposeRedeem:
		if refused = h.refusal(t.Tx.At, typed); refused == nil && !h.needsCode(t.Tx.At) {
			return nil, problem.New(problem.InvitationNotActive).Saying("This link needs no code. Open it.").Then()
		}
	}
	if refused == nil || h.room.DeletedAt != nil {
		return refused, nil
	}
	later := &later{}
	if err := s.links.noteRefusal(t.ctx, t.Tx, h, refused, later); err != nil {
		return nil, err
	}
	return refused, later.write(t.ctx, t.Tx, h.room.ID)
}

// maxMoves is how often a code may move an invitation to another device. After that only the host can help (W8).
const maxMoves = 3

// movesByCode reports whether a code from the mailbox may move the place to another device, if the policy lets it move.
func (h *held) movesByCode() bool { return h.mailOn && h.invitation.Moves < maxMoves }

// moveRefusal returns why a code cannot move the place of a link to this device: another device must have redeemed it (W8).
func (h *held) moveRefusal(now time.Time, typed *string) *problem.Problem {
	if p := h.mayMove(now); p != nil {
		return p
	}
	if !h.movesByCode() {
		return problem.New(problem.TooManyAttempts).Then(problem.MoveHere, problem.AskHost).
			Saying(fmt.Sprintf("Codes have moved this place %d times. Use the other device, or ask the host to release it.", maxMoves))
	}
	return h.emailRefusal(now, typed)
}

// vouchTerm is how long a manager's word replaces a code.
const vouchTerm = 30 * time.Minute

// Vouch lets the next redemption of an invitation do without a code for half an hour (W6). One that is redeemed stays as it is. Returns
// SESSION_ENDED, SESSION_CANCELLED, or INVITATION_NOT_ACTIVE for one that has expired or was revoked.
func (s *Codes) Vouch(ctx context.Context, actor auth.Actor, id string) (*Invitation, error) {
	return s.invitations.actOn(ctx, actor, id, func(t *Turn, i *ent.Invitation, of *ent.Session) (*ent.Invitation, error) {
		if err := overProblem(of); err != nil {
			return nil, err
		}
		status := statusOf(i, of, t.Room, t.Tx.At)
		if !usable(status) {
			return nil, problem.New(problem.InvitationNotActive)
		}
		until := t.Tx.At.Add(vouchTerm)
		if i.RedeemedAt != nil || sameTime(i.VouchedUntil, &until) {
			return i, nil
		}
		u := t.Tx.Invitation.UpdateOneID(i.ID).SetVouchedUntil(until)
		if i.HostAskedFor == string(problem.CodeRequired) {
			u.ClearHostAskedAt().SetHostMessage("").SetHostAskedFor("")
		}
		after, err := u.Save(t.ctx)
		if err != nil {
			return nil, wrapped("vouch for invitee", err)
		}
		return after, t.Emit(invitationUpdated, aboutInvitee(after))
	})
}

// VouchedUntil returns until when redeeming needs no code. It returns nil if nobody vouched, or once that is over.
func (s *Codes) VouchedUntil(i *ent.Invitation) *time.Time {
	if !vouched(i, s.now()) {
		return nil
	}
	return i.VouchedUntil
}
