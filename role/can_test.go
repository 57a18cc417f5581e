package role

import (
	"slices"
	"testing"
)

// This is R1, line by line. Whoever is not listed may not.
func TestR1_TheTableOfRights(t *testing.T) {
	people := map[string]Standing{
		"admin": {Admin: true}, "co-publishing admin": {Admin: true, Manager: CoPublisher}, "owner": {Manager: Owner},
		"co-owner": {Manager: CoOwner}, "co-editor": {Manager: CoEditor}, "co-publisher": {Manager: CoPublisher},
		"moderator": {Place: Moderator, InRoom: true}, "moderator outside": {Place: Moderator},
		"speaker": {Place: Speaker, InRoom: true}, "viewer": {Place: Viewer, InRoom: true}, "member": {Member: true}, "stranger": {},
	}
	owners := []string{"admin", "co-publishing admin", "owner", "co-owner"}
	editors := append(slices.Clone(owners), "co-editor")
	managers := append(slices.Clone(editors), "co-publisher")
	moderators := append(slices.Clone(managers), "moderator")
	everyone := append(slices.Clone(moderators), "moderator outside", "speaker", "viewer", "member")
	table := map[Action][]string{
		SeeRoom: everyone, SeeEverything: managers, SeeParticipants: moderators, DeleteRoom: owners, ManageManagers: owners,
		TouchOwner: {"admin", "co-publishing admin", "owner"}, EditRoom: editors, RunSessions: managers, Invite: managers, SearchUsers: managers,
		ChangeRoles: moderators, Unblock: managers, Export: managers, Admit: moderators, Remove: moderators, UseChat: append(slices.Clone(moderators), "speaker", "viewer"),
		UseBackchannel: append(slices.Clone(moderators), "speaker"), Ask: append(slices.Clone(moderators), "speaker", "viewer"),
		Answer: append(slices.Clone(moderators), "speaker"), Moderate: moderators,
		Vote: append(slices.Clone(moderators), "speaker", "viewer"), Initiate: moderators, "anything else": nil,
	}
	if len(Actions) != len(table)-1 {
		t.Errorf("%d actions are listed, the table has %d", len(Actions), len(table)-1)
	}
	for action, may := range table {
		for name, standing := range people {
			if got, want := standing.Can(action), slices.Contains(may, name); got != want {
				t.Errorf("%s may %s: %v, want %v", name, action, got, want)
			}
		}
	}
	for name, standing := range people {
		rights := []Action{}
		for _, action := range Actions {
			if slices.Contains(table[action], name) {
				rights = append(rights, action)
			}
		}
		if got := standing.Rights(); got == nil || !slices.Equal(got, rights) {
			t.Errorf("the rights of %s are %#v, want %v", name, got, rights)
		}
	}
	for target, want := range map[RoomRole]bool{Viewer: true, Speaker: true, Moderator: false} {
		if got := people["moderator"].CanRemove(target); got != want {
			t.Errorf("a moderator may remove a %s: %v, want %v", target, got, want)
		}
		if !people["co-publisher"].CanRemove(target) || people["moderator outside"].CanRemove(target) {
			t.Errorf("a manager may remove a %s, a moderator outside the room may not", target)
		}
	}
}

func TestR1_ModeratorsMakeViewersSpeakersAndSpeakersViewers(t *testing.T) {
	people := map[string]Standing{
		"co-publisher": {Manager: CoPublisher}, "admin": {Admin: true}, "moderator": {Place: Moderator, InRoom: true},
		"moderator outside": {Place: Moderator}, "speaker": {Place: Speaker, InRoom: true}, "stranger": {},
	}
	lower := []RoomRole{Viewer, Speaker}
	for name, want := range map[string]map[RoomRole][]RoomRole{
		"co-publisher": {Viewer: RoomRoles, Speaker: RoomRoles, Moderator: RoomRoles}, "admin": {Viewer: RoomRoles, Speaker: RoomRoles, Moderator: RoomRoles},
		"moderator": {Viewer: lower, Speaker: lower}, "moderator outside": {}, "speaker": {}, "stranger": {},
	} {
		for _, from := range RoomRoles {
			if got := people[name].RolesFor(from); got == nil || !slices.Equal(got, want[from]) {
				t.Errorf("a %s may make a %s %#v, want %v", name, from, got, want[from])
			}
			for _, to := range RoomRoles {
				if got := people[name].CanChange(from, to); got != slices.Contains(want[from], to) {
					t.Errorf("a %s may make a %s a %s: %v", name, from, to, got)
				}
			}
		}
	}
}

func TestR1_R7_TheRoomsSwitchesLimitTheCapabilitiesOfRoles(t *testing.T) {
	viewer := []Capability{Chat, AnswerInteractions, AskQuestions}
	speaker := append(slices.Clone(viewer), AnswerQuestions, Backchannel)
	doors := []Capability{AdmitParticipants, RemoveParticipants}
	for role, want := range map[RoomRole][]Capability{
		Viewer: viewer, Speaker: speaker, Moderator: slices.Concat(speaker, []Capability{InitiateInteractions}, doors, []Capability{ModerateTools}),
	} {
		if got := Capabilities(role, true); !slices.Equal(got, want) {
			t.Errorf("a %s may %v, want %v", role, got, want)
		}
	}
	if got := Capabilities(Moderator, false); !slices.Equal(got, doors) {
		t.Errorf("with Chat & Collaboration off a moderator may %v, want %v", got, doors)
	}
	if got := Capabilities(Speaker, false); len(got) != 0 {
		t.Errorf("with Chat & Collaboration off a speaker may %v", got)
	}
}
