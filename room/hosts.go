package room

import (
	"context"
	"fmt"
	"slices"

	"usher/ent"
	"usher/ent/participant"
	"usher/live"
	"usher/role"
)

// hostsPage is the beginning of the list of a session's speakers and moderators who are in the room.
type hostsPage struct {
	session string
	first   int
}

// hosts are those whom everyone in the room sees, and how many there are. Nobody may change them.
type hosts struct {
	rows  []*ent.Participant // of the page, and one more
	total int
}

func newPlaces(c *core) *Places {
	s := &Places{core: c, crowds: live.NewCollect(c.log, c.beginOwn, live.Crowded(ownWindow))}
	s.hosts = live.NewShare(s.readHosts)
	return s
}

// readHosts reads a page of hosts in the order of List: whom somebody in the room sees besides themselves.
func (s *Places) readHosts(ctx context.Context, page hostsPage) (h hosts, err error) {
	r := &Room{&ent.Room{CurrentSessionID: &page.session}, Sight{Standing: role.Standing{InRoom: true}}}
	visible, err := r.visiblePeople()
	if err != nil {
		return h, err
	}
	here := s.db.Participant.Query().Where(visible, participant.StateEQ(participant.StateInRoom))
	h.rows, err = here.Clone().Order(byRole, ent.Asc(participant.FieldDisplayName, participant.FieldID)).Limit(page.first + 1).All(ctx)
	if err != nil {
		return h, fmt.Errorf("list participants: %w", err)
	}
	h.total, err = TotalOf(ctx, Page{First: page.first}, len(h.rows), here.Count)
	return h, wrapped("count participants", err)
}

// sharesHosts reports whether a list is that of the hosts who are in the room and the asker. Everyone who enters reads it.
func sharesHosts(r *Room, page Page, f ParticipantFilter) bool {
	return page.After == nil && slices.Equal(f.State, []participant.State{participant.StateInRoom}) &&
		f.Role == nil && f.Online == nil && f.Search == "" && !f.NeedsLook && r.Sight.InRoom && !r.Sight.Can(role.SeeParticipants)
}

// listHosts is List for a list that sharesHosts. Those who ask for it at the same time share its reading.
func (s *Places) listHosts(ctx context.Context, r *Room, page Page) (l List[*Participant], err error) {
	here, err := s.hosts.Of(ctx, hostsPage{currentID(r.Room), page.First})
	if err != nil {
		return l, err
	}
	// A viewer comes last.
	if own := r.Sight.Own; own.Role == role.Viewer && !containsPlace(here.rows, own) {
		here.rows = append(slices.Clip(here.rows), own)
		here.total++
	}
	l = Cut(here.rows, page, func(p *ent.Participant) *Participant { return &Participant{p, r.Sight} }, participantCursor)
	l.Total = here.total
	return l, nil
}
