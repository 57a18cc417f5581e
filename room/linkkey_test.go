package room

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"usher/live"
	"usher/live/livetest"
)

func TestOfSeveralKeysThatClaimASiteAtOnceOneWins(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		db := livetest.MustOpen(t, databaseURL)
		log := db.Log(time.Now, live.NewHub(db))
		keys := []Keys{MustParseKeys(t, keyLine(1, 'a')), MustParseKeys(t, keyLine(1, 'b'))}
		for range 10 {
			claimed := make([]error, 16)
			var all sync.WaitGroup
			for i := range claimed {
				all.Go(func() { claimed[i] = keys[i%2].Claim(t.Context(), log, "") })
			}
			all.Wait()
			site, err := LinkKey(t.Context(), db.Read)
			if err != nil {
				t.Fatal(err)
			}
			for i, err := range claimed {
				if fits := keys[i%2].Fit(site); !errors.Is(err, fits) {
					t.Errorf("claiming it gave %v to who has a key of which is said: %v", err, fits)
				}
			}
			if rows, err := db.Read.LinkKey.Query().Count(t.Context()); err != nil || rows != 1 {
				t.Fatalf("%d rows: %v", rows, err)
			}
			if err := log.Write(t.Context(), func(tx *live.Tx) error {
				_, err := tx.LinkKey.Delete().Exec(t.Context())
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestAFingerprintIdentifiesAKeyAndRevealsNothingElse(t *testing.T) {
	all := map[string]bool{}
	for _, file := range []string{keyLine(1, 'a'), keyLine(2, 'a'), keyLine(1, 'b'), keyLine(1, 'a') + keyLine(2, 'b')} {
		keys := MustParseKeys(t, file)
		site := keys.fingerprint(keys.current)
		if len(site) != 64 || strings.Contains(keys.Token(somePublicID, 1), site) {
			t.Errorf("the fingerprint is %s", site)
		}
		all[site] = true
	}
	if len(all) != 3 {
		t.Errorf("there are %d fingerprints of 3 keys", len(all))
	}
}
