package room_test

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/event"
	"usher/ent/manager"
	entroom "usher/ent/room"
	"usher/live"
	"usher/live/livetest"
	"usher/people"
	"usher/problem"
	"usher/role"
	"usher/room"
)

// site has a room with an open session, and people around it.
type site struct {
	t         *testing.T
	db        *live.Database
	auth      *auth.Authenticator
	directory *people.Directory
	rooms     *room.Services
	roomID    string
	people    map[string]auth.Actor
}

func mustSite(t *testing.T, databaseURL string) *site {
	t.Helper()
	db := livetest.MustOpen(t, databaseURL)
	log := db.Log(time.Now, live.NewHub(db))
	keys, err := room.ParseKeys([]byte("1 " + strings.Repeat("A", 43) + "=\n"))
	if err != nil {
		t.Fatal(err)
	}
	s := &site{t: t, db: db, people: map[string]auth.Actor{}}
	passwords := auth.NewPasswords(1)
	s.auth = auth.New(auth.Options{Database: db, Log: log, Passwords: passwords, Terms: auth.DefaultTerms()})
	s.directory = people.New(people.Options{Database: db, Log: log, Auth: s.auth, Passwords: passwords})
	s.rooms = room.New(room.Options{
		Database: db, Log: log, Keys: keys, JoinURL: "http://localhost/join", MembersCreateRooms: true,
		Limits: room.DefaultLimits(), Logger: slog.New(slog.DiscardHandler),
	})
	t.Cleanup(s.rooms.Close)
	for _, name := range []string{"admin", "owner", "coowner", "editor", "publisher", "guest", "stranger"} {
		as := role.Member
		if name == "admin" {
			as = role.Admin
		}
		u, err := s.directory.Add(t.Context(), people.NewUser{Email: name + "@example.com", FirstName: name, LastName: "Tester", Role: as})
		if err != nil {
			t.Fatal(err)
		}
		s.people[name] = auth.Actor{User: u}
	}
	s.people["nobody"] = auth.Actor{}
	created, err := s.rooms.Rooms.Create(t.Context(), s.people["owner"], room.CreateRoomInput{
		Title: "Room", TimeZone: "UTC", StartsAt: time.Now().Add(time.Minute), ChatAndCollaboration: true,
		Access: entroom.AccessInvited, Admission: entroom.AdmissionAutomatic,
	})
	if err != nil {
		t.Fatal(err)
	}
	s.roomID = created.ID
	if _, err := s.rooms.Sessions.Start(t.Context(), s.people["owner"], *created.CurrentSessionID); err != nil {
		t.Fatal(err)
	}
	for name, as := range map[string]role.ManagerRole{"coowner": role.CoOwner, "editor": role.CoEditor, "publisher": role.CoPublisher} {
		s.mustAdd("owner", name, as)
	}
	return s
}

func (s *site) add(by, whom string, as role.ManagerRole) error {
	_, err := s.rooms.Managers.Add(s.t.Context(), s.people[by], room.AddManagerInput{RoomID: s.roomID, UserID: s.id(whom), Role: as})
	return err
}

func (s *site) mustAdd(by, whom string, as role.ManagerRole) {
	s.t.Helper()
	if err := s.add(by, whom, as); err != nil {
		s.t.Fatal(err)
	}
}

func (s *site) remove(by, whom string) error {
	_, err := s.rooms.Managers.Remove(s.t.Context(), s.people[by], room.RemoveManagerInput{RoomID: s.roomID, UserID: s.id(whom)})
	return err
}

func (s *site) id(name string) string {
	if a, ok := s.people[name]; ok {
		return a.UserID()
	}
	return name
}

