package vote

import (
	"context"
	"fmt"

	"usher/ent"
	"usher/ent/interaction"
	"usher/tools"
)

// Rows loads rows by their keys. It checks no rights.
type Rows struct{ db *ent.Client }

// Open reads the open interactions of rooms, by the rooms' ids.
func (r Rows) Open(ctx context.Context, roomIDs []string) (map[string]*ent.Interaction, error) {
	rows, err := withChoices(r.db.Interaction.Query().Where(interaction.RoomIDIn(roomIDs...), interaction.State(string(Open)))).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read open interactions: %w", err)
	}
	byRoom := make(map[string]*ent.Interaction, len(rows))
	for _, row := range rows {
		byRoom[row.RoomID] = row
	}
	return byRoom, nil
}

// rooms reads the rooms of interactions, by the interactions' ids.
func (r Rows) rooms(ctx context.Context, ids []string) (map[string]string, error) {
	rows, err := r.db.Interaction.ByIDs(ctx, ids)
	return tools.RoomsOf(rows, err, func(i *ent.Interaction) (id, roomID string) { return i.ID, i.RoomID })
}
