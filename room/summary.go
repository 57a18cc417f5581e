package room

import (
	"context"
	"fmt"
	"time"

	"usher/ent"
	"usher/ent/event"
	"usher/ent/invitation"
)

// SessionSummary is what happened in a session, in numbers. Its tools add theirs.
type SessionSummary struct {
	Room    *Room
	Session *ent.Session
	// Invited is how many invitations are not revoked.
	Invited int
	// Came is how many people were in the room, and MostAtOnce how many of them at the same time.
	Came, MostAtOnce int
	// AverageSeconds is how long those who came were there, on average, up to now.
	AverageSeconds int
	// WrittenUntil is when what people wrote is deleted, nil until the session is over.
	WrittenUntil *time.Time
}

// Summary sums up a session of a room, by "" the current one. It returns nil if the room has no such session. Returns problem.ErrForbidden
// unless the asker manages the room.
func (s *Sessions) Summary(ctx context.Context, r *Room, sessionID string) (*SessionSummary, error) {
	of, err := s.ofRoom(ctx, r, sessionID)
	if of == nil || err != nil {
		return nil, err
	}
	sum := &SessionSummary{Room: r, Session: of}
	if of.EndedAt != nil {
		until := of.EndedAt.Add(min(s.options.Terms.Talk, s.options.Terms.Places))
		sum.WrittenUntil = &until
	}
	sum.Invited, err = s.db.Invitation.Query().Where(invitation.SessionID(of.ID), invitation.RevokedAtIsNil()).Count(ctx)
	if err != nil {
		return nil, fmt.Errorf("count invitations: %w", err)
	}
	stays := attending{since: map[string]time.Time{}, came: map[string]bool{}}
	if err := s.attend(ctx, of, &stays); err != nil {
		return nil, err
	}
	now := s.now()
	for _, since := range stays.since {
		stays.seconds += wholeSeconds(since, now)
	}
	sum.Came, sum.MostAtOnce = len(stays.came), stays.most
	if sum.Came > 0 {
		sum.AverageSeconds = stays.seconds / sum.Came
	}
	return sum, nil
}

// summaryPage is how many events a summary reads at once.
const summaryPage = 5000

// attend follows who came and went in a session, by the log. All people are counted in one pass: reading a crowd person by person takes the
// database several times as long.
func (s *Sessions) attend(ctx context.Context, of *ent.Session, to *attending) error {
	for after := 0; ; {
		rows, err := s.db.Event.Query().Where(
			event.RoomID(of.RoomID), event.RevisionGT(after), event.SessionID(of.ID), event.KindIn(participantChanged.Name, sessionEnded.Name),
		).Order(event.ByRevision()).Limit(summaryPage).
			Select(event.FieldRevision, event.FieldKind, event.FieldAt, event.FieldParticipantID, event.FieldDetail).All(ctx)
		if err != nil {
			return fmt.Errorf("read who came and went: %w", err)
		}
		for _, e := range rows {
			to.follow(e)
			after = e.Revision
		}
		if len(rows) < summaryPage {
			return nil
		}
	}
}

// attending counts people as they come and go.
type attending struct {
	since   map[string]time.Time // when those who are in the room entered, by their places
	came    map[string]bool
	most    int // of them at the same time
	seconds int // of those who left
}

func (a *attending) follow(e *ent.Event) {
	leave := func(id string) {
		if since, in := a.since[id]; in {
			a.seconds += wholeSeconds(since, e.At)
			delete(a.since, id)
		}
	}
	if e.Kind == sessionEnded.Name {
		for id := range a.since {
			leave(id)
		}
		return
	}
	leave(e.ParticipantID)
	if enters(e) {
		a.since[e.ParticipantID], a.came[e.ParticipantID] = e.At, true
		a.most = max(a.most, len(a.since))
	}
}
