package talk

import (
	"context"

	"usher/auth"
	"usher/ent"
	"usher/live"
	"usher/problem"
	"usher/room"
	"usher/tools"
)

// Pin pins a message in its channel, in place of the one before. Returns ALREADY_HANDLED for a hidden or deleted message. The pinned
// message again changes nothing.
func (m *Messages) Pin(ctx context.Context, actor auth.Actor, id string) (*ChatMessage, error) {
	return m.onModerated(ctx, actor, id, func(t *room.Turn, of *ent.Message) (*ent.Message, error) {
		marks, err := readSettings(ctx, t.Tx.Client(), t.Room.ID)
		switch {
		case err != nil:
			return nil, err
		case of.HiddenAt != nil || of.DeletedAt != nil:
			return nil, problem.New(problem.AlreadyHandled)
		case marks.pinned(Channel(of.Channel)) == of.ID:
			return of, nil
		}
		return of, setPinned(ctx, t, marks, Channel(of.Channel), &of.ID)
	})
}

// Unpin pins no message in a channel any more. If none is, it changes nothing.
func (m *Messages) Unpin(ctx context.Context, actor auth.Actor, roomID string, in Channel) (*room.Room, error) {
	return tools.Moderate(ctx, m.rooms, actor, roomID, func(t *room.Turn, of tools.RoomTools) error {
		marks := settings{of}
		if marks.pinned(in) == "" {
			return nil
		}
		return setPinned(ctx, t, marks, in, nil)
	})
}

// unpin unpins a message that is about to be hidden or deleted (C4).
func unpin(ctx context.Context, t *room.Turn, of *ent.Message) error {
	marks, err := readSettings(ctx, t.Tx.Client(), t.Room.ID)
	if err != nil || marks.pinned(Channel(of.Channel)) != of.ID {
		return err
	}
	return setPinned(ctx, t, marks, Channel(of.Channel), nil)
}

func setPinned(ctx context.Context, t *room.Turn, marks settings, in Channel, id *string) error {
	e := live.Entry{SessionID: currentSession(t)}
	e.Detail.Channel = string(in)
	if id != nil {
		e.Detail.Messages = []string{*id}
	}
	if in == Backchannel {
		marks.Row.PinnedBackID = id
	} else {
		marks.Row.PinnedID = id
	}
	if err := tools.Write(ctx, t.Tx, marks.RoomTools); err != nil {
		return err
	}
	return t.Emit(messagePinned, e)
}

// pinnedIDs returns the ids of the pinned messages of a room.
func pinnedIDs(marks settings) (ids []string) {
	for _, in := range []Channel{Chat, Backchannel} {
		if id := marks.pinned(in); id != "" {
			ids = append(ids, id)
		}
	}
	return ids
}

// currentSession returns the id of the room's current session, "" if it never had one.
func currentSession(t *room.Turn) string {
	if t.Room.CurrentSessionID == nil {
		return ""
	}
	return *t.Room.CurrentSessionID
}
