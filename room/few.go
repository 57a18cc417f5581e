package room

import (
	"slices"

	"usher/ent"
	"usher/ent/predicate"
)

// In a crowd, most events are about one person, and only they and those who see everyone get them. So that the others cost nothing,
// they are not even asked: a cohort finds whom such an event concerns by the ids that it names.

// ForFew reports whether an event concerns only those who see everyone, and the people whom it names. It neither reaches nor changes
// any other watcher.
func (h *Happening) ForFew() bool { return audienceOf(h.Row) >= Moderators }

// everyEvent stands among the ids that concern a watcher for all events.
const everyEvent = ""

// Names returns the ids by which watchers know that an event for few concerns them.
func (h *Happening) Names() []string { return names(h.Row) }

func names(e *ent.Event) []string {
	named := []string{everyEvent}
	for _, id := range []string{e.UserID, e.ParticipantID, e.InvitationID} {
		if id != "" {
			named = append(named, id)
		}
	}
	return named
}

// Concerns appends the ids of which an event for few names at least one if it concerns the watcher. They change only by events that
// concern the watcher, and by events for more than a few.
func (w *Watcher) Concerns(to []string) []string {
	every := w.Audience() >= Moderators
	if w.id != "" {
		to = append(to, w.id)
	}
	for _, p := range w.places {
		to = append(to, p.participant)
		if p.invitation != "" {
			to = append(to, p.invitation)
		}
		every = every || !p.until.IsZero() // access may end by the clock, which they notice with any event
	}
	if every {
		to = append(to, everyEvent)
	}
	return to
}

// Pass takes the stream past events that do not concern the watcher, up to a revision.
func (st *Stream) Pass(revision int) { st.watch.At = max(st.watch.At, revision) }

// only selects the events that the watcher sees or that may change their rights. It returns nil for managers, who see all. It includes events
// for everyone in the room, because these say who may be there.
func only(st *Stream) []predicate.Event {
	if st.Audience() == Managers {
		return nil
	}
	return st.eventsOf(st.RoomID, max(InRoom, st.Audience()), st.tools.all())
}

// expectsMore returns a function that reports whether the first of the rows has changed what only selects, and events were left out after it.
func (w *Watcher) expectsMore(rows []*ent.Event) func() bool {
	if len(rows) < 2 || rows[1].Revision == rows[0].Revision+1 {
		return func() bool { return false }
	}
	as, ids := w.Audience(), w.Concerns(nil)
	return func() bool { return w.Audience() != as || !slices.Equal(w.Concerns(nil), ids) }
}
