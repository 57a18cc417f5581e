package room

import (
	"bytes"
	"context"
	"crypto/subtle"
	"fmt"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/device"
	"usher/ent/handover"
	"usher/live"
	"usher/problem"
	"usher/role"
)

// A device offers at most maxHandOvers in a session, each for handOverTerm. The digits may be wrong maxWrongDigits times. Once a device
// has asked, there is at least answerTerm to answer.
const (
	maxHandOvers   = 10
	maxWrongDigits = 5
	handOverTerm   = 2 * time.Minute
	answerTerm     = time.Minute
	// handOverKept is how long a hand-over is stored.
	handOverKept = 24 * time.Hour
)

// HandOver is a hand-over as one of its two devices sees it.
type HandOver struct {
	ID                   string
	State                handover.State
	ExpiresAt            time.Time
	URL, Digits, Browser *string
	Participant          *Participant
}

// stateNow returns the state of a hand-over, read with its invitation and device. What nobody answered in time has ended, and so has that
// of a device which lost the place, even if it redeemed the link again since.
func stateNow(row *ent.HandOver, now time.Time) handover.State {
	if row.State != handover.StateOffered && row.State != handover.StateAsked {
		return row.State
	}
	i := row.Edges.Invitation
	bound := i != nil && i.RedeemedAt != nil && i.RevokedAt == nil && i.Edges.Device != nil && bytes.Equal(i.Edges.Device.SecretHash, row.DeviceHash)
	if !bound || i.RedeemedAt.After(row.CreatedAt) || !now.Before(row.ExpiresAt) {
		return handover.StateEnded
	}
	return row.State
}

