package room

import (
	"time"

	"usher/ent"
	"usher/ent/participant"
	entroom "usher/ent/room"
	"usher/ent/session"
	"usher/role"
)

// Somebody who lost access while they were behind still gets the event that ended it. By then its room, invitation and participant
// may have changed, and they may not read those changes. So these objects keep only their ids.

// BlankRoom returns a room of which only the id is known.
func BlankRoom(id string) *ent.Room {
	return &ent.Room{ID: id, TimeZone: "UTC", Access: entroom.AccessInvited, Admission: entroom.AdmissionAutomatic}
}

// BlankSession returns a session of which only the id is known.
func BlankSession(id string) *ent.Session {
	return &ent.Session{ID: id, State: session.StateEnded, StartsAt: time.Unix(0, 0).UTC()}
}

// BlankUser returns an account of which only the id is known.
func BlankUser(id string) *ent.User { return &ent.User{ID: id} }

// forFormer returns the event with everything that it leads to blank.
func (h *Happening) forFormer() *Happening {
	blank := &Happening{Row: h.Row, Room: BlankRoom(h.Row.RoomID)}
	blank.Room.Revision = h.Row.Revision
	if h.Session != nil {
		blank.Session = BlankSession(h.Session.ID)
	}
	if i := h.Invitation; i != nil {
		blank.Invitation = &ent.Invitation{
			ID: i.ID, RoomID: i.RoomID, SessionID: i.SessionID, Role: role.Viewer, CreatedAt: time.Unix(0, 0).UTC(),
		}
	}
	if p := h.Participant; p != nil {
		blank.Participant = &ent.Participant{
			ID: p.ID, RoomID: p.RoomID, SessionID: p.SessionID, Role: role.Viewer, State: participant.StateLeft,
		}
	}
	if h.User != nil {
		blank.User = BlankUser(h.User.ID)
	}
	return blank
}
