package mail

import (
	"context"
	"fmt"
	"time"

	"usher/ent"
	"usher/ent/mail"
	"usher/ent/predicate"
	"usher/live"
	"usher/room"
)

// result is what became of an attempt.
type result struct {
	// state is WAITING if the email is tried again.
	state mail.State
	fault room.MailFault
	// reply is what the mail server said, without addresses.
	reply string
	code  int
	// letter is what was sent, nil if nothing was.
	letter *room.Letter
}

func drop(why room.MailFault) result { return result{state: mail.StateDropped, fault: why} }

// pauses are how long an email waits after each attempt that failed for now (D7). The last one is repeated.
var pauses = []time.Duration{
	time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour,
}

const (
	// giveUpAfter is how long an email is tried.
	giveUpAfter = 24 * time.Hour
	// sitePause is how long a server leaves a mail server alone that it could not use.
	sitePause = time.Minute
)

// due selects the emails that may be sent at an instant.
func due(at time.Time) predicate.Mail {
	return mail.And(mail.StateEQ(mail.StateWaiting), mail.DueAtLTE(at), mail.Or(mail.ClaimedUntilIsNil(), mail.ClaimedUntilLTE(at)))
}

// record writes what became of a claimed email, unless the claim was lost.
func (s *lane) record(ctx context.Context, row *ent.Mail, r result) error {
	if r.fault == room.FaultSite {
		return s.recordSite(ctx, row, r)
	}
	err := s.log.Write(ctx, func(tx *live.Tx) error {
		u := tx.Mail.Update().Where(mail.ID(row.ID), mail.Claim(row.Claim), mail.StateEQ(mail.StateWaiting)).
			SetClaim("").ClearClaimedUntil().SetUntold(true)
		state, fault := r.state, r.fault
		if state == mail.StateWaiting {
			again := tx.At.Add(pauses[min(row.Attempts, len(pauses)-1)])
			u.SetAttempts(row.Attempts + 1).SetDueAt(again)
			switch {
			case row.Kind == mail.KindCode && again.After(row.At.Add(room.CodeTooLate)):
				state, fault = mail.StateDropped, room.FaultTooLate
			case again.After(row.At.Add(giveUpAfter)) || r.tooLate(again):
				state, fault = mail.StateFailed, room.FaultTooLate
			}
		}
		u.SetState(state).SetFault(string(fault)).SetReply(r.reply)
		if state == mail.StateSent {
			u.SetSentAt(tx.At)
			if l := r.letter; !l.StartsAt.IsZero() {
				u.SetStartsAt(l.StartsAt).SetNillableEndsAt(l.EndsAt)
			}
		}
		if err := u.Exec(ctx); err != nil {
			return err
		}
		if state != mail.StateSent || row.Fault != string(room.FaultSite) {
			return nil
		}
		// The mail server can be used again.
		return tx.Mail.Update().Where(mail.StateEQ(mail.StateWaiting), mail.Fault(string(room.FaultSite))).
			SetFault("").SetReply("").SetUntold(true).Exec(ctx)
	})
	if err != nil {
		return fmt.Errorf("record email: %w", err)
	}
	return nil
}

// tooLate reports whether an email helps nobody at an instant: the session is over, as far as it is planned, or the link has expired.
func (r result) tooLate(at time.Time) bool {
	if r.letter == nil {
		return false
	}
	if r.letter.Kind == mail.KindPassword {
		return !at.Before(*r.letter.WorksUntil)
	}
	return r.letter.EndsAt != nil && at.After(*r.letter.EndsAt)
}

// recordSite notes that the mail server cannot be used. That concerns every email that waits, and counts as an attempt of none (D7).
func (s *lane) recordSite(ctx context.Context, row *ent.Mail, r result) error {
	err := s.log.Write(ctx, func(tx *live.Tx) error {
		s.until = tx.At.Add(sitePause)
		err := tx.Mail.Update().Where(mail.ID(row.ID), mail.Claim(row.Claim)).SetClaim("").ClearClaimedUntil().Exec(ctx)
		if err != nil {
			return err
		}
		err = tx.Mail.Update().Where(mail.StateEQ(mail.StateWaiting), mail.DueAtLTE(s.until), mail.FaultNEQ(string(room.FaultSite))).
			SetUntold(true).SetFault(string(room.FaultSite)).Exec(ctx)
		if err != nil {
			return err
		}
		return tx.Mail.Update().Where(mail.StateEQ(mail.StateWaiting), mail.Fault(string(room.FaultSite))).
			SetDueAt(s.until).SetReply(r.reply).Exec(ctx)
	})
	if err != nil {
		return fmt.Errorf("record that no email can be sent: %w", err)
	}
	return nil
}

// release gives up a claim, so that the email can be sent at once.
func (s *lane) release(ctx context.Context, row *ent.Mail) error {
	err := s.log.Write(ctx, func(tx *live.Tx) error {
		return tx.Mail.Update().Where(mail.ID(row.ID), mail.Claim(row.Claim)).SetClaim("").ClearClaimedUntil().Exec(ctx)
	})
	if err != nil {
		return fmt.Errorf("release email: %w", err)
	}
	return nil
}
