package room_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"usher/auth"
	"usher/live/livetest"
	"usher/people"
	"usher/problem"
	"usher/role"
	"usher/room"
)

// TestACommandUsesThePresentStateOfTheAccount asks like a connection that was opened before the account changed.
func TestACommandUsesThePresentStateOfTheAccount(t *testing.T) {
	disable := func(ctx context.Context, s *site, actor auth.Actor) error {
		return s.directory.Disable(ctx, actor.User)
	}
	for name, c := range map[string]struct {
		who    string
		change func(context.Context, *site, auth.Actor) error
		want   error
	}{
		"a manager who was disabled":        {"owner", disable, problem.ErrUnauthenticated},
		"an administrator who was disabled": {"admin", disable, problem.ErrUnauthenticated},
		"an administrator who is one no longer": {"admin", func(ctx context.Context, s *site, actor auth.Actor) error {
			return s.directory.SetSiteRole(ctx, actor.User, role.Member)
		}, problem.ErrUnauthenticated},
		"a manager whose tokens were revoked": {"owner", func(ctx context.Context, s *site, actor auth.Actor) error {
			_, err := s.directory.Revoke(ctx, actor.User)
			return err
		}, problem.ErrUnauthenticated},
		"a manager who signed out": {"owner", func(ctx context.Context, s *site, actor auth.Actor) error {
			return s.auth.SignOut(ctx, actor, nil)
		}, problem.ErrUnauthenticated},
		"a manager": {"owner", func(context.Context, *site, auth.Actor) error { return nil }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			livetest.Each(t, func(t *testing.T, databaseURL string) {
				s := mustSite(t, databaseURL)
				other, err := s.directory.Add(t.Context(), people.NewUser{Email: "other@example.com", FirstName: "O", LastName: "P", Role: role.Admin})
				if err != nil {
					t.Fatal(err)
				}
				invited, err := s.rooms.Invitations.Invite(t.Context(), auth.Actor{User: other}, room.InviteUserInput{
					RoomID: s.roomID, Email: "grace@example.org", FirstName: "G", LastName: "H", Role: role.Viewer,
				})
				if err != nil {
					t.Fatal(err)
				}
				_, link, _ := strings.Cut(s.rooms.Invitations.LinkOf(invited.Invitation), "#")
				granted, err := s.auth.Grant(t.Context(), s.people[c.who].User, 0, time.Hour)
				if err != nil {
					t.Fatal(err)
				}
				asker, err := s.auth.Actor(t.Context(), auth.Request{Authorization: "Bearer " + granted.Secret}, auth.CookieNames{})
				if err != nil {
					t.Fatal(err)
				}
				if err := c.change(t.Context(), s, asker); err != nil {
					t.Fatal(err)
				}
				title := "Hall"
				for what, err := range map[string]error{
					"updating a room": second(s.rooms.Rooms.Update(t.Context(), asker, room.UpdateRoomInput{RoomID: s.roomID, Title: &title})),
					"entering":        second(s.rooms.Places.Enter(t.Context(), asker, s.roomID)),
					"making a room": second(s.rooms.Rooms.Create(t.Context(), asker, room.CreateRoomInput{
						Title: "New", TimeZone: "UTC", StartsAt: time.Now().Add(time.Minute), Access: "INVITED", Admission: "AUTOMATIC",
					})),
					"redeeming a link": second(s.rooms.Links.Redeem(t.Context(), asker, room.Redemption{
						Token: link, Email: &invited.Email, Device: auth.AttemptDevice("x"), Bearer: true,
					})),
				} {
					if !errors.Is(err, c.want) {
						t.Errorf("%s is answered %v, want %v", what, err, c.want)
					}
				}
				if !asker.Admin() {
					return
				}
				if _, err := s.rooms.Policy.Update(t.Context(), asker, room.SitePolicyInput{}); !errors.Is(err, c.want) {
					t.Errorf("the site's policy is answered %v, want %v", err, c.want)
				}
			})
		})
	}
}

func second[T any](_ T, err error) error { return err }
