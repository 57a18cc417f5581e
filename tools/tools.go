// Package tools is what the tools of a room share: their settings, and what each checks before people write. Only packages above it may
// import it: the tools themselves, which never import each other, and graph and site.
package tools

import (
	"context"
	"fmt"

	"usher/ent"
	"usher/ent/roomtools"
	"usher/live"
	"usher/role"
	"usher/room"
)

// Mode says who may write in the chat.
type Mode string

const (
	ForEveryone Mode = "EVERYONE"
	ForHosts    Mode = "HOSTS"
	Off         Mode = "OFF"
)

// QuestionMode says what becomes of a question that is asked.
type QuestionMode string

const (
	// QuestionsOpen shows it to everyone in the room.
	QuestionsOpen QuestionMode = "OPEN"
	// QuestionsModerated lets it wait for a moderator.
	QuestionsModerated QuestionMode = "MODERATED"
	// QuestionsOff takes none.
	QuestionsOff QuestionMode = "OFF"
)

// RoomTools are the settings of a room's tools. Those that Of returns are as one asker sees them.
type RoomTools struct {
	Row     *ent.RoomTools
	Sight   room.Sight
	Session *string // the room's current one
}

// Chat returns who may write in the chat.
func (t RoomTools) Chat() Mode { return Mode(t.Row.Chat) }

// SlowModeSeconds returns the least time between two messages of a viewer or speaker.
func (t RoomTools) SlowModeSeconds() int { return t.Row.SlowSeconds }

// Hands reports whether people may raise their hands.
func (t RoomTools) Hands() bool { return t.Row.Hands }

// Reactions reports whether people may react.
func (t RoomTools) Reactions() bool { return t.Row.Reactions }

// Questions returns what becomes of a question that is asked.
func (t RoomTools) Questions() QuestionMode { return QuestionMode(t.Row.Questions) }

// AnonymousQuestions reports whether questions may be asked without a name.
func (t RoomTools) AnonymousQuestions() bool { return t.Row.AnonymousQuestions }

// Read reads the settings of a room, or those of a room that never changed them.
func Read(ctx context.Context, c *ent.Client, roomID string) (RoomTools, error) {
	rows, err := readEach(ctx, c, []string{roomID})
	return RoomTools{Row: rows[roomID]}, err
}

func readEach(ctx context.Context, c *ent.Client, roomIDs []string) (map[string]*ent.RoomTools, error) {
	rows, err := c.RoomTools.By(ctx, roomtools.FieldRoomID, ent.List(roomIDs))
	if err != nil {
		return nil, fmt.Errorf("read tools: %w", err)
	}
	byRoom := make(map[string]*ent.RoomTools, len(roomIDs))
	for _, id := range roomIDs {
		byRoom[id] = &ent.RoomTools{
			RoomID: id, Chat: string(ForEveryone), Hands: true, Reactions: true, Questions: string(QuestionsOpen), AnonymousQuestions: true,
		}
	}
	for _, row := range rows {
		byRoom[row.RoomID] = row
	}
	return byRoom, nil
}

// Write writes the settings of a room.
func Write(ctx context.Context, tx *live.Tx, t RoomTools) error {
	err := tx.RoomTools.Create().SetRoomID(t.Row.RoomID).SetChat(t.Row.Chat).SetSlowSeconds(t.Row.SlowSeconds).
		SetNillablePinnedID(t.Row.PinnedID).SetNillablePinnedBackID(t.Row.PinnedBackID).
		SetCleared(t.Row.Cleared).SetClearedBack(t.Row.ClearedBack).SetPace(t.Row.Pace).
		SetHands(t.Row.Hands).SetReactions(t.Row.Reactions).
		SetQuestions(t.Row.Questions).SetAnonymousQuestions(t.Row.AnonymousQuestions).
		OnConflictColumns(roomtools.FieldRoomID).Update(func(u *ent.RoomToolsUpsert) {
		u.UpdateChat().UpdateSlowSeconds().UpdateCleared().UpdateClearedBack().UpdatePace()
		u.UpdateHands().UpdateReactions()
		u.UpdateQuestions().UpdateAnonymousQuestions()
		if t.Row.PinnedID == nil {
			u.ClearPinnedID()
		} else {
			u.UpdatePinnedID()
		}
		if t.Row.PinnedBackID == nil {
			u.ClearPinnedBackID()
		} else {
			u.UpdatePinnedBackID()
		}
	}).Exec(ctx)
	if err != nil {
		return fmt.Errorf("write tools: %w", err)
	}
	return nil
}

// Of shows the settings of a room, nil to those who may not use its tools.
func Of(r *room.Room, row *ent.RoomTools) *RoomTools {
	if row == nil || !r.Sight.Can(role.UseChat) || !r.ChatAndCollaboration {
		return nil
	}
	return &RoomTools{row, r.Sight, r.CurrentSessionID}
}
