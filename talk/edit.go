package talk

import (
	"context"
	"fmt"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/message"
	"usher/live"
	"usher/problem"
	"usher/role"
	"usher/room"
	"usher/text"
	"usher/tools"
)

// editable is how long after writing a message its author may edit it (C2).
const editable = 15 * time.Minute

// EditMessageInput is another text for a message.
type EditMessageInput struct{ MessageID, Text string }

// onMessage runs a command on a message that the asker may read, and returns the message afterwards. Returns problem.ErrNotFound,
// CHAT_AND_COLLABORATION_OFF.
func (m *Messages) onMessage(
	ctx context.Context, actor auth.Actor, id string, do func(t *room.Turn, of *ent.Message) (*ent.Message, error),
) (*ChatMessage, error) {
	found, err := m.db.Message.Query().Where(message.ID(id)).Select(message.FieldRoomID).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, room.Missing(ctx, m.rooms, actor)
	}
	if err != nil {
		return nil, fmt.Errorf("find message: %w", err)
	}
	var after *ChatMessage
	err = m.rooms.Act(ctx, actor, found.RoomID, role.SeeRoom, func(t *room.Turn) error {
		of, err := t.Tx.Message.Get(ctx, id)
		if ent.IsNotFound(err) {
			return problem.ErrNotFound
		}
		if err != nil {
			return fmt.Errorf("read message: %w", err)
		}
		switch current := t.Room.CurrentSessionID; {
		case current == nil || *current != of.SessionID || !Channel(of.Channel).reads(t.Sight, of.Revision):
			return problem.ErrNotFound
		case !t.Room.ChatAndCollaboration:
			return tools.ChatAndCollaborationOff()
		}
		if of, err = do(t, of); err != nil {
			return err
		}
		replies, err := withReplies(ctx, t.Tx.Client(), []*ent.Message{of})
		after = shown(of, replies, t.Sight)
		return err
	})
	return after, err
}

// wrote reports whether the asker wrote a message.
func wrote(t *room.Turn, m *ent.Message) bool {
	a := t.Author()
	return tools.AuthorKey(a.ParticipantID, a.UserID) == tools.AuthorKey(m.AuthorID, m.AuthorUserID)
}

// Edit replaces the text of the asker's own message. Returns TOO_LATE after 15 minutes, ALREADY_HANDLED for a hidden or deleted message,
// and what Send returns. The same text again changes nothing.
func (m *Messages) Edit(ctx context.Context, actor auth.Actor, in EditMessageInput) (*ChatMessage, error) {
	return m.onMessage(ctx, actor, in.MessageID, func(t *room.Turn, of *ent.Message) (*ent.Message, error) {
		if !wrote(t, of) {
			return nil, problem.ErrForbidden
		}
		b, err := m.alone(ctx, t)
		if err != nil {
			return nil, err
		}
		author := t.Author()
		if err := b.mayWrite(t, author, Channel(of.Channel)); err != nil {
			return nil, err
		}
		clean, wrong := text.CleanChat(in.Text)
		switch {
		case wrong != nil:
			return nil, problem.New(problem.InvalidValue).At("text").Saying(wrong.Message)
		case of.HiddenAt != nil || of.DeletedAt != nil:
			return nil, problem.New(problem.AlreadyHandled)
		case t.Tx.At.Sub(of.At) > editable:
			return nil, problem.New(problem.TooLate)
		case of.Text == clean:
			return of, nil
		}
		if err := b.slow(author, Backchannel); err != nil { // edits count for the person, not for the room's gap
			return nil, err
		}
		return change(ctx, t, of, t.Tx.Message.UpdateOneID(of.ID).SetText(clean).SetEditedAt(t.Tx.At))
	})
}

// alone returns a batch of one author whose turn has begun.
func (m *Messages) alone(ctx context.Context, t *room.Turn) (*batch, error) {
	b := &batch{Crowd: &room.Crowd{Room: t.Room}, ctx: ctx, tx: t.Tx}
	var err error
	if b.Session, err = t.Session(); err != nil || b.Session == nil {
		return b, err
	}
	if b.tools, err = readSettings(ctx, t.Tx.Client(), t.Room.ID); err != nil {
		return nil, err
	}
	a := t.Author()
	b.recent, err = recentOf(ctx, t.Tx, b.Session.ID, []string{tools.AuthorKey(a.ParticipantID, a.UserID)}, t.Tx.At.Add(-personalWindow))
	return b, err
}

// Delete deletes the asker's own message, and erases its text. A second call changes nothing.
func (m *Messages) Delete(ctx context.Context, actor auth.Actor, id string) (*ChatMessage, error) {
	return m.onMessage(ctx, actor, id, func(t *room.Turn, of *ent.Message) (*ent.Message, error) {
		switch {
		case !wrote(t, of):
			return nil, problem.ErrForbidden
		case of.DeletedAt != nil:
			return of, nil
		}
		if err := unpin(ctx, t, of); err != nil {
			return nil, err
		}
		set := t.Tx.Message.UpdateOneID(of.ID).SetText("").SetDeletedAt(t.Tx.At).ClearMentions()
		return change(ctx, t, of, set)
	})
}

// change writes a changed message, with its event.
func change(ctx context.Context, t *room.Turn, of *ent.Message, set *ent.MessageUpdateOne) (*ent.Message, error) {
	after, err := set.Save(ctx)
	if err != nil {
		return nil, fmt.Errorf("change message: %w", err)
	}
	e := live.Entry{SessionID: of.SessionID}
	e.Detail.Channel, e.Detail.Messages = of.Channel, []string{of.ID}
	return after, t.Emit(messagesChanged, e)
}
