package room

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/invitation"
	"usher/ent/participant"
	"usher/live"
	"usher/role"
)

// LinkHolder is somebody who watches a genuine link together with others. One goroutine uses it at a time.
type LinkHolder struct {
	RoomID, InvitationID string
	// ChangesAt is when the clock alone may change the last look, nil if it does not.
	ChangesAt *time.Time

	actor    auth.Actor
	link     link
	revision int // of the room, at most that of the first look
	got      bool
	said     said // by the last look that they got
}

// Holder returns the holder of a link. It returns nil if the link is forged, or its invitation was deleted.
func (s *Links) Holder(ctx context.Context, actor auth.Actor, token string) (*LinkHolder, error) {
	l, notValid := s.genuine(token)
	if notValid != nil {
		return nil, nil
	}
	r, err := s.rooms.Of(ctx, l.publicID)
	if err != nil || r == nil {
		return nil, err
	}
	return &LinkHolder{RoomID: r.ID, InvitationID: ent.TextOf(r, "invitation_id"), actor: actor, link: l, revision: r.Revision}, nil
}

// roomsOfLinks selects the rooms of invitations. It is kept, because each link that is followed reads it.
var roomsOfLinks = "SELECT " + ent.RoomColumns + `, invitations.id AS invitation_id, invitations.public_id
	FROM invitations JOIN rooms ON rooms.id = invitations.room_id WHERE invitations.public_id IN (?)`

// readRooms reads the rooms of invitations, with the ids of these, by their public ids.
func (s *Links) readRooms(ctx context.Context, ids [][16]byte) (map[[16]byte]*ent.Room, error) {
	public := make([][]byte, len(ids))
	for i := range ids {
		public[i] = ids[i][:]
	}
	rows, err := s.db.Room.Rows(ctx, roomsOfLinks, ent.List(public))
	if err != nil {
		return nil, fmt.Errorf("read rooms of links: %w", err)
	}
	found := make(map[[16]byte]*ent.Room, len(rows))
	for _, r := range rows {
		found[[16]byte([]byte(ent.TextOf(r, invitation.FieldPublicID)))] = r
	}
	return found, nil
}

// LinksAtOnce limits the links that LookAgain looks at.
const LinksAtOnce = 2_000

// LookAgain looks at the links of up to LinksAtOnce holders, with a constant number of statements. It returns the looks of those to whom
// it says something new, and nil for the others. All looks have the same time. A holder with a place reads the rights of it besides.
func (s *Links) LookAgain(ctx context.Context, holders []*LinkHolder) ([]*InvitationLink, error) {
	ids := make([]string, len(holders))
	for i, h := range holders {
		ids[i] = h.InvitationID
	}
	invited, err := s.readInvited(ctx, s.db, invitedByID, ent.List(ids))
	if err != nil {
		return nil, err
	}
	rows := make(map[string]*ent.Invitation, len(invited.rows))
	for _, i := range invited.rows {
		rows[i.ID] = i
	}
	now, looks := s.now(), make([]*InvitationLink, len(holders))
	for n, holder := range holders {
		var h *held
		if i := rows[holder.InvitationID]; i != nil {
			h = invited.hold(i, holder.actor, holder.actor.Device, holder.link)
		}
		s.opened.noteLook(h)
		look := lookOf(h, now)
		holder.ChangesAt = look.changesAt(now)
		if !holder.got || look.says() != holder.said {
			looks[n] = look
		}
	}
	for n, look := range looks {
		if look == nil {
			continue
		}
		if err := s.complete(ctx, holders[n].actor, holders[n].link, look); err != nil {
			return nil, err
		}
	}
	return looks, nil
}

// Got remembers the look that the holder got.
func (h *LinkHolder) Got(look *InvitationLink) { h.got, h.said = true, look.says() }

// LinkFeed reads the events of a room whose links are watched.
type LinkFeed struct{ watch *live.Watch }

// Feed begins to read the events of a holder's room, from before their first look.
func (s *Links) Feed(of *LinkHolder) *LinkFeed {
	f := &LinkFeed{s.hub.Watch(of.RoomID, of.revision)}
	s.hub.Wake(of.RoomID, of.revision) // another server may have raised it, and its hint may still be on the way
	return f
}

// More returns a channel that is closed once there may be more to read. Get it before Read.
func (f *LinkFeed) More() <-chan struct{} { return f.watch.More() }

// LinkNews is which links some events may concern.
type LinkNews struct {
	All         bool
	Invitations map[string]bool
	places      map[string]bool // concern only those who look at their own place
}

// Read reads the new events without waiting.
func (f *LinkFeed) Read(ctx context.Context) (news LinkNews, err error) {
	news.Invitations, news.places = map[string]bool{}, map[string]bool{}
	for {
		rows, err := f.watch.Read(ctx)
		if err != nil || len(rows) == 0 {
			return news, wrapped("read events of links", err)
		}
		for _, e := range rows {
			switch {
			case ofInvitation(e) != "":
				news.Invitations[ofInvitation(e)] = true
			case sparesLinks(e):
			case onlyMoves(e):
				news.places[e.ParticipantID] = true
			default:
				news.All = true
			}
		}
	}
}

// onlyMoves reports whether an event changes nothing but where somebody is. A block also concerns the other links of their email.
func onlyMoves(e *ent.Event) bool {
	const blocked = string(participant.StateBlocked)
	return e.Kind == roleDelivered.Name || e.Kind == participantChanged.Name && e.Detail.State != blocked && e.Detail.PreviousState != blocked
}

// HavePlaces reports whether the events concern people who look at their own place.
func (n LinkNews) HavePlaces() bool { return len(n.places) > 0 }

// ConcernPlaceOf reports whether an event concerns the place that a holder sees in their last look.
func (n LinkNews) ConcernPlaceOf(h *LinkHolder) bool { return n.places[h.said.participant] }

// Close ends the feed.
func (f *LinkFeed) Close() { f.watch.Close() }

// Alike is everything that a look shows of a link, so that looks with equal values are rendered once.
type Alike struct {
	room           *ent.Room
	session        *ent.Session
	role           role.RoomRole
	invitedBy      string
	problem        string
	expires, asked time.Time
	signIn         bool
	needsCode      bool
	codeFailed     bool
	matches        bool
	at             time.Time
}

// Alike returns what the look has in common with others, except for the link itself. ok is false if it shows a place, which is its
// holder's own.
func (k *InvitationLink) Alike() (a Alike, ok bool) {
	if k.Participant != nil {
		return a, false
	}
	a = Alike{signIn: k.SignInRequired(), needsCode: k.NeedsCode(), codeFailed: k.CodeFailed(), matches: k.MatchesAccount(), at: k.ServerTime}
	if k.HostAskedAt != nil {
		a.asked = *k.HostAskedAt
	}
	if k.Problem != nil {
		text, err := json.Marshal(k.Problem)
		if err != nil {
			return a, false
		}
		a.problem = string(text)
	}
	if h := k.held; h != nil {
		a.room, a.session, a.role, a.invitedBy = h.room, h.session, h.invitation.Role, *k.InvitedBy
		if h.invitation.ExpiresAt != nil {
			a.expires = *h.invitation.ExpiresAt
		}
	}
	return a, true
}
