package graph

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/wire"
)

func TestA8_ExpensiveDocumentsTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWork(maxWork, maxWorkOfOne)
		var done []func()
		begins := func(by auth.Principal, cost int) bool {
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			end, err := w.begin(ctx, by, cost)
			if err != nil {
				if !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("refused with %v", err)
				}
				return false
			}
			done = append(done, end)
			return true
		}
		for n := range 5 { // two documents of the highest cost for each
			by := auth.Principal(rune('a' + n))
			for range 2 {
				if !begins(by, wire.DefaultComplexity) {
					t.Fatalf("%s did not get its turn", by)
				}
			}
			if begins(by, 1) {
				t.Errorf("%s got more than its share", by)
			}
		}
		if begins("another", 1) {
			t.Error("all together got more than there is")
		}
		done[0]()
		if !begins("another", wire.DefaultComplexity) {
			t.Error("what ended left no room")
		}
		waits := make(chan bool)
		go func() { waits <- begins("a", wire.DefaultComplexity) }()
		synctest.Wait()
		done[2]()
		if !<-waits {
			t.Error("who waited did not get its turn")
		}
		for i, end := range done {
			if i != 0 && i != 2 {
				end()
			}
		}
		if len(w.by) > 0 {
			t.Errorf("%d principals are remembered", len(w.by))
		}
	})
}

func TestA8_APersonMayHaveSixtyFourRequestsAtOnce(t *testing.T) {
	for name, c := range map[string]struct {
		actor auth.Actor
		most  int
	}{
		"a guest":                  {auth.Actor{DeviceID: "d_1"}, 64},
		"an account":               {auth.Actor{User: &ent.User{ID: "u_1"}}, 64},
		"strangers at one address": {auth.Actor{Address: "192.0.2.1"}, 256},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				end := make(chan struct{})
				handler := NewUse(DefaultUseLimits, time.Now, Metrics{}).RequestsInTurn(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-end }))
				ask := func(actor auth.Actor) chan int {
					answered := make(chan int, 1)
					go func() {
						w := httptest.NewRecorder()
						r := httptest.NewRequest(http.MethodPost, "/graphql", nil)
						handler.ServeHTTP(w, r.WithContext(auth.WithActor(r.Context(), actor)))
						answered <- w.Code
					}()
					synctest.Wait()
					return answered
				}
				underWay := make([]chan int, c.most)
				for i := range underWay {
					underWay[i] = ask(c.actor)
				}
				beyond, other := ask(c.actor), ask(auth.Actor{Address: "198.51.100.7"})
				time.Sleep(requestPatience)
				synctest.Wait()
				select {
				case code := <-beyond:
					if code != http.StatusTooManyRequests {
						t.Errorf("one too many is answered %d", code)
					}
				default:
					t.Error("one too many is under way")
				}
				close(end)
				for _, answered := range append(underWay, other) {
					if code := <-answered; code != http.StatusOK {
						t.Errorf("answered %d", code)
					}
				}
			})
		})
	}
}

// Thousands of people enter at once, and each waits for a transaction. Those who wait leave their turns to others.
func TestA8_WhoWaitsInLineLeavesItsTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all := newWork(10, 10)
		a, b := &worker{work: all, by: "a", cost: 10}, &worker{work: all, by: "b", cost: 10}
		if err := a.Resume(t.Context()); err != nil {
			t.Fatal(err)
		}
		begun := make(chan error)
		go func() { begun <- b.Resume(t.Context()) }()
		synctest.Wait()
		select {
		case err := <-begun:
			t.Fatalf("b works beside a: %v", err)
		default:
		}
		a.Rest()
		if err := <-begun; err != nil {
			t.Errorf("b does not work while a rests: %v", err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := a.Resume(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a goes on beside b: %v", err)
		}
		a.Rest() // who could not go on has nothing to give back
		b.Rest()
		b.Rest()
		if err := a.Resume(t.Context()); err != nil {
			t.Errorf("a does not go on after b: %v", err)
		}
		a.Rest()
		if len(all.by) > 0 {
			t.Errorf("%d principals are remembered", len(all.by))
		}
	})
}
