package tools

import (
	"regexp"
	"time"

	"usher/ent"
	"usher/ent/schema"
	"usher/ent/session"
	"usher/problem"
	"usher/role"
	"usher/room"
)

// Author is who wrote something, or is mentioned, as they were then.
type Author struct{ schema.Author }

// ParticipantID returns their place, nil for a manager who wrote without one.
func (a Author) ParticipantID() *string { return filled(a.Author.ParticipantID) }

// UserID returns the account of a manager who wrote without a place. Others are known by their place.
func (a Author) UserID() *string {
	if a.Author.ParticipantID != "" {
		return nil
	}
	return filled(a.Author.UserID)
}

// Role returns the role that they had, nil for a manager who wrote without a place.
func (a Author) Role() *role.RoomRole { return filled(a.Author.Role) }

// filled returns nil for an empty text.
func filled[T ~string](text T) *T {
	if text == "" {
		return nil
	}
	return &text
}

// AuthorKey identifies an author within a session, by their place and account.
func AuthorKey(place, user string) string {
	if place != "" {
		return place
	}
	return user
}

var keyForm = regexp.MustCompile(`^[A-Za-z0-9_-]{22,64}$`)

// CheckKey returns the problem of an author's own id of what they write (T4).
func CheckKey(key string) error {
	if !keyForm.MatchString(key) {
		return problem.New(problem.InvalidValue).At("key").Saying("A key has 22 to 64 characters A-Z, a-z, 0-9, - or _.")
	}
	return nil
}

// Open returns the problem of using tools in a room with a current session: CHAT_AND_COLLABORATION_OFF, SESSION_NOT_OPEN.
func Open(r *ent.Room, current *ent.Session) error {
	switch {
	case !r.ChatAndCollaboration:
		return ChatAndCollaborationOff()
	case current == nil || current.State != session.StateOpen:
		return problem.New(problem.SessionNotOpen)
	}
	return nil
}

// Unmuted returns MUTED if the writing of who asks is paused at a time. That of managers never is.
func Unmuted(t *room.Turn, at time.Time) error {
	own := t.Sight.Own
	if own == nil || t.Sight.Manages() {
		return nil
	}
	muted, until := room.Muted(own, at)
	if !muted {
		return nil
	}
	p := problem.New(problem.Muted)
	if until != nil {
		p.Retry(*until)
	}
	return p
}

// ChatAndCollaborationOff is the problem of using tools while the room has none.
func ChatAndCollaborationOff() *problem.Problem {
	return problem.New(problem.ChatAndCollaborationOff).Saying("Chat & Collaboration is off in this room.")
}
