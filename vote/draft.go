package vote

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"

	"usher/auth"
	"usher/ent"
	"usher/ent/choice"
	"usher/ent/interaction"
	"usher/ent/schema"
	"usher/live"
	"usher/problem"
	"usher/role"
	"usher/room"
	"usher/tools"
)

// on runs a command of somebody who may initiate interactions on one of them. Returns what the command returns, problem.ErrUnauthenticated,
// problem.ErrNotFound, problem.ErrForbidden, CHAT_AND_COLLABORATION_OFF.
func (s *Interactions) on(
	ctx context.Context, actor auth.Actor, id string, do func(t *room.Turn, of *ent.Interaction) (*Interaction, error),
) (after *Interaction, err error) {
	found, err := s.db.Interaction.Query().Where(interaction.ID(id)).Select(interaction.FieldRoomID).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, room.Missing(ctx, s.rooms, actor)
	}
	if err != nil {
		return nil, fmt.Errorf("find interaction: %w", err)
	}
	err = s.rooms.Act(ctx, actor, found.RoomID, role.SeeRoom, func(t *room.Turn) error {
		of, err := read(ctx, t.Tx, id)
		if err != nil {
			return err
		}
		if err := mayRun(t, of); err != nil {
			return err
		}
		after, err = do(t, of)
		return err
	})
	return after, err
}

// read reads an interaction with its options.
func read(ctx context.Context, tx *live.Tx, id string) (*ent.Interaction, error) {
	of, err := withChoices(tx.Interaction.Query().Where(interaction.ID(id))).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, problem.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("read interaction: %w", err)
	}
	return of, nil
}

// mayRun returns the problem of somebody who must not run an interaction, or does not see it.
func mayRun(t *room.Turn, of *ent.Interaction) error {
	current := t.Room.CurrentSessionID
	switch {
	case current == nil || *current != of.SessionID:
		return problem.ErrNotFound
	case !t.Sight.Can(role.Initiate) && State(of.State) == Draft:
		return problem.ErrNotFound
	case !t.Sight.Can(role.Initiate):
		return problem.ErrForbidden
	case !t.Room.ChatAndCollaboration:
		return tools.ChatAndCollaborationOff()
	}
	return nil
}

// afterwards shows an interaction as it is after a command.
func afterwards(ctx context.Context, t *room.Turn, id string) (*Interaction, error) {
	of, err := read(ctx, t.Tx, id)
	if err != nil {
		return nil, err
	}
	return &Interaction{Interaction: of, Sight: t.Sight, Around: []string{id}}, nil
}

// Create drafts an interaction of the room's current session. Returns the one that this key created; CHAT_AND_COLLABORATION_OFF,
// SESSION_NOT_OPEN for a room that never had a session, INVALID_VALUE, QUOTA_EXCEEDED.
func (s *Interactions) Create(ctx context.Context, actor auth.Actor, in CreateInteractionInput) (drafted *Interaction, err error) {
	err = s.rooms.Act(ctx, actor, in.RoomID, role.Initiate, func(t *room.Turn) error {
		drafted, err = create(ctx, t, in.Key, func() (*ent.Interaction, error) {
			if !t.Room.ChatAndCollaboration {
				return nil, tools.ChatAndCollaborationOff()
			}
			return in.Interaction.clean()
		})
		return err
	})
	return drafted, err
}

// Copy drafts an interaction like another one. Returns what Create returns.
func (s *Interactions) Copy(ctx context.Context, actor auth.Actor, id, key string) (*Interaction, error) {
	return s.on(ctx, actor, id, func(t *room.Turn, of *ent.Interaction) (*Interaction, error) {
		return create(ctx, t, key, func() (*ent.Interaction, error) { return of, nil })
	})
}

// create drafts what like returns, unless the asker's key has created something.
func create(ctx context.Context, t *room.Turn, key string, like func() (*ent.Interaction, error)) (*Interaction, error) {
	a := t.Author()
	creator := tools.AuthorKey(a.ParticipantID, a.UserID)
	current := t.Room.CurrentSessionID
	if current == nil {
		return nil, problem.New(problem.SessionNotOpen)
	}
	earlier, err := t.Tx.Interaction.Query().
		Where(interaction.SessionID(*current), interaction.Creator(creator), interaction.ClientKey(key)).OnlyID(ctx)
	if err == nil {
		return afterwards(ctx, t, earlier)
	}
	if !ent.IsNotFound(err) {
		return nil, fmt.Errorf("look for the key: %w", err)
	}
	of, err := like()
	if err != nil {
		return nil, err
	}
	if err := tools.CheckKey(key); err != nil {
		return nil, err
	}
	n, err := t.Tx.Interaction.Query().Where(interaction.SessionID(*current)).Count(ctx)
	if err != nil {
		return nil, fmt.Errorf("count interactions: %w", err)
	}
	if n >= mostInteractions {
		return nil, problem.New(problem.QuotaExceeded).Saying(fmt.Sprintf("A session can have %d polls. Delete a draft first.", mostInteractions))
	}
	created := draft(of, schema.NewID("v"), *current, creator, key)
	if err := write(ctx, t, []*ent.Interaction{created}); err != nil {
		return nil, err
	}
	if err := changed(t, created, "", Draft); err != nil {
		return nil, err
	}
	return afterwards(ctx, t, created.ID)
}

// draft returns a new interaction like another one.
func draft(of *ent.Interaction, id, session, creator, key string) *ent.Interaction {
	return &ent.Interaction{
		ID: id, SessionID: session, Kind: of.Kind, Title: of.Title, MaxChoices: of.MaxChoices, Named: of.Named, Share: of.Share,
		Seconds: of.Seconds, Lowest: of.Lowest, Highest: of.Highest, Creator: creator, ClientKey: key,
		Edges: ent.InteractionEdges{Choices: of.Edges.Choices},
	}
}

