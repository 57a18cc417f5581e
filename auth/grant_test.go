package auth_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/live/livetest"
	"usher/people"
	"usher/problem"
	"usher/role"
)

// TestASignInIsRefusedIfItsAccountChangesMeanwhile stops a sign-in between reading the account and checking the password. Another
// program changes the account, and the sign-in continues.
func TestASignInIsRefusedIfItsAccountChangesMeanwhile(t *testing.T) {
	for name, c := range map[string]struct {
		change  func(context.Context, *people.Directory, *ent.User) error
		granted bool
	}{
		"nothing": {func(context.Context, *people.Directory, *ent.User) error { return nil }, true},
		"another password": {func(ctx context.Context, d *people.Directory, u *ent.User) error {
			return d.SetPassword(ctx, u, "another long password")
		}, false},
		"the same password set again": {func(ctx context.Context, d *people.Directory, u *ent.User) error {
			return d.SetPassword(ctx, u, "a long password")
		}, false},
		"disabled": {func(ctx context.Context, d *people.Directory, u *ent.User) error { return d.Disable(ctx, u) }, false},
		"disabled and enabled": {func(ctx context.Context, d *people.Directory, u *ent.User) error {
			return errors.Join(d.Disable(ctx, u), d.Enable(ctx, u))
		}, false},
		"revoked": {func(ctx context.Context, d *people.Directory, u *ent.User) error {
			_, err := d.Revoke(ctx, u)
			return err
		}, false},
		"administrator no longer": {func(ctx context.Context, d *people.Directory, u *ent.User) error {
			return d.SetSiteRole(ctx, u, role.Member)
		}, false},
		"another name": {func(ctx context.Context, d *people.Directory, u *ent.User) error {
			p, err := people.Member(people.NewUser{Email: u.Email, FirstName: "Adelaide", LastName: "King"})
			if err != nil {
				return err
			}
			_, err = d.Import(ctx, people.NewBatch([]*ent.User{p}))
			return err
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			livetest.Each(t, func(t *testing.T, databaseURL string) {
				server := mustSite(t, databaseURL)
				beside := newSite(server.db)
				for _, email := range []string{"ada@example.com", "other@example.com"} {
					_, err := server.people.Add(t.Context(), people.NewUser{
						Email: email, FirstName: "Ada", LastName: "Byron", Password: "a long password", Role: role.Admin,
					})
					if err != nil {
						t.Fatal(err)
					}
				}
				u, err := beside.people.ByEmail(t.Context(), "ada@example.com")
				if err != nil {
					t.Fatal(err)
				}
				read := make(chan struct{})
				server.db.Read.User.Intercept(ent.InterceptFunc(func(next ent.Querier) ent.Querier {
					return ent.QuerierFunc(func(ctx context.Context, q ent.Query) (ent.Value, error) {
						v, err := next.Query(ctx, q)
						close(read)
						return v, err
					})
				}))
				if err := server.passwords.Occupy(t.Context()); err != nil {
					t.Fatal(err)
				}
				signedIn := make(chan error)
				go func() {
					_, err := server.auth.SignIn(context.Background(), auth.Actor{}, "ada@example.com", "a long password")
					signedIn <- err
				}()
				<-read
				if err := c.change(t.Context(), beside.people, u); err != nil {
					t.Fatal(err)
				}
				server.passwords.Vacate()
				err = <-signedIn
				var refusal *problem.Problem
				if refused := errors.As(err, &refusal) && refusal.Code == problem.InvalidCredentials; refused == c.granted || !refused && err != nil {
					t.Fatalf("answered %v", err)
				}
			})
		})
	}
}

func TestATokenIsRefusedIfItsAccountChangedSinceItWasRead(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		s := mustSite(t, databaseURL)
		read, err := s.people.Add(t.Context(), people.NewUser{Email: "ada@example.com", FirstName: "Ada", LastName: "Byron", Password: "a long password"})
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(s.people.Disable(t.Context(), read), s.people.Enable(t.Context(), read)); err != nil {
			t.Fatal(err)
		}
		if _, err := s.auth.Grant(t.Context(), read, 0, time.Hour); !errors.Is(err, auth.ErrAccountChanged) {
			t.Errorf("answered %v", err)
		}
		now, err := s.people.ByEmail(t.Context(), "ada@example.com")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.auth.Grant(t.Context(), now, 0, time.Hour); err != nil {
			t.Errorf("read again: %v", err)
		}
		if err := s.people.Disable(t.Context(), now); err != nil {
			t.Fatal(err)
		}
		if err := s.people.SetSiteRole(t.Context(), now, role.Admin); !errors.Is(err, auth.ErrAccountChanged) {
			t.Errorf("making it an administrator was answered %v", err)
		}
	})
}
