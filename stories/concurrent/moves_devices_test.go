package concurrent

import (
	"fmt"
	"sync"
	"testing"

	"usher/ent/guesttoken"
	. "usher/sitetest"
)

// A place that moves while other things happen to it has at most one device, and only that one's credentials work.
func TestW7_APlaceThatIsMovedReleasedAndRevokedAtOnceHasOneDeviceOrNone(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		room.Command("startSession")
		outcomes := map[string]int{}
		for round := range passed {
			k := room.Invite(fmt.Sprintf("grace%d@example.org", round), nil)
			old := k.BearerGuest()
			devices := []*Client{h.Browser(), h.Browser()}
			offered := old.Must("offerHandOver", Object{"roomId": room.ID}, "handOver { id url }").In("handOver")
			devices[0].Must("askHandOver", Object{"secret": offered["url"]}, "")
			devices[1].Look(k.Token) // gets its device: two first requests at once would get one each
			allow, ask := Object{"id": offered["id"], "allow": true}, Object{"secret": offered["url"]}
			before := room.Revision()

			all := []func(){
				func() { _, _, _ = old.Insist(t, "answerHandOver", allow, "") },
				func() { _, _, _ = old.Insist(t, "answerHandOver", allow, "") },
				func() { _, _, _ = devices[1].Insist(t, "askHandOver", ask, "") }, // it ends the hand-over if it is first
				func() { _, _, _ = devices[1].Insist(t, "redeemInvitation", k.Own(), "") },
				func() { _, _, _ = room.Host.Insist(t, "releaseDevice", Object{"invitationId": k.ID}, "") },
				func() { _, _, _ = room.Host.Insist(t, "revokeInvitation", Object{"invitationId": k.ID}, "") },
			}
			if round%3 > 0 { // so that places are left
				all = all[:len(all)-round%3]
			}
			start := make(chan struct{})
			var racing sync.WaitGroup
			for _, do := range all {
				racing.Go(func() { <-start; do() })
			}
			close(start)
			racing.Wait()

			bound := []string{}
			for name, c := range map[string]*Client{"old": old, "first": devices[0], "second": devices[1]} {
				if c.Ask(`query($id: ID!) { room(id: $id) { id } }`, Object{"id": room.ID}).Data["room"] != nil {
					bound = append(bound, name)
				}
			}
			if len(bound) > 1 {
				t.Fatalf("round %d: %v are bound after %v", round, bound, room.Kinds(before))
			}
			row := h.Parts.Database.Read.Invitation.GetX(t.Context(), k.ID)
			if works := row.RedeemedAt != nil && row.RevokedAt == nil; works != (len(bound) == 1) {
				t.Fatalf("round %d: %v are bound to %+v after %v", round, bound, row, room.Kinds(before))
			}
			if tokens := h.Parts.Database.Read.GuestToken.Query().Where(guesttoken.InvitationID(k.ID)).CountX(t.Context()); tokens > 0 && (len(bound) == 0 || bound[0] != "old") {
				t.Fatalf("round %d: %d tokens of a device that has lost the place, after %v", round, tokens, room.Kinds(before))
			}
			outcomes[fmt.Sprint(bound)]++
		}
		t.Logf("the devices that were bound in the end: %v", outcomes)
		if len(outcomes) < 2 {
			t.Errorf("all races ended alike: %v", outcomes)
		}
	})
}
