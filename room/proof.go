package room

import (
	"context"
	"errors"
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
	l, notValid := s.links.genuine(r.Token)
	if notValid != nil {
		if err := s.links.countForged(actor); err != nil {
			return nil, err
		}
		return nil, notValid
	}
	h, err := s.links.hold(ctx, s.db, actor, r.Device, l)
	if err != nil {
		return nil, err
	}
	if h == nil {
		return nil, problem.New(problem.LinkNotValid).At("token")
	}
	var refused *problem.Problem
	err = s.log.Write(ctx, func(tx *live.Tx) error {
		refused, sent = nil, nil
		if _, err := tx.Lock(ctx, h.room.ID); err != nil && !errors.Is(err, problem.ErrNotFound) {
			return err
		}
		now, ended, err := auth.AsNowEach(ctx, tx.Client(), []auth.Actor{actor})
		if err != nil || ended[0] != nil {
			return errors.Join(err, ended[0])
		}
		of, err := s.links.hold(ctx, tx.Client(), now[0], r.Device, l)
		if err != nil {
			return err
		}
		if of == nil {
			return problem.New(problem.LinkNotValid).At("token")
		}
		t := &Turn{Tx: tx, ctx: ctx, actor: now[0], Room: of.room}
		if refused, err = s.codeRefusal(t, of, r); err != nil || refused != nil {
			return err
		}
		code, err := s.links.prover.issue(t, of, r.Device, r.Purpose, r.Language)
		if err != nil {
			return err
		}
		if code.limited {
			refused = tooManyCodes(code.retryAt)
			return nil
		}
		sent = &SentCode{code.expiresAt, code.retryAt}
		return nil
	})
	if err == nil && refused != nil {
		err = refused
	}
	return sent, err
}

func tooManyCodes(at time.Time) *problem.Problem {
	return problem.New(problem.TooManyAttempts).Retry(at).Then(problem.Wait, problem.EnterCode, problem.AskHost).
		Saying("A code was sent a short while ago, or too often. Wait a little before you ask for another one.")
}

// codeRefusal returns why the holder of a link gets no code, and notes it as redeeming would.
func (s *Codes) codeRefusal(t *Turn, h *held, r CodeRequest) (refused *problem.Problem, err error) {
	if err := s.options.Mailing.refuse(true); err != nil {
		return nil, err
	}
	switch r.Purpose {
	case code.PurposeMove:
		refused = h.moveRefusal(t.Tx.At, r.Email)
	case code.PurposeRedeem:
		if refused = h.refusal(t.Tx.At, r.Email); refused == nil && !h.needsCode(t.Tx.At) {
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

// moveRefusal returns why the place of a link cannot move to this device: another device must have redeemed it (W8).
func (h *held) moveRefusal(now time.Time, typed *string) *problem.Problem {
	if p := h.mayMove(now); p != nil {
		return p
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
