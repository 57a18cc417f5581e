package talk

import (
	"context"
	"fmt"
	"time"

	"usher/ent"
	entroom "usher/ent/room"
	"usher/ent/roomtools"
	"usher/tools"
)

// Gap returns the least time between two messages of one viewer in a room's chat now.
func (m *Messages) Gap(ctx context.Context, roomID string) (time.Duration, error) {
	row, err := m.db.RoomTools.Query().Where(roomtools.RoomID(roomID), roomtools.HasRoomWith(entroom.ChatAndCollaboration(true))).Only(ctx)
	if ent.IsNotFound(err) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("read pace: %w", err)
	}
	return max(time.Duration(row.SlowSeconds)*time.Second, pace{row.Pace}.at(m.log.Now()).gap()), nil
}

// Paces reports whether a room's chat may have another gap after an event.
func Paces(e *ent.Event) bool {
	return e.Kind == messagesPosted.Name && Channel(e.Detail.Channel) == Chat || tools.Changed(e)
}
