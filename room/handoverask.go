package room

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/handover"
	"usher/live"
	"usher/problem"
	"usher/text"
)

// HandOverAsk asks to take over a place: by the secret of a hand-over alone, or by its digits, with the link that another device has
// redeemed. The device that gave a place away last needs no link to ask for that place.
type HandOverAsk struct {
	Secret, Token, Digits *string
	// Device is the SHA-256 of the device's secret: its cookie's, or its attemptKey.
	Device []byte
}

// asked is a request to take over, as far as it names a place.
type asked struct {
	HandOverAsk
	id           string // of the hand-over, if its secret was given
	digits       string
	roomID       string
	invitationID string
	link         *link
}

// Ask asks to take over a place. It binds nothing: the person answers at the device that has the place. Asking again with the same
// device changes nothing. Returns HAND_OVER_ENDED, CODE_WRONG with attemptsLeft, INVALID_VALUE for something other than six digits,
// MOVING_OFF, or what keeps the link from moving.
func (s *HandOvers) Ask(ctx context.Context, actor auth.Actor, ask HandOverAsk) (shown *HandOver, err error) {
	of, err := s.find(ctx, actor, ask)
	if err != nil {
		return nil, err
	}
	var refused *problem.Problem // it is noted, so its transaction is not undone
	err = s.log.Write(ctx, func(tx *live.Tx) error {
		shown, refused = nil, nil
		if _, err := tx.Lock(ctx, of.roomID); err != nil && !errors.Is(err, problem.ErrNotFound) {
			return err
		}
		actor, err := actor.AsNow(ctx, tx.Client())
		if err != nil {
			return err
		}
		row, again, err := s.askable(ctx, tx, actor, of)
		if err != nil {
			return err
		}
		switch {
		case again:
		case of.id == "" && !sameDigits(digitsOfHandOver(s.options.Keys, row.KeyNumber, row.ID), of.digits):
			refused, err = wrongDigits(ctx, tx, row)
			return err
		case row.State == handover.StateAsked && !bytes.Equal(*row.AskedHash, of.Device):
			refused = problem.New(problem.HandOverEnded).Saying("Two devices asked, so the hand-over has ended. Begin again on the first device.")
			tx.Stir(row.RoomID)
			return wrapped("end hand-over", tx.HandOver.UpdateOneID(row.ID).SetState(handover.StateEnded).Exec(ctx))
		case row.State == handover.StateOffered:
			until := tx.At.Add(answerTerm)
			if row.ExpiresAt.After(until) {
				until = row.ExpiresAt
			}
			edges := row.Edges
			row, err = tx.HandOver.UpdateOneID(row.ID).SetState(handover.StateAsked).SetAskedHash(of.Device).SetAskedBrowser(actor.Browser).
				SetExpiresAt(until).Save(ctx)
			if err != nil {
				return fmt.Errorf("ask for hand-over: %w", err)
			}
			row.Edges = edges
			tx.Stir(row.RoomID)
		}
		shown = showAsking(row, stateNow(row, tx.At))
		return nil
	})
	if err == nil && refused != nil {
		err = refused
	}
	return shown, err
}

// find finds the place that a device asks for.
func (s *HandOvers) find(ctx context.Context, actor auth.Actor, ask HandOverAsk) (of asked, err error) {
	of.HandOverAsk = ask
	if ask.Secret != nil {
		if ask.Digits != nil || ask.Token != nil {
			return of, &problem.BadInput{Message: "give either secret, or digits and token"}
		}
		return s.findBySecret(ctx, actor, of)
	}
	if ask.Digits == nil {
		return of, &problem.BadInput{Message: "give secret, or digits and token"}
	}
	digits, ok := text.ReadDigits(*ask.Digits, handOverDigits)
	if !ok {
		return of, problem.New(problem.InvalidValue).At("digits").Saying("Type the six digits that the other device shows.")
	}
	of.digits = digits
	if ask.Token == nil {
		return s.findGivenAway(ctx, of)
	}
	l, notValid := s.links.genuine(*ask.Token)
	if notValid != nil {
		return of, orProblem(s.links.countForged(ctx, actor), notValid)
	}
	h, err := s.links.hold(ctx, s.db, actor, ask.Device, l)
	if err != nil {
		return of, err
	}
	if h == nil {
		return of, problem.New(problem.LinkNotValid).At("token")
	}
	of.roomID, of.invitationID, of.link = h.room.ID, h.invitation.ID, &l
	return of, nil
}

func (s *HandOvers) findBySecret(ctx context.Context, actor auth.Actor, of asked) (asked, error) {
	id, genuine := openHandOver(s.options.Keys, *of.Secret)
	if !genuine {
		return of, orProblem(s.links.countForged(ctx, actor), problem.New(problem.HandOverEnded))
	}
	row, err := readHandOver(ctx, s.db.HandOver.Query().Where(handover.ID(id)))
	if err != nil {
		return of, err
	}
	if row == nil {
		return of, problem.New(problem.HandOverEnded)
	}
	of.id, of.roomID, of.invitationID = row.ID, row.RoomID, row.InvitationID
	return of, nil
}

