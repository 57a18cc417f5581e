package room

import (
	"strings"
	"testing"

	"usher/ent"
	"usher/ent/participant"
	"usher/live/livetest"
	"usher/role"
)

// Each viewer who enters reads the list. It must not cost more the more viewers are there.
func TestAViewersListOfPeopleReadsNoOtherViewers(t *testing.T) {
	session := "s_1"
	r := &Room{&ent.Room{CurrentSessionID: &session}, Sight{
		Standing: role.Standing{Place: role.Viewer, InRoom: true}, Own: &ent.Participant{ID: "p_1", SessionID: session, Role: role.Viewer},
	}}
	visible, err := r.visiblePeople()
	if err != nil {
		t.Fatal(err)
	}
	steps := strings.Join(livetest.Plan(t, participant.Table, visible, participant.StateIn(participant.StateInRoom)), "\n")
	if !strings.Contains(steps, "participant_session_id_role") || strings.Contains(steps, "SCAN") || strings.Contains(steps, "(session_id=? AND state=?)") {
		t.Errorf("the plan is\n%s", steps)
	}
}

// Each request of a guest looks for what the device redeemed. It must not cost more the more invitations a site has.
func TestLookingForWhatADeviceOrATokenRedeemedReadsNoOthers(t *testing.T) {
	for query, arg := range map[string]any{redeemedByDevice: []byte("a"), redeemedByToken: "i_1"} {
		steps := strings.Join(livetest.PlanOf(t, strings.Replace(query, "?", "?, ?", 1), arg, arg), "\n")
		if strings.Contains(steps, "SCAN") || !strings.Contains(steps, "SEARCH") {
			t.Errorf("the plan is\n%s\n%s", steps, query)
		}
	}
}

// Each request of an account looks for its places.
func TestLookingForThePlacesAndRoomsOfAnAccountReadsNoOthers(t *testing.T) {
	for query, args := range map[string][]any{
		placesOfAccounts: {"u_1", "u_2"}, strings.Replace(managersOfRooms, "IN (?)", "IN (?, ?)", 1): {"u_1", "r_1", "r_2"},
	} {
		steps := strings.Join(livetest.PlanOf(t, strings.Replace(query, " IN (?)", " IN (?, ?)", 1), args...), "\n")
		if strings.Contains(steps, "SCAN") || !strings.Contains(steps, "SEARCH") {
			t.Errorf("the plan is\n%s\n%s", steps, query)
		}
	}
}

// Each look at a link reads what concerns it. It must not cost more the more people a session or a site has.
func TestLookingAtALinkReadsNoOthers(t *testing.T) {
	for query, keys := range map[string]any{invitedByID: "i_1", invitedByPublicID: []byte("a"), roomsOfLinks: []byte("a")} {
		steps := strings.Join(livetest.PlanOf(t, strings.Replace(query, "?", "?, ?", 1), keys, keys), "\n")
		if strings.Contains(steps, "SCAN") || strings.Contains(steps, "(session_id=?)") || strings.Contains(steps, "AND state=?") || !strings.Contains(steps, "SEARCH") {
			t.Errorf("the plan is\n%s\n%s", steps, query)
		}
	}
}
