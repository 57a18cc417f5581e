package talk

import (
	"context"
	"fmt"

	"usher/auth"
	"usher/ent"
	"usher/ent/roomtools"
	"usher/live"
	"usher/problem"
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

// RoomTools are the settings of a room's tools as one asker sees them.
type RoomTools struct {
	row     *ent.RoomTools
	Sight   room.Sight
	session *string // the room's current one
}

// Chat returns who may write in the chat.
func (t RoomTools) Chat() Mode { return Mode(t.row.Chat) }

// SlowModeSeconds returns the least time between two messages of a viewer or speaker.
func (t RoomTools) SlowModeSeconds() int { return t.row.SlowSeconds }

// cleared returns the revision up to which a channel was cleared.
func (t RoomTools) cleared(in Channel) int {
	if in == Backchannel {
		return t.row.ClearedBack
	}
	return t.row.Cleared
}

// pinned returns the id of the pinned message of a channel, "" for none.
func (t RoomTools) pinned(in Channel) string {
	id := t.row.PinnedID
	if in == Backchannel {
		id = t.row.PinnedBackID
	}
	if id == nil {
		return ""
	}
	return *id
}

// readTools reads the settings of a room, or those of a room that never changed them.
func readTools(ctx context.Context, c *ent.Client, roomID string) (RoomTools, error) {
	rows, err := readEach(ctx, c, []string{roomID})
	return RoomTools{row: rows[roomID]}, err
}

func readEach(ctx context.Context, c *ent.Client, roomIDs []string) (map[string]*ent.RoomTools, error) {
	rows, err := c.RoomTools.Query().Where(roomtools.RoomIDIn(roomIDs...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read tools: %w", err)
	}
	byRoom := make(map[string]*ent.RoomTools, len(roomIDs))
	for _, id := range roomIDs {
		byRoom[id] = &ent.RoomTools{RoomID: id, Chat: string(ForEveryone)}
	}
	for _, row := range rows {
		byRoom[row.RoomID] = row
	}
	return byRoom, nil
}

// writeTools writes settings of a room.
func writeTools(ctx context.Context, tx *live.Tx, t RoomTools) error {
	err := tx.RoomTools.Create().SetRoomID(t.row.RoomID).SetChat(t.row.Chat).SetSlowSeconds(t.row.SlowSeconds).
		SetNillablePinnedID(t.row.PinnedID).SetNillablePinnedBackID(t.row.PinnedBackID).
		SetCleared(t.row.Cleared).SetClearedBack(t.row.ClearedBack).SetPace(t.row.Pace).
		OnConflictColumns(roomtools.FieldRoomID).Update(func(u *ent.RoomToolsUpsert) {
		u.UpdateChat().UpdateSlowSeconds().UpdateCleared().UpdateClearedBack().UpdatePace()
		if t.row.PinnedID == nil {
			u.ClearPinnedID()
		} else {
			u.UpdatePinnedID()
		}
		if t.row.PinnedBackID == nil {
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

// Rows loads rows by their keys. It checks no rights.
type Rows struct{ db *ent.Client }

// Tools reads the settings of rooms, by their ids.
func (r Rows) Tools(ctx context.Context, roomIDs []string) (map[string]*ent.RoomTools, error) {
	return readEach(ctx, r.db, roomIDs)
}

// ToolsOf shows the settings of a room, nil to those who may not use its tools.
func ToolsOf(r *room.Room, row *ent.RoomTools) *RoomTools {
	if row == nil || !r.Sight.Can(role.UseChat) || !r.ChatAndCollaboration {
		return nil
	}
	return &RoomTools{row, r.Sight, r.CurrentSessionID}
}

// Messages reads messages by their ids.
func (r Rows) Messages(ctx context.Context, ids []string) (map[string]*ent.Message, error) {
	return messagesByID(ctx, r.db, ids)
}

// PinnedID returns the id of the pinned message of a channel. It returns "" without one, and to an asker who may not read the channel.
func (t RoomTools) PinnedID(in Channel) string {
	if !t.Sight.Can(in.right()) {
		return ""
	}
	return t.pinned(in)
}

// Pinned shows the pinned message, nil if it is not stored, or of an earlier session (T8).
func (t RoomTools) Pinned(row *ent.Message) *ChatMessage {
	if row == nil || t.session == nil || row.SessionID != *t.session {
		return nil
	}
	return shown(row, nil, t.Sight)
}

// UpdateToolsInput changes settings of a room's tools. Those that are nil stay.
type UpdateToolsInput struct {
	RoomID          string
	Chat            *Mode
	SlowModeSeconds *int
}

// slowest is the longest slow mode, in seconds (T11).
const slowest = 3600

// UpdateTools changes settings. The same settings again change nothing. Returns CHAT_AND_COLLABORATION_OFF, INVALID_VALUE.
func (m *Messages) UpdateTools(ctx context.Context, actor auth.Actor, in UpdateToolsInput) (changed *room.Room, err error) {
	return m.inRoom(ctx, actor, in.RoomID, func(t *room.Turn, tools RoomTools) error {
		if n := in.SlowModeSeconds; n != nil && (*n < 0 || *n > slowest) {
			return problem.New(problem.InvalidValue).At("slowModeSeconds").Saying("Slow mode takes from 0 to 3,600 seconds.")
		}
		before := *tools.row
		if in.Chat != nil {
			tools.row.Chat = string(*in.Chat)
		}
		if in.SlowModeSeconds != nil {
			tools.row.SlowSeconds = *in.SlowModeSeconds
		}
		if tools.row.Chat == before.Chat && tools.row.SlowSeconds == before.SlowSeconds {
			return nil
		}
		if err := writeTools(ctx, t.Tx, tools); err != nil {
			return err
		}
		return t.Emit(toolsChanged, live.Entry{})
	})
}

// inRoom runs a command of somebody who may moderate on the tools of a room, and returns the room.
func (m *Messages) inRoom(
	ctx context.Context, actor auth.Actor, roomID string, do func(t *room.Turn, tools RoomTools) error,
) (of *room.Room, err error) {
	err = m.rooms.Act(ctx, actor, roomID, role.Moderate, func(t *room.Turn) error {
		if !t.Room.ChatAndCollaboration {
			return chatAndCollaborationOff()
		}
		tools, err := readTools(ctx, t.Tx.Client(), roomID)
		if err != nil {
			return err
		}
		if err := do(t, tools); err != nil {
			return err
		}
		of, err = t.Shown()
		return err
	})
	return of, err
}

func chatAndCollaborationOff() *problem.Problem {
	return problem.New(problem.ChatAndCollaborationOff).Saying("Chat & Collaboration is off in this room.")
}
