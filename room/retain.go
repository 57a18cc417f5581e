package room

import (
	"context"
	"errors"
	"fmt"
	"time"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"usher/ent"
	"usher/ent/code"
	"usher/ent/device"
	"usher/ent/event"
	"usher/ent/handover"
	"usher/ent/invitation"
	"usher/ent/invitecall"
	"usher/ent/mail"
	"usher/ent/participant"
	"usher/ent/predicate"
	entroom "usher/ent/room"
	"usher/ent/session"
	"usher/ent/sharedrate"
	"usher/ent/signin"
	"usher/live"
)

// Terms say how long things are stored (V7).
type Terms struct {
	// Events are stored this long after the end of their session, or after they happened if they have no session.
	Events time.Duration
	// Places are the invitations and participants of a session. They are stored this long after its end.
	Places time.Duration
	// Talk is what people wrote in a session. It is stored this long after its end, and never longer than its places.
	Talk time.Duration
	// DeletedRooms are stored this long after they were deleted.
	DeletedRooms time.Duration
}

// codesKept is how long codes from mailboxes are stored.
const codesKept = 24 * time.Hour

// testTerm is how long a test of the site's mail is stored.
const testTerm = 30 * 24 * time.Hour

// Retain deletes what has expired at an instant. It also empties SQLite's WAL, which keeps deleted texts. Several servers may run it at
// once. The next run does what the time limit of this one leaves.
func (s *Clock) Retain(ctx context.Context, at time.Time) error {
	run := &retention{core: s.core, at: at, deleted: map[string]int{}}
	var failed error
	for _, kind := range []func(context.Context) error{
		run.rooms, run.events, run.talk, run.places, run.devices, run.inviteCalls, run.codes, run.handOvers, run.tests, run.signIns, run.rates,
	} {
		failed = errors.Join(failed, run.within(ctx, kind))
	}
	run.report(ctx)
	return errors.Join(failed, s.options.Database.EmptyWAL(ctx))
}

// rooms deletes rooms, after what is in them. One transaction for all of a room would block every writer.
func (r *retention) rooms(ctx context.Context) error {
	over := entroom.DeletedAtLT(r.at.Add(-r.options.Terms.DeletedRooms))
	return r.inPages(ctx, retainPage, func(after string) ([]string, error) {
		return r.db.Room.Query().Where(entroom.IDGT(after), over).Order(ent.Asc(entroom.FieldID)).Limit(retainPage).IDs(ctx)
	}, func(page []string) error {
		err := r.inBatches(ctx, "events", func(tx *live.Tx, most int) (int, int, error) {
			ids, err := tx.Event.Query().Where(event.RoomIDIn(page...)).Limit(most).IDs(ctx)
			return dropped(ids, err, func() (int, error) { return tx.Event.Delete().Where(event.IDIn(ids...)).Exec(ctx) })
		})
		if err == nil {
			err = r.dropTalk(ctx, session.RoomIDIn(page...))
		}
		if err == nil {
			err = r.dropPlaces(ctx, participant.RoomIDIn(page...), invitation.RoomIDIn(page...))
		}
		if err != nil {
			return err
		}
		return r.write(ctx, "rooms", func(tx *live.Tx) (int, error) { return tx.Room.Delete().Where(entroom.IDIn(page...), over).Exec(ctx) })
	})
}

