package room

import (
	"iter"
	"slices"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/participant"
	entroom "usher/ent/room"
	"usher/role"
)

// follow applies what an event changes for the watcher. It reports whether they may still see the room. Events up to the
// revision of the snapshot change nothing.
func (w *Watcher) follow(e *ent.Event) bool {
	if e.Revision <= w.At {
		return true
	}
	w.At = e.Revision
	if kind := kindOf(e); kind.Follows != nil {
		kind.Follows(w, e)
		if w.deleted {
			return false
		}
		w.refresh(e.At)
	}
	return w.standing.Can(role.SeeRoom)
}

func followRoom(w *Watcher, e *ent.Event) {
	w.standing.Member = w.id != "" && e.Detail.Access == string(entroom.AccessMembers)
}

// followManager follows the watcher's manager role. An event that removes a manager names none.
func followManager(w *Watcher, e *ent.Event) {
	if w.isSelf(e) {
		w.standing.Manager = e.Detail.ManagerRole
	}
}

// followPlan follows which session is the current one.
func followPlan(w *Watcher, e *ent.Event) {
	w.session = e.SessionID
	for p := range placesIn(w, e) {
		p.over, p.until = false, time.Time{}
	}
}

// followStart follows a session that opens, or opens again: those who left or counted down are in the lobby (P1).
func followStart(w *Watcher, e *ent.Event) {
	followPlan(w, e)
	for p := range placesIn(w, e) {
		if p.state == participant.StateCountdown || p.state == participant.StateLeft {
			p.state = participant.StateLobby
		}
	}
}

// followEnd follows a session that ends or is cancelled: everyone leaves (P1), and invitations give access for a while.
func followEnd(w *Watcher, e *ent.Event) {
	for p := range placesIn(w, e) {
		if slices.Contains(movedByEnd, p.state) {
			p.state = participant.StateLeft
		}
		p.over, p.until = true, time.Time{}
		if p.invitation != "" {
			p.until = e.At.Add(auth.GuestGrace)
		}
	}
}

// placesIn yields the watcher's places in the session of an event.
func placesIn(w *Watcher, e *ent.Event) iter.Seq[*place] {
	return func(yield func(*place) bool) {
		for i := range w.places {
			if p := &w.places[i]; p.session == e.SessionID && !yield(p) {
				return
			}
		}
	}
}

// followAccessEnded follows an invitation that stops giving access.
func followAccessEnded(w *Watcher, e *ent.Event) {
	for i := range w.places {
		if p := &w.places[i]; p.invitation != "" && p.invitation == e.InvitationID {
			p.lost = true
		}
	}
}

// followMoved follows a link that another device has from now on. An account keeps its place wherever it is signed in.
func followMoved(w *Watcher, e *ent.Event) {
	if !w.isSelf(e) {
		followAccessEnded(w, e)
	}
}

// followPlace returns the place that an event changes, nil if it is not the watcher's. Their account may have got it by this
// very event.
func followPlace(w *Watcher, e *ent.Event) *place {
	i := slices.IndexFunc(w.places, func(p place) bool { return p.participant == e.ParticipantID })
	if i < 0 {
		if !w.isSelf(e) {
			return nil
		}
		i = len(w.places)
		w.places = append(w.places, place{participant: e.ParticipantID, session: e.SessionID, account: true, person: w.id})
	}
	p := &w.places[i]
	if e.Detail.Role != "" {
		p.role = e.Detail.Role
	}
	if e.UserID != "" { // it may have become the account's
		p.person = e.UserID
	}
	return p
}

func followRole(w *Watcher, e *ent.Event) {
	if p := followPlace(w, e); p != nil && e.Detail.PreviousRole == role.Viewer {
		p.backchannelFrom = e.Revision
	}
}

func followRedeemed(w *Watcher, e *ent.Event) {
	p := followPlace(w, e)
	if p == nil || p.lost && !p.account { // the latter: by another device
		return
	}
	p.invitation, p.lost, p.redeemed = e.InvitationID, false, e.At
}

func followRemoved(w *Watcher, e *ent.Event) {
	if p := followPlace(w, e); p != nil {
		p.blocked = p.blocked || e.Detail.Blocked
	}
}

func followState(w *Watcher, e *ent.Event) {
	if p := followPlace(w, e); p != nil {
		p.state = participant.State(e.Detail.State)
		p.blocked = p.state == participant.StateBlocked
	}
}
