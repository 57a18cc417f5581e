package talk

import (
	"context"
	"fmt"

	"usher/auth"
	"usher/ent"
	"usher/ent/message"
	"usher/live"
	"usher/problem"
	"usher/role"
	"usher/room"
	"usher/tools"
)

// Hide hides a message from everyone but moderators and managers. A hidden or deleted message stays as it is.
func (m *Messages) Hide(ctx context.Context, actor auth.Actor, id string) (*ChatMessage, error) {
	return m.onModerated(ctx, actor, id, func(t *room.Turn, of *ent.Message) (*ent.Message, error) {
		if of.HiddenAt != nil || of.DeletedAt != nil {
			return of, nil
		}
		if err := unpin(ctx, t, of); err != nil {
			return nil, err
		}
		set := t.Tx.Message.UpdateOneID(of.ID).SetHiddenAt(t.Tx.At).SetHiddenBy(t.Author().Name)
		return change(ctx, t, of, set)
	})
}

// Restore shows a hidden message again. Any other stays as it is.
func (m *Messages) Restore(ctx context.Context, actor auth.Actor, id string) (*ChatMessage, error) {
	return m.onModerated(ctx, actor, id, func(t *room.Turn, of *ent.Message) (*ent.Message, error) {
		if of.HiddenAt == nil || of.DeletedAt != nil {
			return of, nil
		}
		return change(ctx, t, of, t.Tx.Message.UpdateOneID(of.ID).ClearHiddenAt().SetHiddenBy(""))
	})
}

// onModerated is onMessage for those who may moderate.
func (m *Messages) onModerated(
	ctx context.Context, actor auth.Actor, id string, do func(t *room.Turn, of *ent.Message) (*ent.Message, error),
) (*ChatMessage, error) {
	return m.onMessage(ctx, actor, id, func(t *room.Turn, of *ent.Message) (*ent.Message, error) {
		if !t.Sight.Can(role.Moderate) {
			return nil, problem.ErrForbidden
		}
		return do(t, of)
	})
}

// HideOf hides all messages of a person in their session, in both channels. If there are none, it changes nothing.
func (m *Messages) HideOf(ctx context.Context, actor auth.Actor, participantID string) (*room.Participant, error) {
	return room.ActOn(ctx, m.rooms, actor, participantID, func(t *room.Turn, p *ent.Participant) (*ent.Participant, error) {
		switch {
		case !t.Sight.Can(role.Moderate):
			return nil, problem.ErrForbidden
		case !t.Room.ChatAndCollaboration:
			return nil, tools.ChatAndCollaborationOff()
		}
		return p, hideAll(ctx, t, p)
	})
}

// hideAll hides all messages of a person, with one event.
func hideAll(ctx context.Context, t *room.Turn, p *ent.Participant) error {
	theirs := message.And(message.SessionID(p.SessionID), message.AuthorID(p.ID), message.HiddenAtIsNil(), message.DeletedAtIsNil())
	marks, err := readSettings(ctx, t.Tx.Client(), t.Room.ID)
	if err != nil {
		return err
	}
	pinned, err := t.Tx.Message.Query().Where(theirs, message.IDIn(pinnedIDs(marks)...)).All(ctx)
	if err != nil {
		return fmt.Errorf("look for pinned messages: %w", err)
	}
	for _, of := range pinned {
		if err := unpin(ctx, t, of); err != nil {
			return err
		}
	}
	n, err := t.Tx.Message.Update().Where(theirs).SetHiddenAt(t.Tx.At).SetHiddenBy(t.Author().Name).Save(ctx)
	if err != nil {
		return fmt.Errorf("hide messages: %w", err)
	}
	if n == 0 {
		return nil
	}
	e := live.Entry{SessionID: p.SessionID, ParticipantID: p.ID}
	e.Detail.Subject = p.DisplayName
	return t.Emit(messagesHidden, e)
}

// Clear clears a channel up to now, or with on false shows everything again. The same state again changes nothing.
func (m *Messages) Clear(ctx context.Context, actor auth.Actor, roomID string, in Channel, on bool) (*room.Room, error) {
	return tools.Moderate(ctx, m.rooms, actor, roomID, func(t *room.Turn, of tools.RoomTools) error {
		to := 0
		if on {
			to = t.Next()
		}
		if (settings{of}).cleared(in) == to {
			return nil
		}
		if in == Backchannel {
			of.Row.ClearedBack = to
		} else {
			of.Row.Cleared = to
		}
		if err := tools.Write(ctx, t.Tx, of); err != nil {
			return err
		}
		e := live.Entry{SessionID: currentSession(t)}
		e.Detail.Channel, e.Detail.Restored = string(in), !on
		return t.Emit(channelCleared, e)
	})
}
