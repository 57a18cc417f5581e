package tools

import (
	"context"

	"usher/auth"
	"usher/ent"
	"usher/live"
	"usher/problem"
	"usher/role"
	"usher/room"
)

// ToolsChanged reports other settings.
type ToolsChanged struct{ room.Event }

var toolsChanged = room.Register(room.Kind{
	Name: "ToolsChanged", Topic: room.Settings.Always, Audience: room.InRoom.Always,
	Show: func(_ *room.Happening, e room.Event) room.RoomEvent { return ToolsChanged{e} },
})

// Changed reports whether an event is about settings.
func Changed(e *ent.Event) bool { return e.Kind == toolsChanged.Name }

// Settings changes and loads the settings of rooms.
type Settings struct {
	rooms *room.Rooms
	rows  *live.Gather[string, *ent.RoomTools]
}

// New builds the service.
func New(database *live.Database, rooms *room.Rooms) *Settings {
	return &Settings{rooms, live.NewGather(func(ctx context.Context, roomIDs []string) (map[string]*ent.RoomTools, error) {
		return readEach(ctx, database.Read, roomIDs)
	})}
}

// Rows reads the settings of rooms, by their ids. It checks no rights.
func (s *Settings) Rows(ctx context.Context, roomIDs []string) (map[string]*ent.RoomTools, error) {
	return s.rows.All(ctx, roomIDs)
}

// UpdateToolsInput changes settings of a room's tools. Those that are nil stay.
type UpdateToolsInput struct {
	Reactions          *bool
	Hands              *bool
	RoomID             string
	Chat               *Mode
	SlowModeSeconds    *int
	Questions          *QuestionMode
	AnonymousQuestions *bool
}

// slowest is the longest slow mode, in seconds (T11).
const slowest = 3600

// Update changes settings. The same settings again change nothing. Returns CHAT_AND_COLLABORATION_OFF, INVALID_VALUE.
func (s *Settings) Update(ctx context.Context, actor auth.Actor, in UpdateToolsInput) (changed *room.Room, err error) {
	return Moderate(ctx, s.rooms, actor, in.RoomID, func(t *room.Turn, tools RoomTools) error {
		if n := in.SlowModeSeconds; n != nil && (*n < 0 || *n > slowest) {
			return problem.New(problem.InvalidValue).At("slowModeSeconds").Saying("Slow mode takes from 0 to 3,600 seconds.")
		}
		changed := false
		set(&tools.Row.Chat, (*string)(in.Chat), &changed)
		set(&tools.Row.SlowSeconds, in.SlowModeSeconds, &changed)
		set(&tools.Row.Reactions, in.Reactions, &changed)
		set(&tools.Row.Hands, in.Hands, &changed)
		set(&tools.Row.Questions, (*string)(in.Questions), &changed)
		set(&tools.Row.AnonymousQuestions, in.AnonymousQuestions, &changed)
		if !changed {
			return nil
		}
		if err := Write(ctx, t.Tx, tools); err != nil {
			return err
		}
		return t.Emit(toolsChanged, live.Entry{})
	})
}

// set sets a setting, unless to is nil, and reports whether it was another one.
func set[V comparable](setting, to *V, changed *bool) {
	if to != nil && *setting != *to {
		*setting, *changed = *to, true
	}
}

// Moderate runs a command of somebody who may moderate on the tools of a room, and returns the room. Returns
// CHAT_AND_COLLABORATION_OFF.
func Moderate(
	ctx context.Context, rooms *room.Rooms, actor auth.Actor, roomID string, do func(t *room.Turn, tools RoomTools) error,
) (of *room.Room, err error) {
	err = rooms.Act(ctx, actor, roomID, role.Moderate, func(t *room.Turn) error {
		if !t.Room.ChatAndCollaboration {
			return ChatAndCollaborationOff()
		}
		tools, err := Read(ctx, t.Tx.Client(), roomID)
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
