package room_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/live"
	"usher/live/livetest"
	"usher/people"
	"usher/problem"
	"usher/role"
	"usher/room"
)

// This is a complete example of a package that extends rooms: notes that moderators and managers read.

// NotePosted is its event.
type NotePosted struct {
	room.Event
	Text string
}

var notePosted = room.Register(room.Kind{
	Name: "NotePosted", Audience: room.Moderators.Always,
	Show: func(h *room.Happening, e room.Event) room.RoomEvent { return NotePosted{e, h.Row.Detail.Message} },
})

type notes struct{ rooms *room.Rooms }

// Post writes a note. It returns the title of the room.
func (n notes) Post(ctx context.Context, actor auth.Actor, roomID, text string) (title string, err error) {
	err = n.rooms.Act(ctx, actor, roomID, role.SeeRoom, func(t *room.Turn) error {
		if !t.Sight.InRoom && !t.Sight.Manages() {
			return problem.ErrForbidden
		}
		if _, err := t.Tx.Room.Query().Count(ctx); err != nil { // its own rows, in the same transaction
			return err
		}
		title = t.Room.Title
		e := live.Entry{}
		e.Detail.Message = text
		return t.Emit(notePosted, e)
	})
	return title, err
}

// kernel is a site with a room, whose session is open, in which a moderator and a viewer are.
type kernel struct {
	db                               *live.Database
	log                              *live.Log
	services                         *room.Services
	presence                         *live.Presence
	roomID                           string
	owner, moderator, viewer, nobody auth.Actor
}

func mustKernel(t testing.TB, databaseURL string) *kernel {
	t.Helper()
	db := livetest.MustOpen(t, databaseURL)
	hub := live.NewHub(db)
	log := db.Log(time.Now, hub)
	keys, err := room.CreateKeys(t.TempDir() + "/keys")
	if err != nil {
		t.Fatal(err)
	}
	presence := live.NewPresence(time.Second, time.Second)
	k := &kernel{db: db, log: log, presence: presence, services: room.New(room.Options{
		Database: db, Log: log, Hub: hub, Presence: presence, Keys: keys,
		JoinURL: "http://localhost/join", MembersCreateRooms: true, Limits: room.DefaultLimits(), Logger: slog.New(slog.DiscardHandler),
	})}
	t.Cleanup(k.services.Close)
	passwords := auth.NewPasswords(1)
	authenticator := auth.New(auth.Options{Database: db, Log: log, Passwords: passwords, Terms: auth.DefaultTerms()})
	accounts := people.New(people.Options{Database: db, Log: log, Auth: authenticator, Passwords: passwords})
	u, err := accounts.Add(t.Context(), people.NewUser{Email: "owner@example.com", FirstName: "Olive", LastName: "Owner", Role: role.Member})
	if err != nil {
		t.Fatal(err)
	}
	k.owner = auth.Actor{User: u}
	created, err := k.services.Rooms.Create(t.Context(), k.owner, room.CreateRoomInput{
		Title: "Hall", TimeZone: "UTC", StartsAt: time.Now().Add(time.Minute), ChatAndCollaboration: true, Access: "INVITED", Admission: "AUTOMATIC",
	})
	if err != nil {
		t.Fatal(err)
	}
	k.roomID = created.ID
	if _, err := k.services.Sessions.Start(t.Context(), k.owner, *created.CurrentSessionID); err != nil {
		t.Fatal(err)
	}
	k.moderator, k.viewer = k.mustInvite(t, "mod@example.org", role.Moderator), k.mustInvite(t, "viewer@example.org", role.Viewer)
	return k
}

