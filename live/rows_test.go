package live_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

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
		named, err := db.Read.Room.By(t.Context(), room.FieldTitle, ent.List([]string{"Other", queried.Title}))
		if err != nil || len(named) != 1 || named[0].String() != queried.String() {
			t.Errorf("by its title: %v, %v, want %v", named, err, queried)
		}
		if _, err := db.Read.Room.By(t.Context(), "titel", ent.List([]string{"titel"})); err == nil {
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

func TestAStatementTakesListsAndSingleValues(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		db, log := mustLog(t, databaseURL)
		id := mustRoom(t, log)
		row := db.Read.Room.Query().OnlyX(t.Context())
		statement := "SELECT " + ent.RoomColumns + ", CAST(? AS TEXT) AS more FROM rooms WHERE id IN (?) AND created_at > ? AND title IN (?)"
		ids, titles, before := []string{"r_other", "r_third", id}, []string{row.Title}, row.CreatedAt.Add(-time.Hour)
		read := func(values ...any) (int, error) {
			rows, err := db.Read.Room.Rows(t.Context(), statement, values...)
			if len(rows) > 0 && (rows[0].String() != row.String() || ent.TextOf(rows[0], "more") != "seven") {
				t.Errorf("got %v, and more %q", rows[0], ent.TextOf(rows[0], "more"))
			}
			return len(rows), err
		}
		for name, c := range map[string]struct {
			values []any
			want   int
		}{
			"all fit":         {[]any{"seven", ent.List(ids), before, ent.List(titles)}, 1},
			"no key fits":     {[]any{"seven", ent.List(ids[:2]), before, ent.List(titles)}, 0},
			"too late":        {[]any{"seven", ent.List(ids), row.CreatedAt, ent.List(titles)}, 0},
			"the second list": {[]any{"seven", ent.List(ids), before, ent.List([]string{"Other"})}, 0},
			"an empty list":   {[]any{"seven", ent.List(ids), before, ent.List([]string{})}, 0},
		} {
			if got, err := read(c.values...); got != c.want || err != nil {
				t.Errorf("%s: %d rows, %v, want %d", name, got, err, c.want)
			}
		}
		for _, values := range [][]any{nil, {"seven", ent.List(ids), before}, {"seven", ent.List(ids), before, ent.List(titles), 5}} {
			if _, err := read(values...); err == nil || !strings.Contains(err.Error(), "question marks") {
				t.Errorf("%d values for four question marks: %v", len(values), err)
			}
		}
	})
}

func TestARowHasTextsOfOtherTables(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		db, log := mustLog(t, databaseURL)
		mustRoom(t, log)
		err := log.Write(t.Context(), func(tx *live.Tx) error {
			return tx.Device.Create().SetSecretHash([]byte{0, 255}).SetBrowser("Firefox").SetCreatedAt(tx.At).Exec(t.Context())
		})
		if err != nil {
			t.Fatal(err)
		}
		rows, err := db.Read.Room.Rows(t.Context(), "SELECT "+ent.RoomColumns+", browser AS text, secret_hash AS bytes, user_id AS none "+
			"FROM rooms LEFT JOIN devices ON browser = ? LEFT JOIN managers ON room_id = rooms.id", "Firefox")
		if err != nil || len(rows) != 1 {
			t.Fatal(rows, err)
		}
		for column, want := range map[string]string{"text": "Firefox", "bytes": "\x00\xff", "none": "", "unknown": ""} {
			if got := ent.TextOf(rows[0], column); got != want {
				t.Errorf("%s is %q, want %q", column, got, want)
			}
		}
	})
}

func TestListsOfKeysHaveFewLengths(t *testing.T) {
	for keys, want := range map[int]int{0: 0, 1: 1, 2: 2, 3: 4, 5: 8, 129: 256, 256: 256, 257: 257, 1000: 1000} {
		all := make([]int, keys)
		for i := range all {
			all[i] = i
		}
		if list := ent.List(all); len(list) != want || keys > 0 && (list[0] != 0 || list[want-1] != keys-1) {
			t.Errorf("%d keys: %v", keys, list)
		}
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
