package room

import (
	"context"
	"fmt"
	"time"

	"usher/ent"
	"usher/ent/event"
	"usher/ent/participant"
)

// Stay is a time that somebody spent in the room.
type Stay struct {
	Participant *ent.Participant
	From        time.Time
	To          *time.Time // nil while they are there
}

// staysPage is how many people's stays are read at once.
const staysPage = 100

// Stays passes each stay in the room of a session to a function, person after person, in the order in which they got their places. It
// reads the log, so what was deleted from the log is missing. It checks no rights.
func Stays(ctx context.Context, c *ent.Client, of *ent.Session, each func(Stay) error) error {
	last := time.Time{}
	for after := ""; ; {
		people, err := c.Participant.Query().Where(participant.SessionID(of.ID), participant.Or(
			participant.CreatedAtGT(last), participant.And(participant.CreatedAt(last), participant.IDGT(after)),
		)).Order(participant.ByCreatedAt(), participant.ByID()).Limit(staysPage).All(ctx)
		if err != nil {
			return fmt.Errorf("read who had a place: %w", err)
		}
		if err := staysOf(ctx, c, of, people, each); err != nil {
			return err
		}
		if len(people) < staysPage {
			return nil
		}
		last, after = people[staysPage-1].CreatedAt, people[staysPage-1].ID
	}
}

// staysOf passes on the stays of some people of a session.
func staysOf(ctx context.Context, c *ent.Client, of *ent.Session, people []*ent.Participant, each func(Stay) error) error {
	// A session that was opened again has several ends.
	ends, err := c.Event.Query().Where(event.RoomID(of.RoomID), event.SessionID(of.ID), event.Kind(sessionEnded.Name)).
		Order(event.ByRevision()).All(ctx)
	if err != nil {
		return fmt.Errorf("read when the session ended: %w", err)
	}
	ids := make([]string, len(people))
	for i, p := range people {
		ids[i] = p.ID
	}
	moves, err := c.Event.Query().Where(event.ParticipantIDIn(ids...), event.Kind(participantChanged.Name)).Order(event.ByRevision()).All(ctx)
	if err != nil {
		return fmt.Errorf("read who came and went: %w", err)
	}
	byPerson := make(map[string][]*ent.Event, len(people))
	for _, e := range moves {
		byPerson[e.ParticipantID] = append(byPerson[e.ParticipantID], e)
	}
	for _, p := range people {
		all := byPerson[p.ID]
		for i, e := range all {
			if !enters(e) {
				continue
			}
			stay := Stay{Participant: p, From: e.At}
			if i+1 < len(all) {
				stay.To = &all[i+1].At
			}
			for _, end := range ends {
				if end.Revision > e.Revision && (i+1 == len(all) || end.Revision < all[i+1].Revision) {
					stay.To = &end.At
					break
				}
			}
			if err := each(stay); err != nil {
				return err
			}
		}
	}
	return nil
}

// enters reports whether by an event somebody entered the room.
func enters(e *ent.Event) bool { return e.Detail.State == string(participant.StateInRoom) }
