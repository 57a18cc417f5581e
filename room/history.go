package room

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"entgo.io/ent/dialect/sql"

	"usher/auth"
	"usher/ent"
	"usher/ent/event"
	"usher/ent/participant"
	"usher/ent/predicate"
	"usher/problem"
)

const maxEvents = 200

// EventsPage returns the size and the upper end of a list of events. otherwise is the field's default size. Returns
// problem.BadInput for a size that is not from 1 to 200.
func EventsPage(first *int, otherwise int, before *int) (n, below int, err error) {
	n, below = otherwise, int(^uint(0)>>1)
	if first != nil {
		n = *first
	}
	if n < 1 || n > maxEvents {
		return 0, 0, &problem.BadInput{Message: "first must be between 1 and 200"}
	}
	if before != nil {
		below = *before
	}
	return n, below, nil
}

// History returns the events of a room that the asker may see, newest first, below a revision. A Stream from the beginning
// returns the same ones.
func (s *News) History(ctx context.Context, actor auth.Actor, r *Room, n, below int, tools Topics) ([]*Happening, error) {
	from, err := s.snapshots.Of(ctx, watchingOf(actor, r.ID))
	if err != nil {
		return nil, err
	}
	w := s.watcherFrom(actor, from)
	rows, err := s.newestEvents(ctx, n, below, w.eventsOf(r.ID, w.Audience(), tools.all())...)
	if err != nil {
		return nil, err
	}
	return s.happenings(ctx, r.ID, rows)
}

// HistoryOf returns the events about an invitation and its place, newest first, below a revision, as managers see them.
func (s *News) HistoryOf(ctx context.Context, i *Invitation, n, below int) ([]*Happening, error) {
	about := []predicate.Event{event.And(aboutInvitations(i.ID), event.Topic(string(Core)))}
	p, err := s.db.Participant.Query().Where(participant.InvitationID(i.ID)).Only(ctx)
	if err == nil {
		about = append(about, event.And(aboutParticipants(p.ID), event.Topic(string(Core))))
	} else if !ent.IsNotFound(err) {
		return nil, fmt.Errorf("read participant: %w", err)
	}
	rows, err := s.newestEvents(ctx, n, below, about...)
	if err != nil {
		return nil, err
	}
	return s.happenings(ctx, i.RoomID, rows)
}

// newestEvents returns the newest n events below a revision that any of the predicates selects. Each predicate is a query of its
// own, along an index. For one query of all, the database would read the whole log.
func (s *News) newestEvents(ctx context.Context, n, below int, which ...predicate.Event) (found []*ent.Event, err error) {
	for _, these := range which {
		rows, err := s.db.Event.Query().Where(these, event.RevisionLT(below)).Order(event.ByRevision(sql.OrderDesc())).Limit(n).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("list events: %w", err)
		}
		found = append(found, rows...)
	}
	slices.SortFunc(found, func(a, b *ent.Event) int { return cmp.Compare(b.Revision, a.Revision) })
	found = slices.CompactFunc(found, func(a, b *ent.Event) bool { return a.Revision == b.Revision })
	return found[:min(len(found), n)], nil
}

// eventsOf selects the events of a room and of some topics that the watcher sees as a member of an audience: one predicate for each topic and
// each audience up to it, then those that concern them.
func (w *Watcher) eventsOf(roomID string, as Audience, topics Topics) (which []predicate.Event) {
	inRoom, ofTopic := event.RoomID(roomID), event.TopicIn(topics.names()...)
	for _, topic := range topics {
		for _, a := range Audiences[:as+1] {
			these := event.And(inRoom, event.Topic(string(topic)), event.Audience(a.Stored()))
			if a == Speakers && as < Managers {
				these = event.And(these, event.RevisionGT(w.from))
			}
			which = append(which, these)
		}
	}
	if as == Managers && len(topics) == 1 {
		return which // of core events
	}
	if w.id != "" {
		which = append(which, event.And(inRoom, ofTopic, event.UserID(w.id), nonEmpty(event.FieldUserID)))
	}
	var places, invitations keys
	for _, p := range w.places {
		places.add(p.participant)
		invitations.add(p.invitation)
	}
	if places != nil {
		which = append(which, event.And(ofTopic, aboutParticipants(places.list()...)))
	}
	if invitations != nil {
		which = append(which, event.And(ofTopic, aboutInvitations(invitations.list()...)))
	}
	return which
}

func aboutParticipants(ids ...string) predicate.Event {
	return event.And(event.ParticipantIDIn(ids...), nonEmpty(event.FieldParticipantID))
}

func aboutInvitations(ids ...string) predicate.Event {
	return event.And(event.InvitationIDIn(ids...), nonEmpty(event.FieldInvitationID))
}

// nonEmpty selects the events in which a field is not empty, in the words of the field's index, which contains only these.
func nonEmpty(field string) predicate.Event {
	return func(s *sql.Selector) { s.Where(sql.ExprP(s.C(field) + " <> ''")) }
}

// When returns when a room was at a revision: the time of that event, or of the last one before it that is still stored.
func (s *Sessions) When(ctx context.Context, roomID string, revision int) (time.Time, error) {
	last, err := s.db.Event.Query().Where(event.RoomID(roomID), event.RevisionLTE(revision)).Order(event.ByRevision(sql.OrderDesc())).
		Select(event.FieldAt).First(ctx)
	if ent.IsNotFound(err) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("read event: %w", err)
	}
	return last.At, nil
}