// readHandOver reads a hand-over with its invitation, participant and device. Without one it returns nil.
func readHandOver(ctx context.Context, q *ent.HandOverQuery) (*ent.HandOver, error) {
	row, err := q.WithInvitation(func(q *ent.InvitationQuery) { q.WithDevice().WithParticipant() }).
		Order(ent.Desc(handover.FieldCreatedAt, handover.FieldID)).First(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	return row, wrapped("read hand-over", err)
}

// deviceOf returns the SHA-256 of the secret of the asker's device, nil if they have none.
func deviceOf(ctx context.Context, c *ent.Client, actor auth.Actor) ([]byte, error) {
	if actor.Device != nil || actor.Guest == nil {
		return actor.Device, nil
	}
	d, err := c.Device.Query().Where(device.ID(actor.Guest.DeviceID)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read device: %w", err)
	}
	return d.SecretHash, nil
}

// elsewhere returns a redeemed link as another device holds it, nil if its room or session was deleted.
func (s *HandOvers) elsewhere(ctx context.Context, c *ent.Client, invitationID string, actor auth.Actor, device []byte) (*held, error) {
	invited, err := s.readInvited(ctx, c, invitedByID, ent.List([]string{invitationID}))
	if err != nil || len(invited.rows) == 0 {
		return nil, err
	}
	i := invited.rows[0]
	return invited.hold(i, actor, device, link{publicID: [16]byte(i.PublicID), generation: uint32(i.Generation)}), nil
}

// mayMove returns why a link cannot move to a device that has not redeemed it: MOVING_OFF, or the link's own problem.
func (h *held) mayMove(now time.Time) *problem.Problem {
	if !h.policy.MoveDevices {
		return problem.New(problem.MovingOff)
	}
	switch p := h.problem(now); {
	case p == nil && h.mine:
		return problem.New(problem.InvitationNotActive).Saying("This is the device that has the place. Use the other one.").Then()
	case p == nil:
		return problem.New(problem.InvitationNotActive).Saying("No device has this place. Open the link instead.").Then()
	case p.Code != problem.UsedOnOtherDevice:
		return p
	}
	return nil
}

// Offer offers the asker's place in a room to another device, and ends an earlier offer. Returns problem.ErrForbidden if no link gave the
// place to this device, MOVING_OFF, what keeps the link from moving, or TOO_MANY_ATTEMPTS.
func (s *HandOvers) Offer(ctx context.Context, actor auth.Actor, roomID string) (offered *HandOver, err error) {
	err = s.act(ctx, actor, roomID, role.SeeRoom, func(t *Turn) error {
		offering, err := deviceOf(ctx, t.Tx.Client(), t.actor)
		if err != nil {
			return err
		}
		own := t.Sight.Own
		if own == nil || own.InvitationID == nil || offering == nil {
			return problem.ErrForbidden
		}
		h, err := s.elsewhere(ctx, t.Tx.Client(), *own.InvitationID, t.actor, offering)
		if err != nil {
			return err
		}
		if h == nil || !h.mine {
			return problem.ErrForbidden
		}
		h.mine = false // as the other device will hold it
		if err := h.mayMove(t.Tx.At); err != nil {
			return err
		}
		if h.invitation.HandOvers >= maxHandOvers {
			return problem.New(problem.TooManyAttempts).Then(problem.ContactHost).
				Saying(fmt.Sprintf("You have done this %d times in this session. Ask the host to release the device.", maxHandOvers))
		}
		if err := endHandOvers(t, h.invitation.ID); err != nil {
			return err
		}
		if err := t.Tx.Invitation.UpdateOneID(h.invitation.ID).AddHandOvers(1).Exec(ctx); err != nil {
			return fmt.Errorf("count hand-over: %w", err)
		}
		row, err := t.Tx.HandOver.Create().SetRoomID(t.Room.ID).SetInvitationID(h.invitation.ID).SetDeviceHash(offering).
			SetKeyNumber(int(s.options.Keys.current)).SetCreatedAt(t.Tx.At).SetExpiresAt(t.Tx.At.Add(handOverTerm)).Save(ctx)
		if err != nil {
			return fmt.Errorf("offer hand-over: %w", err)
		}
		offered = s.showOffering(row, row.State)
		return nil
	})
	return offered, err
}

// endHandOvers ends what a device offers or was asked for.
func endHandOvers(t *Turn, invitationID string) error {
	t.Tx.Stir(t.Room.ID)
	return wrapped("end hand-overs", t.Tx.HandOver.Update().Where(
		handover.InvitationID(invitationID), handover.StateIn(handover.StateOffered, handover.StateAsked),
	).SetState(handover.StateEnded).Exec(t.ctx))
}

// showOffering returns a hand-over as the device sees it that offers it.
func (s *HandOvers) showOffering(row *ent.HandOver, state handover.State) *HandOver {
	shown := &HandOver{ID: row.ID, State: state, ExpiresAt: row.ExpiresAt, Browser: filled(row.AskedBrowser)}
	if state == handover.StateOffered {
		url := s.options.JoinURL + "#" + handOverSecret(s.options.Keys, row.KeyNumber, row.ID)
		digits := digitsOfHandOver(s.options.Keys, row.KeyNumber, row.ID)
		shown.URL, shown.Digits = &url, &digits
	}
	return shown
}

// Answer allows the device that asked to take over, or refuses it. Refusing before a device has asked closes the hand-over. Only the
// device that offers it may; others get problem.ErrNotFound. Returns HAND_OVER_ENDED, or what keeps the link from moving.
func (s *HandOvers) Answer(ctx context.Context, actor auth.Actor, id string, allow bool) (answered *HandOver, err error) {
	if err := s.someone(ctx, actor); err != nil {
		return nil, err
	}
	row, err := readHandOver(ctx, s.db.HandOver.Query().Where(handover.ID(id)))
	if err != nil {
		return nil, err
	}
	if row == nil {
		return nil, problem.ErrNotFound
	}
	err = s.inTurn(ctx, actor, row.RoomID, role.SeeRoom, func(t *Turn) error {
		row, err := readHandOver(ctx, t.Tx.HandOver.Query().Where(handover.ID(id)))
		if err != nil {
			return err
		}
		by, err := deviceOf(ctx, t.Tx.Client(), t.actor)
		if err != nil {
			return err
		}
		if row == nil || !bytes.Equal(row.DeviceHash, by) {
			return problem.ErrNotFound
		}
		to := handover.StateMoved
		switch state := stateNow(row, t.Tx.At); {
		case !allow && state == handover.StateOffered:
			to = handover.StateEnded
		case !allow && state == handover.StateAsked:
			to = handover.StateRefused
		case !allow && state != handover.StateMoved: // it is over anyway
			answered = s.showOffering(row, state)
			return nil
		case state == handover.StateOffered:
			return problem.New(problem.InvalidValue).At("allow").Saying("No device has asked to take over yet.")
		case state != handover.StateAsked:
			return problem.New(problem.HandOverEnded)
		}
		if to == handover.StateMoved {
			if err := s.move(t, row); err != nil {
				return err
			}
		}
		t.Tx.Stir(t.Room.ID)
		after, err := t.Tx.HandOver.UpdateOneID(row.ID).SetState(to).Save(ctx)
		if err != nil {
			return fmt.Errorf("answer hand-over: %w", err)
		}
		answered = s.showOffering(after, to)
		return nil
	})
	return answered, err
}

// move gives the place to the device that asked.
func (s *HandOvers) move(t *Turn, row *ent.HandOver) error {
	h, err := s.elsewhere(t.ctx, t.Tx.Client(), row.InvitationID, auth.Actor{}, *row.AskedHash)
	if err != nil {
		return err
	}
	if h == nil {
		return problem.New(problem.HandOverEnded)
	}
	if err := h.mayMove(t.Tx.At); err != nil {
		return err
	}
	return moveTo(t, h, *row.AskedHash, row.AskedBrowser)
}

// wrongDigits counts wrong digits, and ends the hand-over with the last try. It returns CODE_WRONG.
func wrongDigits(ctx context.Context, tx *live.Tx, row *ent.HandOver) (*problem.Problem, error) {
	tries := row.Tries + 1
	u := tx.HandOver.UpdateOneID(row.ID).SetTries(tries)
	if tries >= maxWrongDigits {
		u.SetState(handover.StateEnded)
		tx.Stir(row.RoomID)
	}
	p := problem.New(problem.CodeWrong).At("digits").Left(maxWrongDigits-tries).Then(problem.EnterCode, problem.AskHost).
		Saying("These digits are wrong. Check them, then type them again.")
	return p, wrapped("count wrong digits", u.Exec(ctx))
}

// sameDigits compares digits in the same time, however many of them are right.
func sameDigits(a, b string) bool {
	return a != "" && subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}
