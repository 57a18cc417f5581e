package room_test

import (
	"slices"
	"strings"
	"testing"

	"usher/ent"
	"usher/ent/manager"
	"usher/ent/participant"
	entroom "usher/ent/room"
	"usher/live/livetest"
	"usher/role"
	"usher/room"
)

func TestR4_WhoMayAddAndRemoveManagers(t *testing.T) {
	type step struct {
		by, whom string
		as       role.ManagerRole // empty removes
		want     string
		events   string
	}
	for name, steps := range map[string][]step{
		"an owner makes co-publishers":                           {{"owner", "stranger", role.CoPublisher, "ok", "ManagerAdded"}},
		"an owner makes owners":                                  {{"owner", "stranger", role.Owner, "ok", "ManagerAdded"}},
		"a co-owner makes co-owners":                             {{"coowner", "stranger", role.CoOwner, "ok", "ManagerAdded"}},
		"a co-owner makes no owners":                             {{"coowner", "stranger", role.Owner, "FORBIDDEN", ""}},
		"a co-owner lowers no owners":                            {{"coowner", "owner", role.CoEditor, "FORBIDDEN", ""}},
		"a co-owner removes no owners":                           {{"coowner", "owner", "", "FORBIDDEN", ""}},
		"a co-owner removes co-editors":                          {{"coowner", "editor", "", "ok", "ManagerRemoved"}},
		"a co-editor adds nobody":                                {{"editor", "stranger", role.CoPublisher, "FORBIDDEN", ""}},
		"a co-publisher removes nobody":                          {{"publisher", "editor", "", "FORBIDDEN", ""}},
		"a stranger learns of no room":                           {{"stranger", "stranger", role.Owner, "NOT_FOUND", ""}},
		"nobody is asked to sign in":                             {{"nobody", "stranger", role.Owner, "UNAUTHENTICATED", ""}},
		"an administrator acts as an owner":                      {{"admin", "stranger", role.Owner, "ok", "ManagerAdded"}, {"admin", "owner", "", "ok", "ManagerRemoved"}},
		"the last owner is not removed":                          {{"owner", "owner", "", "LAST_OWNER", ""}, {"admin", "owner", "", "LAST_OWNER", ""}},
		"the last owner is not lowered":                          {{"owner", "owner", role.CoOwner, "LAST_OWNER", ""}, {"admin", "owner", role.CoOwner, "LAST_OWNER", ""}},
		"of two owners one may go":                               {{"owner", "editor", role.Owner, "ok", "ManagerAdded"}, {"owner", "owner", "", "ok", "ManagerRemoved"}},
		"of two owners one may be lowered":                       {{"owner", "editor", role.Owner, "ok", "ManagerAdded"}, {"editor", "owner", role.CoEditor, "ok", "ManagerAdded"}},
		"adding a manager changes the role":                      {{"owner", "editor", role.CoOwner, "ok", "ManagerAdded"}},
		"the same role is no event":                              {{"owner", "editor", role.CoEditor, "ok", ""}, {"owner", "owner", role.Owner, "ok", ""}},
		"removing somebody who is not a manager changes nothing": {{"owner", "stranger", "", "ok", ""}},
		"whoever has no account is not found":                    {{"owner", "u_none", role.CoEditor, "NOT_FOUND", ""}, {"owner", "u_\x00", role.CoEditor, "NOT_FOUND", ""}},
		"who is removed may not do so any more":                  {{"owner", "coowner", "", "ok", "ManagerRemoved"}, {"coowner", "editor", "", "NOT_FOUND", ""}},
		"an owner who is lowered touches no owners":              {{"owner", "editor", role.Owner, "ok", "ManagerAdded"}, {"editor", "owner", role.CoOwner, "ok", "ManagerAdded"}, {"owner", "editor", "", "FORBIDDEN", ""}},
	} {
		t.Run(name, func(t *testing.T) {
			livetest.Each(t, func(t *testing.T, databaseURL string) {
				s := mustSite(t, databaseURL)
				for _, step := range steps {
					at, before := s.revision(), s.is(step.whom)
					var err error
					if step.as == "" {
						err = s.remove(step.by, step.whom)
					} else {
						err = s.add(step.by, step.whom, step.as)
					}
					if got := said(err); got != step.want {
						t.Errorf("%s to %s: %s, want %s", step.by, step.whom, got, step.want)
					}
					if got := strings.Join(s.since(at), " "); got != step.events {
						t.Errorf("%s to %s: events %q, want %q", step.by, step.whom, got, step.events)
					}
					want := step.as
					if step.want != "ok" {
						want = before
					}
					if got := s.is(step.whom); got != want {
						t.Errorf("%s is %q now, want %q", step.whom, got, want)
					}
				}
			})
		})
	}
}

