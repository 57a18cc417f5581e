package people

import (
	"testing"
	"time"

	"usher/auth"
	"usher/live"
	"usher/live/livetest"
)

// site is what keeps the accounts of a site.
type site struct {
	db     *live.Database
	auth   *auth.Authenticator
	people *Directory
}

func mustSite(t *testing.T, databaseURL string) *site {
	t.Helper()
	db := livetest.MustOpen(t, databaseURL)
	log, passwords := db.Log(time.Now, live.NewHub(db)), auth.NewPasswords(1)
	s := &site{db: db, auth: auth.New(auth.Options{Database: db, Log: log, Passwords: passwords, Terms: auth.DefaultTerms()})}
	s.people = New(Options{Database: db, Log: log, Auth: s.auth, Passwords: passwords})
	return s
}