// mustInvite invites an email, redeems the link on a device of its own and enters.
func (k *kernel) mustInvite(t testing.TB, email string, as role.RoomRole) auth.Actor {
	t.Helper()
	i, err := k.services.Invitations.Invite(t.Context(), k.owner, room.InviteUserInput{
		RoomID: k.roomID, Email: email, FirstName: "Gwen", LastName: "Guest", Role: as,
	})
	if err != nil {
		t.Fatal(err)
	}
	actor := auth.Actor{Device: auth.AttemptDevice(email)}
	_, err = k.services.Links.Redeem(t.Context(), actor, room.Redemption{
		Token: k.services.Invitations.LinkOf(i.Invitation), Email: &email, Device: actor.Device,
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.services.Places.Enter(t.Context(), actor, k.roomID); err != nil {
		t.Fatal(err)
	}
	return actor
}

func TestAnotherPackageActsInARoomAndReportsEventsOfItsOwn(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		k := mustKernel(t, databaseURL)
		streams := map[string]*room.Stream{}
		for who, actor := range map[string]auth.Actor{"the owner": k.owner, "the moderator": k.moderator, "the viewer": k.viewer} {
			st, err := k.services.News.Stream(t.Context(), actor, k.roomID, nil, nil)
			if err != nil {
				t.Fatal(err)
			}
			defer st.Close()
			streams[who] = st
		}
		notes := notes{k.services.Rooms}
		if title, err := notes.Post(t.Context(), k.moderator, k.roomID, "Ten minutes left"); err != nil || title != "Hall" {
			t.Fatalf("posted in %q: %v", title, err)
		}
		for who, want := range map[string]bool{"the owner": true, "the moderator": true, "the viewer": false} {
			seen, ended, err := streams[who].Read(t.Context())
			if err != nil || ended || len(seen) > 1 || (len(seen) == 1) != want {
				t.Errorf("%s sees %v (ended %v, %v), want %v", who, seen, ended, err, want)
				continue
			}
			for _, s := range seen {
				e, ok := s.As(s.Audience.Sight()).(NotePosted)
				if !ok || e.Text != "Ten minutes left" || e.Actor() == nil || *e.Actor() != "Gwen Guest" || e.Room().Title != "Hall" {
					t.Errorf("%s sees %+v", who, e)
				}
			}
		}
		list := func(actor auth.Actor) (kinds []string) {
			r, err := k.services.Rooms.Get(t.Context(), actor, k.roomID)
			if err != nil {
				t.Fatal(err)
			}
			happenings, err := k.services.News.History(t.Context(), actor, r, 1, r.Revision+1, nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, h := range happenings {
				kinds = append(kinds, h.Row.Kind)
			}
			return kinds
		}
		if got := list(k.moderator); len(got) != 1 || got[0] != "NotePosted" {
			t.Errorf("the newest in the moderator's history is %v", got)
		}
		if got := list(k.viewer); len(got) != 1 || got[0] == "NotePosted" {
			t.Errorf("the newest in the viewer's history is %v", got)
		}
	})
}

func TestAnotherPackageActsWithinTheRightsOfTheAsker(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		k := mustKernel(t, databaseURL)
		stranger := k.nobody
		stranger.User = &ent.User{ID: "u_none"}
		for name, c := range map[string]struct {
			actor  auth.Actor
			roomID string
			action role.Action
			fails  error
			want   error
		}{
			"nobody is asked to sign in":       {k.nobody, k.roomID, role.SeeRoom, nil, problem.ErrUnauthenticated},
			"an account that is gone":          {stranger, k.roomID, role.SeeRoom, nil, problem.ErrUnauthenticated},
			"a room that there is not":         {k.owner, "r_none", role.SeeRoom, nil, problem.ErrNotFound},
			"a viewer may not edit":            {k.viewer, k.roomID, role.EditRoom, nil, problem.ErrForbidden},
			"the error of a command comes out": {k.owner, k.roomID, role.EditRoom, context.Canceled, context.Canceled},
			"an owner may edit":                {k.owner, k.roomID, role.EditRoom, nil, nil},
		} {
			before, err := k.services.Rooms.Get(t.Context(), k.owner, k.roomID)
			if err != nil {
				t.Fatal(err)
			}
			err = k.services.Rooms.Act(t.Context(), c.actor, c.roomID, c.action, func(turn *room.Turn) error {
				return errors.Join(turn.Emit(notePosted, live.Entry{}), c.fails)
			})
			if !errors.Is(err, c.want) || c.want == nil && err != nil {
				t.Errorf("%s: %v, want %v", name, err, c.want)
			}
			after, err := k.services.Rooms.Get(t.Context(), k.owner, k.roomID)
			if err != nil || (after.Revision != before.Revision) != (c.want == nil) {
				t.Errorf("%s: the room goes from revision %d to %d, %v", name, before.Revision, after.Revision, err)
			}
		}
	})
}