// findGivenAway finds the place that a device gave away last.
func (s *HandOvers) findGivenAway(ctx context.Context, of asked) (asked, error) {
	row, err := readHandOver(ctx, s.db.HandOver.Query().Where(handover.DeviceHash(of.Device), handover.StateEQ(handover.StateMoved)))
	if err != nil {
		return of, err
	}
	if row == nil {
		return of, problem.New(problem.LinkNotValid).At("token").Saying("Open your link here, then type the digits.")
	}
	of.roomID, of.invitationID = row.RoomID, row.InvitationID
	return of, nil
}

// askable returns the hand-over that a device asks for, by its state now. again means that the same device has its answer already.
func (s *HandOvers) askable(ctx context.Context, tx *live.Tx, actor auth.Actor, of asked) (row *ent.HandOver, again bool, err error) {
	which := tx.HandOver.Query().Where(handover.InvitationID(of.invitationID))
	if of.id != "" {
		which = tx.HandOver.Query().Where(handover.ID(of.id))
	}
	if row, err = readHandOver(ctx, which); err != nil {
		return nil, false, err
	}
	if row != nil && row.State == handover.StateMoved && bytes.Equal(*row.AskedHash, of.Device) {
		return row, true, nil
	}
	h, err := s.elsewhere(ctx, tx.Client(), of.invitationID, actor, of.Device)
	if err != nil {
		return nil, false, err
	}
	if h == nil || h.room.DeletedAt != nil {
		return nil, false, problem.New(problem.HandOverEnded)
	}
	if of.link != nil {
		h.newest = int(of.link.generation) == h.invitation.Generation
	}
	if err := h.mayMove(tx.At); err != nil {
		return nil, false, err
	}
	if h.policy.RequireSignIn && !h.signedIn {
		return nil, false, problem.New(problem.SignInRequired)
	}
	if row == nil || over(stateNow(row, tx.At)) {
		return nil, false, problem.New(problem.HandOverEnded)
	}
	return row, false, nil
}

// over reports whether a state is the last one.
func over(state handover.State) bool {
	return state != handover.StateOffered && state != handover.StateAsked
}

// showAsking returns a hand-over as the device sees it that asked.
func showAsking(row *ent.HandOver, state handover.State) *HandOver {
	return &HandOver{ID: row.ID, State: state, ExpiresAt: row.ExpiresAt}
}

// Get returns a hand-over as one of its two devices sees it, nil for others. device is the asker's, if their credentials do not name it.
func (s *HandOvers) Get(ctx context.Context, actor auth.Actor, id string, device []byte) (*HandOver, error) {
	shown, _, err := s.see(ctx, actor, id, device)
	return shown, err
}

func (s *HandOvers) see(ctx context.Context, actor auth.Actor, id string, device []byte) (*HandOver, *ent.HandOver, error) {
	row, err := readHandOver(ctx, s.db.HandOver.Query().Where(handover.ID(id)))
	if err != nil || row == nil {
		return nil, nil, err
	}
	if device == nil {
		if device, err = deviceOf(ctx, s.db, actor); err != nil || device == nil {
			return nil, nil, err
		}
	}
	state := stateNow(row, s.now())
	switch {
	case bytes.Equal(row.DeviceHash, device):
		return s.showOffering(row, state), row, nil
	case row.AskedHash == nil || !bytes.Equal(*row.AskedHash, device):
		return nil, nil, nil
	}
	shown := showAsking(row, state)
	p := row.Edges.Invitation.Edges.Participant
	if state != handover.StateMoved || p == nil {
		return shown, row, nil
	}
	rooms, err := s.visible(ctx, actor, []string{row.RoomID})
	if r := rooms[row.RoomID]; r != nil {
		sight := r.Sight
		if !sight.Manages() || p.UserID != nil {
			sight.take(r.Room, p)
		}
		shown.Participant = &Participant{p, sight}
	}
	return shown, row, err
}

// Watch yields a hand-over at once and at each change, until it is over. Returns problem.ErrNotFound for others than its two devices.
func (s *HandOvers) Watch(ctx context.Context, actor auth.Actor, id string, device []byte) (iter.Seq2[*HandOver, error], string, error) {
	first, row, err := s.see(ctx, actor, id, device)
	if err != nil {
		return nil, "", err
	}
	if first == nil {
		return nil, "", problem.ErrNotFound
	}
	return func(yield func(*HandOver, error) bool) {
		stirred, stop := s.hub.Stirs(row.RoomID)
		defer stop()
		for told := handover.State(""); ; {
			now, _, err := s.see(ctx, actor, id, device)
			if err != nil || now == nil {
				if err != nil {
					yield(nil, err)
				}
				return
			}
			if now.State != told && !yield(now, nil) || over(now.State) {
				return
			}
			told = now.State
			select {
			case <-stirred:
			case <-time.After(now.ExpiresAt.Sub(s.now()) + time.Millisecond):
			case <-ctx.Done():
				return
			}
		}
	}, row.RoomID, nil
}
