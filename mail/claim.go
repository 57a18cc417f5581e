package mail

import (
	"context"
	"crypto/rand"
	"fmt"

	"usher/ent"
	"usher/ent/mail"
	"usher/ent/predicate"
	"usher/live"
)

// claim returns an email of the lane that is due, and keeps other servers from sending it for the time of a lease. It returns nil if none is due.
// Rooms take turns, so that a long list delays no other room (D6).
func (s *lane) claim(ctx context.Context) (*ent.Mail, error) {
	for {
		next, err := s.next(ctx)
		if err != nil || next == nil {
			return nil, err
		}
		s.last = &next.RoomID
		claim, until := rand.Text(), s.log.Now().Add(s.lease)
		claimed := 0
		err = s.log.Write(ctx, func(tx *live.Tx) (err error) {
			claimed, err = tx.Mail.Update().Where(mail.ID(next.ID), mail.Edition(next.Edition), due(tx.At)).
				SetClaim(claim).SetClaimedUntil(until).Save(ctx)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("claim email: %w", err)
		}
		if claimed == 1 { // otherwise another server was faster
			next.Claim, next.ClaimedUntil = claim, &until
			return next, nil
		}
	}
}

// next returns the first due email of the next room. It returns nil if no room has one. Then no room had the last turn, so that a server with
// nothing to send asks only once each time.
func (s *lane) next(ctx context.Context) (*ent.Mail, error) {
	turns := [][]predicate.Mail{nil}
	if s.last != nil {
		turns = [][]predicate.Mail{{mail.RoomIDGT(*s.last)}, {mail.RoomIDLTE(*s.last)}}
	}
	for _, of := range turns {
		row, err := s.db.Mail.Query().Where(s.which, due(s.log.Now())).Where(of...).
			Order(ent.Asc(mail.FieldRoomID, mail.FieldDueAt, mail.FieldID)).First(ctx)
		if err == nil {
			return row, nil
		}
		if !ent.IsNotFound(err) {
			return nil, fmt.Errorf("look for emails: %w", err)
		}
	}
	s.last = nil
	return nil, nil
}
