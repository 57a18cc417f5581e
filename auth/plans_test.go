package auth

import (
	"strings"
	"testing"

	"usher/ent/guesttoken"
	"usher/ent/participant"
	"usher/live/livetest"
)

// Each request of a guest asks whose a place is. It must not cost more the more people a site has.
func TestLookingForAPlaceReadsNoOthers(t *testing.T) {
	steps := strings.Join(livetest.Plan(t, participant.Table, participant.IDIn("p_1", "p_2"), withDevice), "\n")
	if strings.Contains(steps, "SCAN") || !strings.Contains(steps, "devices") {
		t.Errorf("the plan is\n%s", steps)
	}
}

func TestLookingForTheTokensOfAnAddressReadsNoOthers(t *testing.T) {
	steps := strings.Join(livetest.Plan(t, guesttoken.Table, ofInvitationsTo([]string{"ada@example.org"})), "\n")
	if strings.Contains(steps, "SCAN") {
		t.Errorf("the plan is\n%s", steps)
	}
}
