package vote

import (
	"context"
	"fmt"
	"slices"

	"usher/auth"
	"usher/ent"
	"usher/ent/choice"
	"usher/ent/interaction"
	"usher/ent/predicate"
	"usher/role"
	"usher/room"
)

// Interaction is an interaction as one asker sees it.
type Interaction struct {
	*ent.Interaction // with its options
	Sight            room.Sight

	// Around are the ids of the interactions that are shown together.
	Around []string
	mine   *ent.Answer // the asker's own answer, if own is set
	own    bool        // mine is known
}

// fewest is how many answers an anonymous interaction needs before anybody sees its results (N7).
const fewest = 3

// Kind returns how it is answered.
func (i *Interaction) Kind() Kind { return Kind(i.Interaction.Kind) }

// State returns where it is in its life.
func (i *Interaction) State() State { return State(i.Interaction.State) }

// Share returns when everyone in the room sees the results.
func (i *Interaction) Share() Share { return Share(i.Interaction.Share) }

// ResultsShared reports whether everyone in the room may see the results.
func (i *Interaction) ResultsShared() bool { return i.Shared }

// TimeLimitSeconds returns the time limit, nil for none.
func (i *Interaction) TimeLimitSeconds() *int {
	if i.Seconds == 0 {
		return nil
	}
	return &i.Seconds
}

// Lowest returns what the lowest step of a rating means.
func (i *Interaction) Lowest() *string { return filled(i.Interaction.Lowest) }

// Highest returns what the highest step of a rating means.
func (i *Interaction) Highest() *string { return filled(i.Interaction.Highest) }

func filled(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// initiates reports whether the asker drafts and runs interactions.
func (i *Interaction) initiates() bool { return i.Sight.Can(role.Initiate) }

// Counted reports whether the asker may see the results now (N7).
func (i *Interaction) Counted() bool {
	return counted(i.State(), i.initiates() || i.Shared, i.Named, i.Answers)
}

func counted(state State, may, named bool, answers int) bool {
	return state != Draft && may && (named || answers >= fewest)
}

// Option is an option of an interaction as one asker sees it.
type Option struct {
	ID, Text string
	// Correct is nil for those who may not know it yet.
	Correct *bool
	// Answers is nil for those who may not see the results.
	Answers *int
}

// Options returns the options, or the steps of a rating. What is correct in a quiz comes with the results, once it is stopped (N8). Those
// who wrote it always know.
func (i *Interaction) Options() []*Option {
	all := make([]*Option, len(i.Edges.Choices))
	for n, c := range i.Edges.Choices {
		o := &Option{ID: c.ID, Text: c.Text}
		if i.Kind() == Quiz && (i.initiates() || i.State() == Stopped && i.Shared && i.Counted()) {
			o.Correct = &c.Correct
		}
		if i.Counted() {
			o.Answers = &c.Answers
		}
		all[n] = o
	}
	return all
}

// Sealed reports whether no answer leads to a person any more.
func (i *Interaction) Sealed() bool { return i.Interaction.Sealed }

// seen reports whether somebody may read an interaction of a room now (T2, T8, N2).
func seen(r *ent.Room, sight room.Sight, of *ent.Interaction) bool {
	return r.ChatAndCollaboration && r.CurrentSessionID != nil && *r.CurrentSessionID == of.SessionID &&
		sight.Can(role.Vote) && (State(of.State) != Draft || sight.Can(role.Initiate))
}

func withChoices(q *ent.InteractionQuery) *ent.InteractionQuery {
	return q.WithChoices(func(q *ent.ChoiceQuery) { q.Order(choice.ByNth()) })
}

// Of shows the open interaction of a room, nil to those who may not see it.
func Of(r *room.Room, row *ent.Interaction) *Interaction {
	if row == nil || !seen(r.Room, r.Sight, row) {
		return nil
	}
	return &Interaction{Interaction: row, Sight: r.Sight, Around: []string{row.ID}}
}

// List returns the interactions of a room's current session in some states, newest first. It returns nil to those who may see none.
func (s *Interactions) List(ctx context.Context, r *room.Room, states []State, page room.Page) (*room.List[*Interaction], error) {
	if !r.Sight.Can(role.Vote) || !r.ChatAndCollaboration || r.CurrentSessionID == nil {
		return nil, nil
	}
	if states == nil {
		states = []State{Draft, Open, Stopped}
	}
	if !r.Sight.Can(role.Initiate) {
		states = slices.DeleteFunc(slices.Clone(states), func(s State) bool { return s == Draft })
	}
	return list(ctx, s.db, r.Sight, *r.CurrentSessionID, states, page)
}

// Started returns the interactions of a session that were started, newest first, for a manager of its room.
func (s *Interactions) Started(ctx context.Context, of *room.SessionSummary, page room.Page) (*room.List[*Interaction], error) {
	return list(ctx, s.db, of.Room.Sight, of.Session.ID, []State{Open, Stopped}, page)
}

func list(ctx context.Context, db *ent.Client, sight room.Sight, sessionID string, states []State, page room.Page) (*room.List[*Interaction], error) {
	names := make([]string, len(states))
	for i, state := range states {
		names[i] = string(state)
	}
	where := []predicate.Interaction{interaction.SessionID(sessionID), interaction.StateIn(names...)}
	below := where
	if parts, ok, err := room.Position(page.After, 1); err != nil {
		return nil, err
	} else if ok {
		below = append(where[:len(where):len(where)], interaction.IDLT(parts[0]))
	}
	rows, err := withChoices(db.Interaction.Query().Where(below...)).
		Order(ent.Desc(interaction.FieldID)).Limit(page.First + 1).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("list interactions: %w", err)
	}
	total, err := room.TotalOf(ctx, page, len(rows), db.Interaction.Query().Where(where...).Count)
	if err != nil {
		return nil, fmt.Errorf("count interactions: %w", err)
	}
	around := make([]string, len(rows))
	for i, row := range rows {
		around[i] = row.ID
	}
	l := room.Cut(rows, page, func(row *ent.Interaction) *Interaction {
		return &Interaction{Interaction: row, Sight: sight, Around: around}
	}, func(row *ent.Interaction) string { return room.Cursor(row.ID) })
	l.Total = total
	return &l, nil
}

// Interaction returns an interaction by its id. It returns nil if there is none, or none that the asker may see.
func (s *Interactions) Interaction(ctx context.Context, actor auth.Actor, id string) (*Interaction, error) {
	row, err := withChoices(s.db.Interaction.Query().Where(interaction.ID(id))).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read interaction: %w", err)
	}
	r, err := s.rooms.Get(ctx, actor, row.RoomID)
	if err != nil || r == nil {
		return nil, err
	}
	return Of(r, row), nil
}
