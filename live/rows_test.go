package live_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"usher/ent"
	"usher/ent/participant"
	"usher/ent/room"
	"usher/live"
	"usher/live/livetest"
)

func TestRowsOfEachTypeAreReadByTheirIDs(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		db := livetest.MustOpen(t, databaseURL)
		clients, types := reflect.ValueOf(*db.Read), 0
		for i := range clients.NumField() {
			read := clients.Field(i).MethodByName("ByIDs")
			if !read.IsValid() {
				continue
			}
			types++
			for _, ids := range []any{[]string(nil), []string{"a"}, []string{"a", "b", "c"}} {
				if ids := reflect.ValueOf(ids); ids.Type() == read.Type().In(1) {
					if got := read.Call([]reflect.Value{reflect.ValueOf(t.Context()), ids}); !got[1].IsNil() || got[0].Len() > 0 {
						t.Errorf("%s: %v, %v", clients.Type().Field(i).Name, got[0], got[1])
					}
				}
			}
		}
		if types < 20 {
			t.Errorf("only %d types were tried", types)
		}
	})
}

func TestARowReadByItsIDIsLikeOneThatAQueryReads(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		db, log := mustLog(t, databaseURL)
		id := mustRoom(t, log)
		queried := db.Read.Room.Query().OnlyX(t.Context())
		read, err := db.Read.Room.ByIDs(t.Context(), []string{"r_other", id, id})
		if err != nil || len(read) != 1 || read[0].String() != queried.String() {
			t.Errorf("got %v, %v, want %v", read, err, queried)
		}
		named, err := db.Read.Room.By(t.Context(), room.FieldTitle, []string{"Other", queried.Title})
		if err != nil || len(named) != 1 || named[0].String() != queried.String() {
			t.Errorf("by its title: %v, %v, want %v", named, err, queried)
		}
		if _, err := db.Read.Room.By(t.Context(), "titel", []string{"titel"}); err == nil {
			t.Error("a column that does not exist gives no error")
		}
		more, err := db.Read.Room.Rows(t.Context(), "SELECT "+ent.RoomColumns+", 'seven' AS more, NULL AS none FROM rooms")
		if err != nil || len(more) != 1 || more[0].String() != queried.String() {
			t.Fatalf("got %v, %v, want %v", more, err, queried)
		}
		if value, err := more[0].Value("more"); value != "seven" || err != nil {
			t.Errorf("another column is %v, %v", value, err)
		}
		if value, err := more[0].Value("none"); value != nil || err != nil {
			t.Errorf("a column without a value is %v, %v", value, err)
		}
		err = log.Write(t.Context(), func(tx *live.Tx) error {
			tx.Room.UpdateOneID(id).SetTitle("Changed").SetDescription("").ExecX(t.Context())
			changed, err := tx.Room.ByIDs(t.Context(), []string{id})
			if err == nil && changed[0].Title != "Changed" {
				t.Errorf("the transaction reads %q", changed[0].Title)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func TestListsOfKeysHaveFewLengths(t *testing.T) {
	for keys, want := range map[int]int{1: 1, 2: 2, 3: 4, 5: 8, 129: 256, 256: 256, 257: 257, 1000: 1000} {
		all := make([]int, keys)
		for i := range all {
			all[i] = i
		}
		list, args := ent.In(2, all)
		if strings.Count(list, "$") != want || len(args) != want || !strings.HasPrefix(list, "($2") || args[want-1] != keys-1 {
			t.Errorf("%d keys: %d parameters and %d arguments: %s", keys, strings.Count(list, "$"), len(args), list)
		}
	}
	if list, args := ent.In(1, []string{}); list != "(NULL)" || !slices.Equal(args, nil) {
		t.Errorf("no keys: %s %v", list, args)
	}
}

// Reading one row by its id, as a query that is built each time, and as a statement that is kept.
func BenchmarkReadingARow(b *testing.B) {
	db := livetest.MustOpen(b, livetest.SQLite(b))
	ids := []string{"p_00000000000000000000000000"}
	b.Run("built", func(b *testing.B) {
		for b.Loop() {
			if _, err := db.Read.Participant.Query().Where(participant.IDIn(ids...)).All(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("kept", func(b *testing.B) {
		for b.Loop() {
			if _, err := db.Read.Participant.ByIDs(b.Context(), ids); err != nil {
				b.Fatal(err)
			}
		}
	})
}
