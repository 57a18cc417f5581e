package room_test

import (
	"context"
	"fmt"
	"testing"

	"usher/auth"
	"usher/ent"
	"usher/live"
	"usher/live/livetest"
	"usher/role"
	"usher/room"
)

// ledger counts the rows that commands read, by kind, and the changes that they make.
type ledger struct {
	reads map[string]int
	all   int
}

// mustCount begins to count what the services of a site read and change, inside and outside of transactions.
func mustCount(t *testing.T, db *live.Database, log *live.Log) *ledger {
	t.Helper()
	l := &ledger{}
	count := func(c *ent.Client) {
		c.Intercept(ent.InterceptFunc(func(next ent.Querier) ent.Querier {
			return ent.QuerierFunc(func(ctx context.Context, q ent.Query) (ent.Value, error) {
				l.reads[fmt.Sprintf("%T", q)]++
				l.all++
				return next.Query(ctx, q)
			})
		}))
		c.Use(func(next ent.Mutator) ent.Mutator {
			return ent.MutateFunc(func(ctx context.Context, m ent.Mutation) (ent.Value, error) {
				l.all++
				return next.Mutate(ctx, m)
			})
		})
	}
	count(db.Read)
	err := log.Write(t.Context(), func(tx *live.Tx) error { // transactions share their hooks
		count(tx.Client())
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestCommandsReadARowOnce(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		k := mustKernel(t, databaseURL)
		viewer, err := k.services.Rooms.Get(t.Context(), k.viewer, k.roomID)
		if err != nil {
			t.Fatal(err)
		}
		invited, err := k.services.Invitations.Invite(t.Context(), k.owner, room.InviteUserInput{
			RoomID: k.roomID, Email: "late@example.org", FirstName: "Lara", LastName: "Late", Role: role.Viewer,
		})
		if err != nil {
			t.Fatal(err)
		}
		l := mustCount(t, k.db, k.log)
		for _, c := range []struct {
			name string
			do   func(ctx context.Context) error
			of   string
			want int // how often rows of this kind are read
			all  int // reads and changes of any kind; events are not among them
		}{
			// A participant is found, and read in the turn. The third read is of the asker's own places.
			{"changing a role", func(ctx context.Context) error {
				_, err := k.services.Places.ChangeRole(ctx, k.owner, room.ChangeRoleInput{ParticipantID: viewer.Sight.Own.ID, Role: role.Speaker})
				return err
			}, "*ent.ParticipantQuery", 3, 7},
			// The device is looked for, and not found.
			{"redeeming for a token", func(ctx context.Context) error {
				_, err := k.services.Links.Redeem(ctx, auth.Actor{}, room.Redemption{
					Token: k.services.Invitations.LinkOf(invited.Invitation), Email: &invited.Email, Device: auth.AttemptDevice("late"), Bearer: true,
				})
				return err
			}, "*ent.DeviceQuery", 1, 15},
			// The device comes with the invitation that it redeemed.
			{"redeeming for a token again", func(ctx context.Context) error {
				_, err := k.services.Links.Redeem(ctx, auth.Actor{}, room.Redemption{
					Token: k.services.Invitations.LinkOf(invited.Invitation), Email: &invited.Email, Device: auth.AttemptDevice("late"), Bearer: true,
				})
				return err
			}, "*ent.DeviceQuery", 0, 13},
		} {
			l.reads, l.all = map[string]int{}, 0
			if err := c.do(t.Context()); err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
			if l.reads[c.of] != c.want || l.all != c.all {
				t.Errorf("%s takes %d reads and changes, want %d; of %s %d, want %d: %v", c.name, l.all, c.all, c.of, l.reads[c.of], c.want, l.reads)
			}
		}
	})
}
