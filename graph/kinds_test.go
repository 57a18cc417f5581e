package graph

import (
	"slices"
	"testing"
	"time"

	"usher/ent"
	"usher/ent/schema"
	"usher/graph/generated"
	"usher/room"
)

// A late reader may know of an event, but no more of the state. And what an event is about may have been deleted since.
func TestV2_EachKindIsShownToWhoeverMayKnowOfItAlone(t *testing.T) {
	at := time.Unix(1_800_000_000, 0)
	for kind := range room.Kinds() {
		row := &ent.Event{RoomID: "r_1", Kind: kind.Name, Detail: schema.EventDetail{State: "OPEN", PreviousStartsAt: &at, StartsAt: &at}}
		h := &room.Happening{
			Row: row, Room: &ent.Room{}, Session: &ent.Session{}, Invitation: &ent.Invitation{}, Participant: &ent.Participant{}, User: &ent.User{},
		}
		for _, of := range append([]room.Audience{room.Former}, room.Audiences[:]...) {
			if h.As(of.Sight()) == nil {
				t.Errorf("%s is not shown to audience %d", kind.Name, of)
			}
		}
	}
}

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
