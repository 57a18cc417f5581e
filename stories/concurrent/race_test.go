package concurrent

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	. "usher/sitetest"
)

// Many at once: what must happen once happens once.

// redemption is one answer of many: a participant and a credential, or the code of a refusal.
type redemption struct{ participant, token, code string }

// atOnce lets n clients redeem at the same moment. ask returns each client and its input.
func atOnce(t *testing.T, n int, ask func(i int) (*Client, Object)) []redemption {
	t.Helper()
	answered := make([]redemption, n)
	start := make(chan struct{})
	var all sync.WaitGroup
	for i := range n {
		c, with := ask(i)
		all.Go(func() {
			<-start
			r, result, err := c.Insist(t, "redeemInvitation", with, "participant { id } accessToken")
			switch {
			case err != nil:
				answered[i].code = err.Error()
			case result == nil:
				answered[i].code = r.Raw
			default:
				answered[i] = redemption{result.TextIfAny("participant.id"), result.TextIfAny("accessToken"), result.Code()}
			}
		})
	}
	close(start)
	all.Wait()
	return answered
}

// tally counts the answers by code; the empty code is success.
func tally(answered []redemption) map[string]int {
	codes := map[string]int{}
	for _, a := range answered {
		codes[a.code]++
	}
	return codes
}

// participants lists the different participants of the answers.
func participants(answered []redemption) []string {
	var ids []string
	for _, a := range answered {
		if a.participant != "" {
			ids = append(ids, a.participant)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func TestL2_7_OneOfManyDevicesAtOnceWins(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		for round := range rounds {
			ticket := room.Invite(fmt.Sprintf("grace%d@example.org", round), nil)
			before := room.Revision()
			devices := make([]*Client, racers)
			answered := atOnce(t, len(devices), func(i int) (*Client, Object) {
				devices[i] = h.Browser()
				return devices[i], ticket.Own()
			})
			Same(t, "the answers", tally(answered), map[string]int{"": 1, "USED_ON_OTHER_DEVICE": racers - 1})
			kinds := room.Kinds(before)
			Same(t, "times that it was redeemed", len(slices.DeleteFunc(slices.Clone(kinds), func(k string) bool { return k != "InvitationRedeemed" })), 1)
			Same(t, "events (L5: one refusal a minute)", len(kinds), 2)
			for i, a := range answered { // only the winner may redeem again
				want := "USED_ON_OTHER_DEVICE"
				if a.code == "" {
					want = ""
				}
				if _, result := devices[i].Do("redeemInvitation", ticket.Own(), ""); result.Code() != want {
					t.Fatalf("asked again, a device that was answered %q is answered %q", want, result.Code())
				}
			}
		}
	})
}

func TestL2_7_ManyDifferentLinksRedeemedAtOnceSucceed(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		tickets := make([]*Ticket, racers)
		for i := range tickets {
			tickets[i] = room.Invite(fmt.Sprintf("guest%d@example.org", i), nil)
		}
		before := room.Revision()
		answered := atOnce(t, len(tickets), func(i int) (*Client, Object) { return h.Browser(), tickets[i].Own() })
		Same(t, "the answers", tally(answered), map[string]int{"": racers})
		Same(t, "different participants", len(participants(answered)), racers)
		Same(t, "events, without a gap", len(room.Kinds(before)), racers)
	})
}

func TestL2_5_FiveOfManyParallelGuessesAreChecked(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		ticket := room.Invite("grace@example.org", nil)
		answered := atOnce(t, 50, func(i int) (*Client, Object) {
			return h.Browser(), ticket.With(fmt.Sprintf("guess%d@example.org", i))
		})
		Same(t, "the answers", tally(answered), map[string]int{"EMAIL_MISMATCH": 5, "TOO_MANY_ATTEMPTS": 45})
		h.Browser().Refused("TOO_MANY_ATTEMPTS", "redeemInvitation", ticket.Own())
	})
}

func TestL3_OneDeviceInParallelBecomesOneParticipant(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		t.Run("by its cookie", func(t *testing.T) {
			ticket := room.Invite("grace@example.org", nil)
			grace := h.Browser()
			grace.Look(ticket.Token)
			h.WaitUntil("the look was noted", func() bool { return ticket.Status() == "OPENED" })
			before := room.Revision()
			answered := atOnce(t, 50, func(int) (*Client, Object) { return grace, ticket.Own() })
			Same(t, "the answers", tally(answered), map[string]int{"": 50})
			Same(t, "different participants", len(participants(answered)), 1)
			Same(t, "what happened", room.Kinds(before), []string{"InvitationRedeemed"})
		})
		t.Run("by its attemptKey", func(t *testing.T) {
			ticket := room.Invite("alan@example.org", nil)
			with := ticket.Own()
			with["credential"], with["attemptKey"] = "BEARER", "0123456789abcdefghijkl"
			before := room.Revision()
			answered := atOnce(t, 50, func(int) (*Client, Object) { return h.Bearer(""), with })
			Same(t, "the answers", tally(answered), map[string]int{"": 50})
			Same(t, "different participants", len(participants(answered)), 1)
			Same(t, "what happened", room.Kinds(before), []string{"InvitationRedeemed"})
			tokens := map[string]bool{}
			for _, a := range answered {
				tokens[a.token] = true
			}
			Same(t, "different credentials", len(tokens), 50)
		})
	})
}

func TestI4_ParallelInvitationsOfOneEmailMakeOne(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		invite := func(n int, email func(i int) string) map[string]int {
			codes := make([]string, n)
			var all sync.WaitGroup
			for i := range n {
				all.Go(func() {
					r, result, err := room.Host.Insist(t, "inviteUser", room.Invitee(email(i), nil), "")
					if codes[i] = result.Code(); err != nil || result == nil {
						codes[i] = fmt.Sprint(r, err)
					}
				})
			}
			all.Wait()
			count := map[string]int{}
			for _, code := range codes {
				count[code]++
			}
			return count
		}
		Same(t, "one email", invite(30, func(int) string { return "grace@example.org" }), map[string]int{"": 1, "ALREADY_INVITED": 29})
		Same(t, "the quota", invite(30, func(i int) string { return fmt.Sprintf("guest%d@example.org", i) }), map[string]int{"": 9, "QUOTA_EXCEEDED": 21})
		Same(t, "what happened", len(room.Kinds(0)), 11)
	}, "--invitations-per-session=10")
}
