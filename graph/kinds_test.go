package graph

import (
	"slices"
	"testing"

	"usher/graph/generated"
	"usher/room"
)

func TestEachKindOfEventHasATypeInTheSchemaAndEachTypeAKind(t *testing.T) {
	schema := generated.NewExecutableSchema(generated.Config{}).Schema()
	var kinds, types []string
	for kind := range room.Kinds() {
		kinds = append(kinds, kind.Name)
	}
	for _, of := range schema.GetPossibleTypes(schema.Types["RoomEvent"]) {
		types = append(types, of.Name)
	}
	slices.Sort(kinds)
	slices.Sort(types)
	if !slices.Equal(kinds, types) || len(kinds) < 24 {
		t.Errorf("the kinds of events are\n%v\nthe types that implement RoomEvent are\n%v", kinds, types)
	}
}