// write writes drafts with their options.
func write(ctx context.Context, t *room.Turn, all []*ent.Interaction) error {
	rows := make([]*ent.InteractionCreate, len(all))
	var options []*ent.ChoiceCreate
	for i, of := range all {
		rows[i] = t.Tx.Interaction.Create().SetID(of.ID).SetRoomID(t.Room.ID).SetSessionID(of.SessionID).SetKind(of.Kind).SetTitle(of.Title).
			SetMaxChoices(of.MaxChoices).SetNamed(of.Named).SetShare(of.Share).SetSeconds(of.Seconds).SetLowest(of.Lowest).
			SetHighest(of.Highest).SetCreator(of.Creator).SetClientKey(of.ClientKey)
		options = append(options, choices(t, of)...)
	}
	if err := t.Tx.Interaction.CreateBulk(rows...).Exec(ctx); err != nil {
		return fmt.Errorf("create interactions: %w", err)
	}
	for len(options) > 0 {
		n := min(len(options), 500)
		if err := t.Tx.Choice.CreateBulk(options[:n]...).Exec(ctx); err != nil {
			return fmt.Errorf("create options: %w", err)
		}
		options = options[n:]
	}
	return nil
}

func choices(t *room.Turn, of *ent.Interaction) (all []*ent.ChoiceCreate) {
	for _, c := range of.Edges.Choices {
		all = append(all, t.Tx.Choice.Create().SetInteractionID(of.ID).SetNth(c.Nth).SetText(c.Text).SetCorrect(c.Correct))
	}
	return all
}

// Update changes a draft. Returns ALREADY_HANDLED for an interaction that has been started, INVALID_VALUE. The same again changes nothing.
func (s *Interactions) Update(ctx context.Context, actor auth.Actor, in UpdateInteractionInput) (*Interaction, error) {
	return s.on(ctx, actor, in.InteractionID, func(t *room.Turn, of *ent.Interaction) (*Interaction, error) {
		if State(of.State) != Draft {
			return nil, alreadyStarted()
		}
		next, err := in.Interaction.clean()
		if err != nil {
			return nil, err
		}
		if !same(of, next) {
			if err := replace(ctx, t, of, next); err != nil {
				return nil, err
			}
		}
		return afterwards(ctx, t, of.ID)
	})
}

// replace writes what a draft is to be.
func replace(ctx context.Context, t *room.Turn, of, next *ent.Interaction) error {
	err := t.Tx.Interaction.UpdateOneID(of.ID).SetKind(next.Kind).SetTitle(next.Title).SetMaxChoices(next.MaxChoices).SetNamed(next.Named).
		SetShare(next.Share).SetSeconds(next.Seconds).SetLowest(next.Lowest).SetHighest(next.Highest).Exec(ctx)
	if err != nil {
		return fmt.Errorf("change interaction: %w", err)
	}
	if _, err := t.Tx.Choice.Delete().Where(choice.InteractionID(of.ID)).Exec(ctx); err != nil {
		return fmt.Errorf("delete options: %w", err)
	}
	next.ID = of.ID
	if options := choices(t, next); options != nil {
		if err := t.Tx.Choice.CreateBulk(options...).Exec(ctx); err != nil {
			return fmt.Errorf("create options: %w", err)
		}
	}
	return changed(t, of, Draft, Draft)
}

// same reports whether a draft is as it is to be.
func same(of, next *ent.Interaction) bool {
	if of.Kind != next.Kind || of.Title != next.Title || of.MaxChoices != next.MaxChoices || of.Named != next.Named || of.Share != next.Share ||
		of.Seconds != next.Seconds || of.Lowest != next.Lowest || of.Highest != next.Highest || len(of.Edges.Choices) != len(next.Edges.Choices) {
		return false
	}
	for n, c := range of.Edges.Choices {
		if to := next.Edges.Choices[n]; c.Text != to.Text || c.Correct != to.Correct {
			return false
		}
	}
	return true
}

func alreadyStarted() error {
	return problem.New(problem.AlreadyHandled).Saying("This has been started, so it cannot change any more. Copy it to run another one.")
}

// Delete deletes a draft, and returns it as it was. Returns ALREADY_HANDLED for an interaction that has been started.
func (s *Interactions) Delete(ctx context.Context, actor auth.Actor, id string) (*Interaction, error) {
	return s.on(ctx, actor, id, func(t *room.Turn, of *ent.Interaction) (*Interaction, error) {
		if State(of.State) != Draft {
			return nil, alreadyStarted()
		}
		if err := t.Tx.Interaction.DeleteOneID(id).Exec(ctx); err != nil {
			return nil, fmt.Errorf("delete interaction: %w", err)
		}
		return &Interaction{Interaction: of, Sight: t.Sight, Around: []string{id}}, changed(t, of, Draft, "")
	})
}

// copyDrafts copies the drafts of the session before into a new one (T8).
func copyDrafts(ctx context.Context, t *room.Turn, created *ent.Session) error {
	before := t.Room.CurrentSessionID
	if before == nil {
		return nil
	}
	drafts, err := withChoices(t.Tx.Interaction.Query().
		Where(interaction.SessionID(*before), interaction.State(string(Draft)))).Order(ent.Asc(interaction.FieldID)).All(ctx)
	if err != nil || len(drafts) == 0 {
		return err
	}
	ids := make([]string, len(drafts))
	for i := range ids {
		ids[i] = schema.NewID("v")
	}
	slices.Sort(ids) // lists are in their order
	for i, of := range drafts {
		drafts[i] = draft(of, ids[i], created.ID, of.Creator, rand.Text())
	}
	return write(ctx, t, drafts)
}
