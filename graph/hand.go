package graph

import (
	"context"

	"usher/room"
)

// handShown reports whether the asker may read about the hand of a participant now.
func handShown(ctx context.Context, p *room.Participant) (bool, error) {
	if !p.ShowsPrivate() {
		return false, nil
	}
	of, err := load(ctx).rooms.load(ctx, p.RoomID)
	return of != nil && of.ChatAndCollaboration, err
}
