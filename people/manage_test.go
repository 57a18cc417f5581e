package people

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/live/livetest"
	"usher/problem"
	"usher/role"
)

// mustGrant grants a sign-in and a token to an account.
func mustGrant(t *testing.T, s *site, u *ent.User) (signIn, token string) {
	t.Helper()
	session, err := s.auth.Grant(t.Context(), u, time.Hour, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	k, err := s.auth.Grant(t.Context(), u, 0, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	return session.Secret, k.Secret
}

func works(t *testing.T, s *site, secret string) bool {
	t.Helper()
	actor, err := s.auth.Actor(t.Context(), auth.Request{Authorization: "Bearer " + secret}, auth.CookieNames{})
	if err != nil {
		t.Fatal(err)
	}
	return actor.User != nil
}

func TestChangesOfAnAccountEndItsCredentials(t *testing.T) {
	for name, c := range map[string]struct {
		do                            func(*testing.T, *site, *ent.User) error
		signIn, token, password, find bool // work afterwards
	}{
		"nothing leaves all as it is": {func(*testing.T, *site, *ent.User) error { return nil }, true, true, true, true},
		"revoking ends sign-ins and tokens": {func(t *testing.T, s *site, u *ent.User) error {
			n, err := s.people.Revoke(t.Context(), u)
			if n != 2 {
				t.Errorf("ended %d", n)
			}
			return err
		}, false, false, true, true},
		"another password ends sign-ins and leaves tokens": {func(t *testing.T, s *site, u *ent.User) error {
			return s.people.SetPassword(t.Context(), u, "another long password")
		}, false, true, false, true},
		"disabling ends all": {func(t *testing.T, s *site, u *ent.User) error {
			return s.people.Disable(t.Context(), u)
		}, false, false, false, false},
		"disabling twice is disabling": {func(t *testing.T, s *site, u *ent.User) error {
			return errors.Join(s.people.Disable(t.Context(), u), s.people.Disable(t.Context(), u))
		}, false, false, false, false},
		"enabling gives back all but what was ended": {func(t *testing.T, s *site, u *ent.User) error {
			return errors.Join(s.people.Disable(t.Context(), u), s.people.Enable(t.Context(), u), s.people.Enable(t.Context(), u))
		}, false, false, true, true},
		"a disabled account stays unfound when its name changes": {func(t *testing.T, s *site, u *ent.User) error {
			err := s.people.Disable(t.Context(), u)
			mustImport(t, s, [][3]string{{u.Email, "Adelaide", "King"}})
			return err
		}, false, false, false, false},
		"enabled again it is found by its new name": {func(t *testing.T, s *site, u *ent.User) error {
			err := s.people.Disable(t.Context(), u)
			mustImport(t, s, [][3]string{{u.Email, "Adelaide", "King"}})
			return errors.Join(err, s.people.Enable(t.Context(), u))
		}, false, false, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			livetest.Each(t, func(t *testing.T, databaseURL string) {
				s := mustSite(t, databaseURL)
				u, err := s.people.Add(t.Context(), NewUser{Email: "ada@example.com", FirstName: "Ada", LastName: "Lovelace", Password: "a long password"})
				if err != nil {
					t.Fatal(err)
				}
				signIn, token := mustGrant(t, s, u)
				if err := c.do(t, s, u); err != nil {
					t.Fatal(err)
				}
				if got := works(t, s, signIn); got != c.signIn {
					t.Errorf("the sign-in works: %v", got)
				}
				if got := works(t, s, token); got != c.token {
					t.Errorf("the token works: %v", got)
				}
				_, err = s.auth.SignIn(t.Context(), auth.Actor{}, "ada@example.com", "a long password")
				if got := err == nil; got != c.password {
					t.Errorf("the password works: %v, %v", got, err)
				}
				if found := mustSearch(t, s.db.Read, "ad", 1); (len(found) == 1) != c.find {
					t.Errorf("found %v", found)
				}
			})
		})
	}
}

func TestAnInvalidPasswordIsRefused(t *testing.T) {
	s := mustSite(t, livetest.SQLite(t))
	u, err := s.people.Add(t.Context(), NewUser{Email: "ada@example.com", FirstName: "Ada", LastName: "Lovelace"})
	if err != nil {
		t.Fatal(err)
	}
	var refusal *problem.Problem
	if err := s.people.SetPassword(t.Context(), u, "short"); !errors.As(err, &refusal) || refusal.Code != problem.InvalidPassword {
		t.Errorf("refused as %v", err)
	}
}

func TestR5_OneOfAllAdministratorsWhoLeaveAtOnceStays(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		s := mustSite(t, databaseURL)
		admins := make([]*ent.User, 4)
		for i := range admins {
			var err error
			admins[i], err = s.people.Add(t.Context(), NewUser{Email: fmt.Sprintf("a%d@example.com", i), FirstName: "Ada", LastName: "Byron"})
			if err != nil {
				t.Fatal(err)
			}
		}
		for range 10 {
			for _, u := range admins {
				if err := errors.Join(s.people.Enable(t.Context(), u), s.people.SetSiteRole(t.Context(), u, role.Admin)); err != nil {
					t.Fatal(err)
				}
			}
			var gone sync.WaitGroup
			var stayed atomic.Int32
			for i, u := range admins {
				gone.Go(func() {
					var err error
					if i%2 == 0 {
						err = s.people.Disable(t.Context(), u)
					} else {
						err = s.people.SetSiteRole(t.Context(), u, role.Member)
					}
					if errors.Is(err, ErrLastAdmin) {
						stayed.Add(1)
					} else if err != nil {
						t.Error(err)
					}
				})
			}
			gone.Wait()
			if n := stayed.Load(); n != 1 {
				t.Fatalf("%d stayed", n)
			}
		}
	})
}
