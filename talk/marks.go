package talk

import (
	"context"

	"usher/ent"
	"usher/tools"
)

// settings are a room's settings of its tools, with the marks that the chat leaves among them: what is pinned, and what was cleared.
type settings struct{ tools.RoomTools }

func readSettings(ctx context.Context, c *ent.Client, roomID string) (settings, error) {
	read, err := tools.Read(ctx, c, roomID)
	return settings{read}, err
}

// cleared returns the revision up to which a channel was cleared.
func (s settings) cleared(in Channel) int {
	if in == Backchannel {
		return s.Row.ClearedBack
	}
	return s.Row.Cleared
}

// pinned returns the id of the pinned message of a channel, "" for none.
func (s settings) pinned(in Channel) string {
	id := s.Row.PinnedID
	if in == Backchannel {
		id = s.Row.PinnedBackID
	}
	if id == nil {
		return ""
	}
	return *id
}

// PinnedID returns the id of the pinned message of a channel. It returns "" without one, and to an asker who may not read the channel.
func PinnedID(of *tools.RoomTools, in Channel) string {
	if !of.Sight.Can(in.right()) {
		return ""
	}
	return settings{*of}.pinned(in)
}

// Pinned shows the pinned message, nil if it is not stored, or of an earlier session (T8).
func Pinned(of *tools.RoomTools, row *ent.Message) *ChatMessage {
	if row == nil || of.Session == nil || row.SessionID != *of.Session {
		return nil
	}
	return shown(row, nil, of.Sight)
}

// Rows loads rows by their keys. It checks no rights.
type Rows struct{ db *ent.Client }

// Messages reads messages by their ids.
func (r Rows) Messages(ctx context.Context, ids []string) (map[string]*ent.Message, error) {
	return messagesByID(ctx, r.db, ids)
}
