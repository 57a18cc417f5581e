package graph

import "usher/room"

// ofHappening announces what the fields of an event may need.
func (l *loads) ofHappening(h *room.Happening) {
	if h.Invitation != nil {
		l.ofInvitation(h.Invitation)
	}
	if h.Participant != nil {
		l.ofParticipant(h.Participant)
	}
	if h.Row.UserID != "" {
		l.users.expect(h.Row.UserID)
	}
	if h.Room != nil {
		l.ofRoom(h.Room)
	}
}
