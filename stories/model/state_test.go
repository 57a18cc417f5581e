package model

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	. "usher/sitetest"
)

// The state of everybody, as an administrator reads it, is compared with the model's.

const stateDocument = `query($id: ID!) { room(id: $id) {
	title chatAndCollaboration access admission revision session { id }
	counts { countdown lobby waiting inRoom left denied removed blocked } managers { role user { id } }
	sessions(first: 5) { nodes { id state startsAt endsAt sequence } }
	tools { chat slowModeSeconds pinned { id } back: pinned(channel: BACKCHANNEL) { id } }
	invitations(first: 20) { nodes { id status role expiresAt hostAskedAt link firstName lastName participant { id } } }
	participants(first: 40) { nodes { id displayName state role roleRevision roleDelivered managerRole guest muted mutedUntil user { id } } } } }`

// countedStates are the fields of RoomCounts that count a state.
var countedStates = []string{"countdown", "lobby", "waiting", "inRoom", "left", "denied", "removed", "blocked"}

// compareState reads each room that changed since the last time, and one of the others in turn.
func (x *trial) compareState(turn int) {
	for n, h := range x.w.halls {
		if h.deleted || x.stood[h] == len(h.log) && turn%len(x.w.halls) != n {
			continue
		}
		x.stood[h] = len(h.log)
		got := x.reader.MustAsk(stateDocument, Object{"id": h.id}).In("room")
		if want := x.state(h); !slices.Equal(lines(got), want) {
			x.differs("the state of %s: the program says\n\t%s\nthe model\n\t%s", h.id,
				strings.Join(unlike(lines(got), want), "\n\t"), strings.Join(unlike(want, lines(got)), "\n\t"))
		}
	}
}

// unlike returns the lines that the other list lacks.
func unlike(these, those []string) []string {
	return slices.DeleteFunc(slices.Clone(these), func(s string) bool { return slices.Contains(those, s) })
}

// lines returns a room's state as lines, from the answer.
func lines(room Object) []string {
	all := []string{fmt.Sprint("room ", room["title"], room["chatAndCollaboration"], room["access"], room["admission"], room["revision"], room.Text("session.id"))}
	for _, state := range countedStates {
		all = append(all, fmt.Sprint("count ", state, " ", room.In("counts").Int(state)))
	}
	for _, m := range room.List("managers") {
		all = append(all, fmt.Sprint("manager ", m.Text("user.id"), " ", m["role"]))
	}
	if tools := room.In("tools"); tools != nil {
		all = append(all, fmt.Sprint("tools ", tools["chat"], " ", tools.Int("slowModeSeconds"), " ", tools.Text("pinned.id"), " ", tools.Text("back.id")))
	}
	for _, s := range room.List("sessions.nodes") {
		all = append(all, fmt.Sprint("session ", s["id"], " ", s["state"], " ", s["startsAt"], " ", s["endsAt"], " ", s.Int("sequence")))
	}
	for _, i := range room.List("invitations.nodes") {
		all = append(all, fmt.Sprint("invitation ", i["id"], " ", i["status"], " ", i["role"], " ", i["expiresAt"], " ", i["hostAskedAt"], " ",
			i["firstName"], " ", i["lastName"], " link ", i["link"] != nil, " place ", i.Text("participant.id")))
	}
	for _, p := range room.List("participants.nodes") {
		all = append(all, fmt.Sprint("place ", p["id"], " ", p["displayName"], " ", p["state"], " ", p["role"], " ", p.Int("roleRevision"),
			" ", p["roleDelivered"], " ", p["managerRole"], " ", p["guest"], " ", p["muted"], " ", p["mutedUntil"], " ", p.Text("user.id")))
	}
	slices.Sort(all)
	return all
}

// state returns the same lines from the model.
func (x *trial) state(h *mHall) []string {
	all := []string{fmt.Sprint("room ", h.title, !h.quiet, access(h.members), admission(h.approval), len(h.log), h.now.id)}
	for _, state := range countedStates {
		n := 0
		for _, p := range h.places {
			if p.session == h.now && strings.EqualFold(strings.ReplaceAll(p.state, "_", ""), state) {
				n++
			}
		}
		all = append(all, fmt.Sprint("count ", state, " ", n))
	}
	for u, role := range h.managers {
		all = append(all, fmt.Sprint("manager ", u.id, " ", role))
	}
	for _, s := range h.sessions[max(0, len(h.sessions)-5):] {
		all = append(all, fmt.Sprint("session ", s.id, " ", s.state, " ", instant(s.starts), " ", instant(s.ends), " ", s.moves))
	}
	if !h.quiet { // T2
		all = append(all, fmt.Sprint("tools ", h.tools.writes(), " ", h.tools.slow, " ", h.pinnedID(chat), " ", h.pinnedID(backchannel)))
	}
	all = append(all, x.people(h)...)
	slices.Sort(all)
	return all
}

// people returns the lines of invitations and places.
func (x *trial) people(h *mHall) []string {
	var all []string
	newest := slices.Clone(h.invites)
	slices.SortFunc(newest, func(i, j *mInvite) int { return cmp.Or(j.made.Compare(i.made), cmp.Compare(j.id, i.id)) })
	for _, i := range newest[:min(20, len(newest))] {
		asked, place := any(nil), ""
		if x.w.asked(i) {
			asked = Stamp(i.hostAskedAt)
		}
		if i.place != nil {
			place = i.place.id
		}
		first, last, _ := strings.Cut(i.first, " ")
		status := x.w.status(i)
		all = append(all, fmt.Sprint("invitation ", i.id, " ", status, " ", i.role, " ", instant(i.expires), " ", asked, " ",
			first, " ", last, " link ", standsAs(status), " place ", place))
	}
	for _, p := range h.places {
		if p.session != h.now {
			continue
		}
		manager, user := any(nil), ""
		if p.managed() {
			manager = h.managers[p.of]
		}
		if p.of != nil {
			user = p.of.id
		}
		all = append(all, fmt.Sprint("place ", p.id, " ", p.name, " ", p.state, " ", p.role, " ", p.revision,
			" ", p.delivered == p.revision, " ", manager, " ", p.of == nil, " ", p.paused(x.w.now), " ", p.pausedUntil(x.w.now), " ", user))
	}
	slices.Sort(all)
	return all
}
