package graph

import (
	"slices"
	"testing"

	"usher/graph/generated"
	"usher/role"
)

func TestR1_TheEnumsOfRightsHaveTheTablesOrder(t *testing.T) {
	schema := generated.NewExecutableSchema(generated.Config{}).Schema()
	values := func(enum string) (names []string) {
		for _, value := range schema.Types[enum].EnumValues {
			names = append(names, value.Name)
		}
		return names
	}
	var actions, capabilities []string
	for _, action := range role.Actions {
		actions = append(actions, string(action))
	}
	for _, capability := range role.Capabilities(role.Moderator, true) {
		capabilities = append(capabilities, string(capability))
	}
	if got := values("RoomRight"); !slices.Equal(got, actions) {
		t.Errorf("RoomRight has %v, want %v", got, actions)
	}
	if got := values("Capability"); !slices.Equal(got, capabilities) {
		t.Errorf("Capability has %v, want %v", got, capabilities)
	}
}
