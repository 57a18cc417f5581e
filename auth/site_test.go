package auth_test

import (
	"testing"
	"time"

	"usher/auth"
	"usher/live"
	"usher/live/livetest"
	"usher/people"
)

// site is what keeps the accounts of a site.
type site struct {
	db        *live.Database
	log       *live.Log
	passwords *auth.Passwords
	auth      *auth.Authenticator
	people    *people.Directory
}

func mustSite(t *testing.T, databaseURL string) *site {
	t.Helper()
	return newSite(livetest.MustOpen(t, databaseURL))
}

func newSite(db *live.Database) *site {
	s := &site{db: db, log: db.Log(time.Now, live.NewHub(db)), passwords: auth.NewPasswords(1)}
	s.auth = auth.New(auth.Options{Database: db, Log: s.log, Passwords: s.passwords, Terms: auth.DefaultTerms()})
	s.people = people.New(people.Options{Database: db, Log: s.log, Auth: s.auth, Passwords: s.passwords})
	return s
}
