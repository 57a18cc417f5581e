package talk

import (
	"context"
	"fmt"

	"usher/auth"
	"usher/ent/message"
	"usher/room"
)

// Missed counts the messages of others that came into the chat of a room's current session after a revision, and that are shown.
func (m *Messages) Missed(ctx context.Context, actor auth.Actor, r *room.Room, after int) (int, error) {
	if !r.Sight.Can(Chat.right()) || !r.ChatAndCollaboration || r.CurrentSessionID == nil {
		return 0, nil
	}
	marks, err := readSettings(ctx, m.db, r.ID)
	if err != nil {
		return 0, err
	}
	own := message.And(message.AuthorID(""), message.AuthorUserID(actor.UserID()))
	if place := r.MyParticipant(); place != nil {
		own = message.AuthorID(place.ID)
	}
	n, err := m.db.Message.Query().Where(
		message.SessionID(*r.CurrentSessionID), message.Channel(string(Chat)), message.RevisionGT(max(after, marks.cleared(Chat))),
		message.DeletedAtIsNil(), message.HiddenAtIsNil(), message.Not(own),
	).Count(ctx)
	if err != nil {
		return 0, fmt.Errorf("count messages: %w", err)
	}
	return n, nil
}
