package talk

import (
	"context"
	"fmt"
	"slices"

	"entgo.io/ent/dialect/sql"

	"usher/ent"
	"usher/ent/message"
	"usher/ent/predicate"
	"usher/ent/roomtools"
	"usher/live"
	"usher/room"
	"usher/text"
)

// written finds and erases what a person wrote in messages (E4).
type written struct{}

// Rooms returns the rooms in which an account wrote messages.
func (written) Rooms(ctx context.Context, c *ent.Client, account string) ([]string, error) {
	return c.Message.Query().Where(message.AuthorUserID(account)).Unique(true).Select(message.FieldRoomID).Strings(ctx)
}

// erasePage limits the messages that one statement reads.
const erasePage = 500

// Erase deletes the texts and keys of a person's messages in a room, and their name there: as an author, in mentions, and as who hid a
// message.
func (written) Erase(ctx context.Context, t *room.Turn, of room.Traces) error {
	by := []predicate.Message{message.AuthorIDIn(of.Places...)}
	if of.Account != "" {
		by = append(by, message.AuthorUserID(of.Account))
	}
	inRoom, theirs := message.RoomID(t.Room.ID), message.Or(by...)
	if err := unpinTheirs(ctx, t, message.And(inRoom, theirs)); err != nil {
		return err
	}
	err := t.Tx.Message.Update().Where(inRoom, theirs, message.DeletedAtIsNil()).SetDeletedAt(t.Tx.At).Exec(ctx)
	if err == nil {
		err = t.Tx.Message.Update().Where(inRoom, theirs).SetText("").SetAuthorName(text.ErasedName).ClearMentions().Exec(ctx)
	}
	if err == nil {
		err = t.Tx.Message.Update().Where(inRoom, message.HiddenByIn(of.Names...)).SetHiddenBy(text.ErasedName).Exec(ctx)
	}
	if err == nil { // keys never change otherwise, so ent does not set them
		query, args := sql.Dialect(t.Tx.Dialect()).Update(message.Table).Set(message.FieldClientKey, sql.Expr(message.FieldID)).
			Where(sql.And(sql.EQ(message.FieldRoomID, t.Room.ID), sql.EQ(message.FieldAuthorName, text.ErasedName))).Query()
		_, err = t.Tx.ExecContext(ctx, query, args...)
	}
	if err != nil {
		return fmt.Errorf("erase messages: %w", err)
	}
	return eraseMentions(ctx, t, of)
}

// unpinTheirs unpins messages that are erased. Pages read the room again, so no event is needed.
func unpinTheirs(ctx context.Context, t *room.Turn, theirs predicate.Message) error {
	marks, err := readSettings(ctx, t.Tx.Client(), t.Room.ID)
	if err != nil {
		return err
	}
	ids, err := t.Tx.Message.Query().Where(theirs, message.IDIn(pinnedIDs(marks)...)).IDs(ctx)
	if err != nil || len(ids) == 0 {
		return err
	}
	set := t.Tx.RoomTools.Update().Where(roomtools.RoomID(t.Room.ID))
	if slices.Contains(ids, marks.pinned(Chat)) {
		set.ClearPinnedID()
	}
	if slices.Contains(ids, marks.pinned(Backchannel)) {
		set.ClearPinnedBackID()
	}
	return set.Exec(ctx)
}

// eraseMentions removes a person's name where others mention them.
func eraseMentions(ctx context.Context, t *room.Turn, of room.Traces) error {
	for after := ""; ; {
		page, err := t.Tx.Message.Query().Where(message.RoomID(t.Room.ID), message.MentionsNotNil(), message.IDGT(after)).
			Order(ent.Asc(message.FieldID)).Limit(erasePage).Select(message.FieldID, message.FieldMentions).All(ctx)
		if err != nil {
			return fmt.Errorf("read mentions: %w", err)
		}
		for _, m := range page {
			after = m.ID
			changed := false
			for i, who := range m.Mentions {
				if slices.Contains(of.Places, who.ParticipantID) {
					m.Mentions[i].Name, changed = text.ErasedName, true
				}
			}
			if !changed {
				continue
			}
			if err := t.Tx.Message.UpdateOneID(m.ID).SetMentions(m.Mentions).Exec(ctx); err != nil {
				return fmt.Errorf("erase mention: %w", err)
			}
		}
		if len(page) < erasePage {
			return nil
		}
	}
}

// Drop deletes messages of sessions, at most so many.
func (written) Drop(ctx context.Context, tx *live.Tx, in predicate.Session, most int) (found, deleted int, err error) {
	ids, err := tx.Message.Query().Where(message.HasSessionWith(in)).Limit(most).IDs(ctx)
	if err != nil || len(ids) == 0 {
		return 0, 0, err
	}
	deleted, err = tx.Message.Delete().Where(message.IDIn(ids...)).Exec(ctx)
	return len(ids), deleted, err
}