func TestR3_APlaceFollowsTheManagerRole(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		s := mustSite(t, databaseURL)
		ctx := t.Context()
		members := entroom.AccessMembers
		if _, err := s.rooms.Rooms.Update(ctx, s.people["owner"], room.UpdateRoomInput{RoomID: s.roomID, Access: &members}); err != nil {
			t.Fatal(err)
		}
		p, err := s.rooms.Places.Enter(ctx, s.people["stranger"], s.roomID)
		if err != nil || p.Role != role.Viewer || p.State != participant.StateInRoom {
			t.Fatalf("a member enters: %+v %v", p, err)
		}
		place := func() *ent.Participant {
			t.Helper()
			row, err := s.db.Read.Participant.Get(ctx, p.ID)
			if err != nil {
				t.Fatal(err)
			}
			return row
		}
		at := s.revision()
		s.mustAdd("owner", "stranger", role.CoEditor)
		if row := place(); row.Role != role.Moderator || row.RoleRevision != 2 || row.State != participant.StateInRoom {
			t.Errorf("as a manager: %v", row)
		}
		if got := s.since(at); !slices.Equal(got, []string{"ManagerAdded", "RolePromoted"}) {
			t.Errorf("events %q", got)
		}
		at = s.revision()
		if err := s.remove("owner", "stranger"); err != nil {
			t.Fatal(err)
		}
		if row := place(); row.Role != role.Viewer || row.RoleRevision != 3 || row.State != participant.StateLeft {
			t.Errorf("as none any more: %v", row)
		}
		if got := s.since(at); !slices.Equal(got, []string{"ManagerRemoved", "ParticipantChanged"}) {
			t.Errorf("events %q", got)
		}
		if p, err = s.rooms.Places.Enter(ctx, s.people["stranger"], s.roomID); err != nil || p.Role != role.Viewer {
			t.Errorf("a member enters again: %+v %v", p, err)
		}
		// If members may not enter, a place that came from managing ends with it.
		invited := entroom.AccessInvited
		if _, err := s.rooms.Rooms.Update(ctx, s.people["owner"], room.UpdateRoomInput{RoomID: s.roomID, Access: &invited}); err != nil {
			t.Fatal(err)
		}
		if r, err := s.rooms.Rooms.Get(ctx, s.people["stranger"], s.roomID); err != nil || r == nil {
			t.Errorf("who is in stays: %v %v", r, err)
		}
		if _, err := s.rooms.Places.Enter(ctx, s.people["editor"], s.roomID); err != nil {
			t.Fatal(err)
		}
		if _, err := s.rooms.Places.Leave(ctx, s.people["editor"], s.roomID); err != nil {
			t.Fatal(err)
		}
		if p, err := s.rooms.Places.Enter(ctx, s.people["editor"], s.roomID); err != nil || p.State != participant.StateInRoom {
			t.Errorf("a manager comes back: %+v %v", p, err)
		}
		if err := s.remove("owner", "editor"); err != nil {
			t.Fatal(err)
		}
		if r, err := s.rooms.Rooms.Get(ctx, s.people["editor"], s.roomID); err != nil || r != nil {
			t.Errorf("a removed manager sees the room: %v %v", r, err)
		}
		if _, err := s.rooms.Places.Enter(ctx, s.people["editor"], s.roomID); said(err) != "NOT_FOUND" {
			t.Errorf("a removed manager enters: %v", err)
		}
		s.mustAdd("owner", "editor", role.CoPublisher)
		if p, err := s.rooms.Places.Enter(ctx, s.people["editor"], s.roomID); err != nil || p.Role != role.Moderator {
			t.Errorf("added again: %+v %v", p, err)
		}
	})
}

// Two owners remove each other at once. One of them remains.
func TestR4_OfTwoOwnersWhoRemoveEachOtherOneStays(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		s := mustSite(t, databaseURL)
		for range 5 {
			s.mustAdd("admin", "owner", role.Owner)
			s.mustAdd("admin", "coowner", role.Owner)
			answers := make(chan string, 2)
			for by, whom := range map[string]string{"owner": "coowner", "coowner": "owner"} {
				go func() { answers <- said(s.remove(by, whom)) }()
			}
			got := []string{<-answers, <-answers}
			slices.Sort(got)
			if !slices.Equal(got, []string{"NOT_FOUND", "ok"}) {
				t.Errorf("answers %q", got)
			}
			if n, err := s.db.Read.Manager.Query().Where(manager.RoomID(s.roomID), manager.RoleEQ(role.Owner)).Count(t.Context()); err != nil || n != 1 {
				t.Errorf("%d owners: %v", n, err)
			}
		}
	})
}