func (s *site) is(name string) role.ManagerRole {
	s.t.Helper()
	m, err := s.db.Read.Manager.Query().Where(manager.RoomID(s.roomID), manager.UserID(s.id(name))).Only(s.t.Context())
	if ent.IsNotFound(err) {
		return ""
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return m.Role
}

// since returns the kinds of the events after a revision.
func (s *site) since(revision int) (kinds []string) {
	s.t.Helper()
	rows, err := s.db.Read.Event.Query().Where(event.RoomID(s.roomID), event.RevisionGT(revision)).Order(event.ByRevision()).All(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	for _, e := range rows {
		kinds = append(kinds, e.Kind)
	}
	return kinds
}

func (s *site) revision() int {
	s.t.Helper()
	r, err := s.db.Read.Room.Get(s.t.Context(), s.roomID)
	if err != nil {
		s.t.Fatal(err)
	}
	return r.Revision
}

// said returns an answer as the tables name it: ok, a problem's code, or the name of the refusal.
func said(err error) string {
	var p *problem.Problem
	var bad *problem.BadInput
	switch {
	case err == nil:
		return "ok"
	case errors.As(err, &p):
		return string(p.Code)
	case errors.As(err, &bad):
		return "BAD_USER_INPUT"
	case errors.Is(err, problem.ErrNotFound):
		return "NOT_FOUND"
	case errors.Is(err, problem.ErrForbidden):
		return "FORBIDDEN"
	case errors.Is(err, problem.ErrUnauthenticated):
		return "UNAUTHENTICATED"
	}
	return err.Error()
}

func TestR1_WhoMaySearchUsers(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		s := mustSite(t, databaseURL)
		search := func(by, roomID, query string, first int) ([]*room.UserMatch, error) {
			return s.rooms.Rooms.SearchUsers(t.Context(), s.people[by], room.UserSearch{RoomID: roomID, Query: query, First: first})
		}
		for by, want := range map[string]string{
			"owner": "ok", "coowner": "ok", "editor": "ok", "publisher": "ok", "admin": "ok", "stranger": "NOT_FOUND", "nobody": "UNAUTHENTICATED",
		} {
			if _, err := search(by, s.roomID, "tester", 8); said(err) != want {
				t.Errorf("%s: %v, want %s", by, err, want)
			}
		}
		members := entroom.AccessMembers
		if _, err := s.rooms.Rooms.Update(t.Context(), s.people["owner"], room.UpdateRoomInput{RoomID: s.roomID, Access: &members}); err != nil {
			t.Fatal(err)
		}
		if _, err := search("stranger", s.roomID, "tester", 8); said(err) != "FORBIDDEN" {
			t.Errorf("who sees the room: %v", err)
		}
		for _, roomID := range []string{"r_none", "", "r_\x00"} {
			if _, err := search("owner", roomID, "tester", 8); said(err) != "NOT_FOUND" {
				t.Errorf("room %q: %v", roomID, err)
			}
		}
		for first, want := range map[int]string{-1: "BAD_USER_INPUT", 0: "BAD_USER_INPUT", 1: "ok", 20: "ok", 21: "BAD_USER_INPUT"} {
			found, err := search("owner", s.roomID, "tester", first)
			if said(err) != want || want == "ok" && len(found) != min(first, 7) {
				t.Errorf("first %d: %d, %v, want %s", first, len(found), err, want)
			}
		}
		for query, n := range map[string]int{"t": 0, "": 0, "te": 7, "nobody": 0} {
			if found, err := search("owner", s.roomID, query, 8); err != nil || found == nil || len(found) != n {
				t.Errorf("%q finds %v: %v", query, found, err)
			}
		}
	})
}

func TestAMatchShowsTheManagerRoleAndTheInvitation(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		s := mustSite(t, databaseURL)
		invite := func(email string) *room.Invitation {
			t.Helper()
			i, err := s.rooms.Invitations.Invite(t.Context(), s.people["owner"], room.InviteUserInput{
				RoomID: s.roomID, Email: email, FirstName: "A", LastName: "B", Role: role.Speaker,
			})
			if err != nil {
				t.Fatal(err)
			}
			return i
		}
		standing, revoked := invite("guest@example.com"), invite("stranger@example.com")
		if _, err := s.rooms.Invitations.Revoke(t.Context(), s.people["owner"], revoked.ID, false); err != nil {
			t.Fatal(err)
		}
		found, err := s.rooms.Rooms.SearchUsers(t.Context(), s.people["owner"], room.UserSearch{RoomID: s.roomID, Query: "tester", First: 20})
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, m := range found {
			stands := ""
			if m.Invitation != nil {
				stands = m.Invitation.ID
			}
			if m.ManagerRole != nil {
				stands += string(*m.ManagerRole)
			}
			got[m.User.FirstName] = stands
		}
		want := map[string]string{
			"admin": "", "owner": "OWNER", "coowner": "CO_OWNER", "editor": "CO_EDITOR", "publisher": "CO_PUBLISHER",
			"guest": standing.ID, "stranger": "",
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("got %v, want %v", got, want)
		}
	})
}
