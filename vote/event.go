package vote

import (
	"context"
	"fmt"

	"usher/ent"
	"usher/ent/interaction"
	"usher/ent/schema"
	"usher/live"
	"usher/room"
)

// Topic is the topic of the events of interactions.
const Topic room.Topic = "INTERACTIONS"

// The events of interactions. Interaction is nil in events about one that was deleted, or that their reader may no longer see.
type (
	// InteractionChanged reports that an interaction was drafted, changed, started or stopped, or that its draft was deleted.
	InteractionChanged struct {
		room.Event
		InteractionID string
		Interaction   *Interaction
		From, To      *State
	}
	// ResultsShared reports that everyone in the room may see the results.
	ResultsShared struct {
		room.Event
		InteractionID string
		Interaction   *Interaction
	}
	// AnswerHidden reports that a text or a word is no longer shared with the room, or is again.
	AnswerHidden struct {
		room.Event
		InteractionID, AnswerID string
		Interaction             *Interaction
		Hidden                  bool
	}
)

var (
	interactionChanged = room.Register(room.Kind{
		Name: "InteractionChanged", Topic: Topic.Always, Read: readSubjects,
		Audience: func(d schema.EventDetail) room.Audience {
			if d.State == "" || State(d.State) == Draft {
				return room.Moderators
			}
			return room.InRoom
		},
		Show: func(h *room.Happening, e room.Event) room.RoomEvent {
			d := h.Row.Detail
			return InteractionChanged{e, d.Interaction, subject(h, e), stateOf(d.PreviousState), stateOf(d.State)}
		},
	})
	resultsShared = room.Register(room.Kind{
		Name: "ResultsShared", Topic: Topic.Always, Audience: room.InRoom.Always, Read: readSubjects,
		Show: func(h *room.Happening, e room.Event) room.RoomEvent {
			return ResultsShared{e, h.Row.Detail.Interaction, subject(h, e)}
		},
	})
	answerHidden = room.Register(room.Kind{
		Name: "AnswerHidden", Topic: Topic.Always, Read: readSubjects, Discreet: true,
		Audience: func(d schema.EventDetail) room.Audience {
			if d.Shared {
				return room.InRoom
			}
			return room.Moderators
		},
		Show: func(h *room.Happening, e room.Event) room.RoomEvent {
			d := h.Row.Detail
			return AnswerHidden{e, d.Interaction, d.Answer, subject(h, e), !d.Restored}
		},
	})
)

func stateOf(name string) *State {
	if name == "" {
		return nil
	}
	state := State(name)
	return &state
}

// readSubjects reads the interactions that events are about.
func readSubjects(ctx context.Context, c *ent.Client, rows []*ent.Event) (map[int]any, error) {
	ids := make([]string, len(rows))
	for i, e := range rows {
		ids[i] = e.Detail.Interaction
	}
	all, err := withChoices(c.Interaction.Query().Where(interaction.IDIn(ids...))).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read interactions: %w", err)
	}
	byID := make(map[string]*ent.Interaction, len(all))
	for _, of := range all {
		byID[of.ID] = of
	}
	found := map[int]any{}
	for _, e := range rows {
		if of := byID[e.Detail.Interaction]; of != nil {
			found[e.Revision] = of
		}
	}
	return found, nil
}

// subject shows the interaction of an event to those who may still see it, unless it was deleted. To others the event comes without it: who
// may know of an event gets it, however late (V2).
func subject(h *room.Happening, e room.Event) *Interaction {
	of, ok := h.Subject.(*ent.Interaction)
	if !ok {
		return nil
	}
	return Of(&room.Room{Room: h.Room, Sight: e.Sight()}, of)
}

// entry returns the beginning of an event about an interaction.
func entry(of *ent.Interaction) live.Entry {
	e := live.Entry{SessionID: of.SessionID}
	e.Detail.Interaction = of.ID
	return e
}

// changed writes that an interaction has another state. It had none before it was created, and has none once it is deleted.
func changed(t *room.Turn, of *ent.Interaction, from, to State) error {
	e := entry(of)
	e.Detail.PreviousState, e.Detail.State = string(from), string(to)
	return t.Emit(interactionChanged, e)
}

// Tallies reports whether a room's tally may have other numbers of interactions after an event.
func Tallies(e *ent.Event) bool { return room.Topic(e.Topic) == Topic }
