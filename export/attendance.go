package export

import (
	"context"

	"usher/ent"
	"usher/room"
	"usher/tools"
)

// Attendance is who was in the room of a session from when to when, a row for each stay.
var Attendance = tools.Content{
	Name: "ATTENDANCE", Columns: []string{"name", "email", "role", "entered_at", "left_at", "seconds"}, Read: readAttendance,
}

func readAttendance(ctx context.Context, c *ent.Client, of *ent.Session, row func(values ...any) error) error {
	return room.Stays(ctx, c, of, func(s room.Stay) error {
		p := s.Participant
		var left, seconds any // while they are there
		if s.To != nil {
			left, seconds = *s.To, int(s.To.Sub(s.From).Seconds())
		}
		return row(p.DisplayName, p.Email, string(p.Role), s.From, left, seconds)
	})
}