// events shortens the logs from their beginning, so that they have no gaps. A client that resumes before the beginning has to
// resync.
func (r *retention) events(ctx context.Context) error {
	cut := r.at.Add(-r.options.Terms.Events)
	return r.inPages(ctx, retainPage, func(after string) ([]string, error) {
		return r.db.Room.Query().Where(entroom.IDGT(after), beginsBefore(cut)).Order(ent.Asc(entroom.FieldID)).Limit(retainPage).IDs(ctx)
	}, func(page []string) error {
		for _, roomID := range page {
			err := r.inBatches(ctx, "events", func(tx *live.Tx, most int) (int, int, error) { return shortenLog(ctx, tx, roomID, cut, most) })
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// beginsBefore selects the rooms whose first event has expired. The logs of others cannot be shortened.
func beginsBefore(cut time.Time) func(*sql.Selector) {
	return func(s *sql.Selector) {
		room := s.C(entroom.FieldID)
		s.Where(sql.P(func(b *sql.Builder) {
			b.WriteString("EXISTS (SELECT 1 FROM events AS e LEFT JOIN sessions AS s ON s.id = e.session_id WHERE e.room_id = " + room +
				" AND e.revision = (SELECT MIN(revision) FROM events WHERE room_id = " + room + ") AND (s.ended_at < ").Arg(cut).
				WriteString(" OR s.id IS NULL AND e.at < ").Arg(cut).WriteString("))")
		}))
	}
}

// shortenLog deletes the events of a room before the first that has not expired, at most so many. It returns how many it found,
// and how many it deleted.
func shortenLog(ctx context.Context, tx *live.Tx, roomID string, cut time.Time, most int) (found, deleted int, err error) {
	rows, err := tx.Event.Query().Where(event.RoomID(roomID)).Order(event.ByRevision()).Limit(most).
		Select(event.FieldRevision, event.FieldSessionID, event.FieldAt).All(ctx)
	if err != nil {
		return 0, 0, fmt.Errorf("read log: %w", err)
	}
	var of keys
	for _, e := range rows {
		of.add(e.SessionID)
	}
	sessions, err := tx.Session.ByIDs(ctx, of.list())
	ended, err := ent.ByKey(sessions, err, "sessions", func(of *ent.Session) string { return of.ID })
	if err != nil {
		return 0, 0, err
	}
	for found < len(rows) && eventExpired(rows[found], ended[rows[found].SessionID], cut) {
		found++
	}
	if found == 0 {
		return 0, 0, nil
	}
	deleted, err = tx.Event.Delete().Where(event.RoomID(roomID), event.RevisionLTE(rows[found-1].Revision)).Exec(ctx)
	return found, deleted, err
}

func eventExpired(e *ent.Event, of *ent.Session, cut time.Time) bool {
	if of == nil {
		return e.At.Before(cut)
	}
	return of.EndedAt != nil && of.EndedAt.Before(cut)
}

// places deletes the participants and invitations of sessions that ended long ago, after the names that events have of them.
func (r *retention) places(ctx context.Context) error {
	over := session.EndedAtLT(r.at.Add(-r.options.Terms.Places)) // ended or cancelled: a session that is reopened has no end
	inUse := []predicate.Session{
		refersTo(participant.Table, participant.FieldSessionID), refersTo(invitation.Table, invitation.FieldSessionID),
	}
	return r.inPages(ctx, retainPage, func(after string) ([]string, error) {
		return r.db.Session.Query().Where(session.IDGT(after), over, session.Or(inUse...)).
			Order(ent.Asc(session.FieldID)).Limit(retainPage).IDs(ctx)
	}, func(page []string) error {
		if err := r.names(ctx, page); err != nil {
			return err
		}
		return r.dropPlaces(ctx,
			participant.And(participant.SessionIDIn(page...), participant.HasSessionWith(over)),
			invitation.And(invitation.SessionIDIn(page...), invitation.HasSessionWith(over)),
		)
	})
}

// dropPlaces deletes participants, then invitations.
func (r *retention) dropPlaces(ctx context.Context, people predicate.Participant, invited predicate.Invitation) error {
	err := r.inBatches(ctx, "participants", func(tx *live.Tx, most int) (int, int, error) {
		ids, err := tx.Participant.Query().Where(people).Limit(most).IDs(ctx)
		return dropped(ids, err, func() (int, error) { return tx.Participant.Delete().Where(participant.IDIn(ids...)).Exec(ctx) })
	})
	if err != nil {
		return err
	}
	return r.inBatches(ctx, "invitations", func(tx *live.Tx, most int) (int, int, error) {
		ids, err := tx.Invitation.Query().Where(invited).Limit(most).IDs(ctx)
		return dropped(ids, err, func() (int, error) { return tx.Invitation.Delete().Where(invitation.IDIn(ids...)).Exec(ctx) })
	})
}

// devices deletes the devices that no invitation is bound to. A device is created in the transaction that binds it.
func (r *retention) devices(ctx context.Context) error {
	unbound := device.Not(refersTo(invitation.Table, invitation.FieldDeviceID))
	return r.inPages(ctx, retainBatch, func(after string) ([]string, error) {
		return r.db.Device.Query().Where(device.IDGT(after), unbound).Order(ent.Asc(device.FieldID)).Limit(retainBatch).IDs(ctx)
	}, func(page []string) error {
		return r.write(ctx, "devices", func(tx *live.Tx) (int, error) {
			if tx.Dialect() == dialect.Postgres {
				// A transaction that binds one of them now goes first, and the deletion sees that.
				if _, err := tx.Device.Query().Where(device.IDIn(page...)).Order(ent.Asc(device.FieldID)).ForUpdate().IDs(ctx); err != nil {
					return 0, fmt.Errorf("lock devices: %w", err)
				}
			}
			return tx.Device.Delete().Where(device.IDIn(page...), unbound).Exec(ctx)
		})
	})
}

func (r *retention) inviteCalls(ctx context.Context) error {
	return r.inBatches(ctx, "inviteCalls", func(tx *live.Tx, most int) (int, int, error) {
		ids, err := tx.InviteCall.Query().Where(invitecall.AtLT(r.at.Add(-inviteCallTerm))).Limit(most).IDs(ctx)
		return dropped(ids, err, func() (int, error) { return tx.InviteCall.Delete().Where(invitecall.IDIn(ids...)).Exec(ctx) })
	})
}

func (r *retention) handOvers(ctx context.Context) error {
	return r.inBatches(ctx, "handOvers", func(tx *live.Tx, most int) (int, int, error) {
		ids, err := tx.HandOver.Query().Where(handover.CreatedAtLT(r.at.Add(-handOverKept))).Limit(most).IDs(ctx)
		return dropped(ids, err, func() (int, error) { return tx.HandOver.Delete().Where(handover.IDIn(ids...)).Exec(ctx) })
	})
}

// codes deletes old codes from mailboxes.
func (r *retention) codes(ctx context.Context) error {
	return r.inBatches(ctx, "codes", func(tx *live.Tx, most int) (int, int, error) {
		ids, err := tx.Code.Query().Where(code.CreatedAtLT(r.at.Add(-codesKept))).Limit(most).IDs(ctx)
		return dropped(ids, err, func() (int, error) { return tx.Code.Delete().Where(code.IDIn(ids...)).Exec(ctx) })
	})
}

// tests deletes old tests of the site's mail, and old emails about passwords. Other emails go with their invitations.
func (r *retention) tests(ctx context.Context) error {
	old := mail.And(mail.InvitationIDIsNil(), mail.AtLT(r.at.Add(-testTerm)))
	return r.inBatches(ctx, "tests", func(tx *live.Tx, most int) (int, int, error) {
		ids, err := tx.Mail.Query().Where(old).Limit(most).IDs(ctx)
		return dropped(ids, err, func() (int, error) { return tx.Mail.Delete().Where(mail.IDIn(ids...)).Exec(ctx) })
	})
}

func (r *retention) signIns(ctx context.Context) error {
	return r.inBatches(ctx, "signIns", func(tx *live.Tx, most int) (int, int, error) {
		ids, err := tx.SignIn.Query().Where(signin.ExpiresAtLT(r.at)).Limit(most).IDs(ctx)
		return dropped(ids, err, func() (int, error) { return tx.SignIn.Delete().Where(signin.IDIn(ids...)).Exec(ctx) })
	})
}

// rates deletes the counts of rates that are made up for. Another server may count in one of them meanwhile.
func (r *retention) rates(ctx context.Context) error {
	over := sharedrate.SpentUntilLTE(r.at.UnixMilli())
	return r.inBatches(ctx, "rates", func(tx *live.Tx, most int) (int, int, error) {
		ids, err := tx.SharedRate.Query().Where(over).Limit(most).IDs(ctx)
		return dropped(ids, err, func() (int, error) { return tx.SharedRate.Delete().Where(sharedrate.IDIn(ids...), over).Exec(ctx) })
	})
}
