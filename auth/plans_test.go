package auth

import (
	"strings"
	"testing"

	"usher/ent/guesttoken"
	"usher/live/livetest"
)

// Each request of a guest asks whose a place is. It must not cost more the more people a site has.
func TestLookingForAPlaceReadsNoOthers(t *testing.T) {
	steps := strings.Join(livetest.PlanOf(t, strings.Replace(ownedByIDs, "?", "?, ?", 1), "p_1", "p_2"), "\n")
	if strings.Contains(steps, "SCAN") || strings.Count(steps, "SEARCH") != 3 {
		t.Errorf("the plan is\n%s", steps)
	}
}

func TestLookingForTheTokensOfAnAddressReadsNoOthers(t *testing.T) {
	steps := strings.Join(livetest.Plan(t, guesttoken.Table, ofInvitationsTo([]string{"ada@example.org"})), "\n")
	if strings.Contains(steps, "SCAN") {
		t.Errorf("the plan is\n%s", steps)
	}
}
