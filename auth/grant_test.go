package auth

import (
	"context"
	"errors"
	"testing"
	"time"

	"usher/ent"
	"usher/live"
	"usher/live/livetest"
	"usher/problem"
	"usher/role"
)

// TestASignInThatWasCheckedBeforeAChangeIsRefused holds a sign-in between the reading of its account and the check of its
// password, changes the account meanwhile from another program, and lets it go on.
func TestASignInThatWasCheckedBeforeAChangeIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		change  func(context.Context, *Accounts, *ent.User) error
		granted bool
	}{
		"nothing": {func(context.Context, *Accounts, *ent.User) error { return nil }, true},
		"another password": {func(ctx context.Context, a *Accounts, u *ent.User) error {
			return a.SetPassword(ctx, u, "another long password")
		}, false},
		"the same password set again": {func(ctx context.Context, a *Accounts, u *ent.User) error {
			return a.SetPassword(ctx, u, "a long password")
		}, false},
		"disabled": {func(ctx context.Context, a *Accounts, u *ent.User) error { return a.Disable(ctx, u) }, false},
		"disabled and enabled": {func(ctx context.Context, a *Accounts, u *ent.User) error {
			return errors.Join(a.Disable(ctx, u), a.Enable(ctx, u))
		}, false},
		"revoked": {func(ctx context.Context, a *Accounts, u *ent.User) error {
			_, err := a.Revoke(ctx, u)
			return err
		}, false},
		"administrator no longer": {func(ctx context.Context, a *Accounts, u *ent.User) error {
			return a.SetSiteRole(ctx, u, role.Member)
		}, false},
		"another name": {func(ctx context.Context, a *Accounts, u *ent.User) error {
			p, err := Person(u.Email, "Adelaide", "King")
			if err != nil {
				return err
			}
			_, err = a.Import(ctx, NewBatch([]*ent.User{p}))
			return err
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			livetest.Each(t, func(t *testing.T, databaseURL string) {
				db, server := mustAccounts(t, databaseURL)
				beside := NewAccounts(db, db.Log(time.Now, live.NewHub(db)), NewPasswords(1), DefaultTerms())
				for _, email := range []string{"ada@example.com", "other@example.com"} {
					_, err := server.Add(t.Context(), NewUser{
						Email: email, FirstName: "Ada", LastName: "Byron", Password: "a long password", Role: role.Admin,
					})
					if err != nil {
						t.Fatal(err)
					}
				}
				u, err := beside.ByEmail(t.Context(), "ada@example.com")
				if err != nil {
					t.Fatal(err)
				}
				read := make(chan struct{})
				db.Read.User.Intercept(ent.InterceptFunc(func(next ent.Querier) ent.Querier {
					return ent.QuerierFunc(func(ctx context.Context, q ent.Query) (ent.Value, error) {
						v, err := next.Query(ctx, q)
						close(read)
						return v, err
					})
				}))
				if err := server.passwords.line.enter(t.Context(), noFailures); err != nil {
					t.Fatal(err)
				}
				signedIn := make(chan error)
				go func() {
					_, err := server.SignIn(context.Background(), Actor{}, "ada@example.com", "a long password")
					signedIn <- err
				}()
				<-read
				if err := c.change(t.Context(), beside, u); err != nil {
					t.Fatal(err)
				}
				server.passwords.line.leave()
				err = <-signedIn
				var refusal *problem.Problem
				if refused := errors.As(err, &refusal) && refusal.Code == problem.InvalidCredentials; refused == c.granted || !refused && err != nil {
					t.Fatalf("answered %v", err)
				}
			})
		})
	}
}

func TestATokenForAnAccountThatChangedSinceItWasReadIsRefused(t *testing.T) {
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		_, a := mustAccounts(t, databaseURL)
		read, err := a.Add(t.Context(), NewUser{Email: "ada@example.com", FirstName: "Ada", LastName: "Byron", Password: "a long password"})
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(a.Disable(t.Context(), read), a.Enable(t.Context(), read)); err != nil {
			t.Fatal(err)
		}
		if _, err := a.Grant(t.Context(), read, 0, time.Hour); !errors.Is(err, ErrAccountChanged) {
			t.Errorf("answered %v", err)
		}
		now, err := a.ByEmail(t.Context(), "ada@example.com")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := a.Grant(t.Context(), now, 0, time.Hour); err != nil {
			t.Errorf("read again: %v", err)
		}
		if err := a.Disable(t.Context(), now); err != nil {
			t.Fatal(err)
		}
		if err := a.SetSiteRole(t.Context(), now, role.Admin); !errors.Is(err, ErrAccountChanged) {
			t.Errorf("making it an administrator was answered %v", err)
		}
	})
}
