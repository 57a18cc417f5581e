package talk_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"usher/auth"
	"usher/live"
	"usher/problem"
	"usher/role"
	"usher/sitetest"
	"usher/talk"
)

// TestMain lets the test binary run as the program.
func TestMain(m *testing.M) { os.Exit(sitetest.Main(m)) }

// inLine counts the commands that wait: a command asks when its caller leaves once it is in line.
type inLine struct {
	context.Context //nolint:containedctx // it is one
	count           *atomic.Int32
}

func (c inLine) Done() <-chan struct{} {
	c.count.Add(1)
	return c.Context.Done()
}

// mustManage returns people who manage a room, so that nothing slows them down but the limit per person.
func mustManage(t *testing.T, h *sitetest.House, room *sitetest.Hall, n int) (all []auth.Actor) {
	t.Helper()
	h.MustWrite(func(ctx context.Context, tx *live.Tx) error {
		for i := range n {
			email := fmt.Sprintf("manager%d@example.com", i)
			u, err := tx.User.Create().SetEmail(email).SetEmailTyped(email).SetFirstName("First").SetLastName("Last").SetCreatedAt(tx.At).Save(ctx)
			if err != nil {
				return err
			}
			if err := tx.Manager.Create().SetRoomID(room.ID).SetUserID(u.ID).SetRole(role.CoEditor).SetCreatedAt(tx.At).Exec(ctx); err != nil {
				return err
			}
			all = append(all, auth.Actor{User: u})
		}
		return nil
	})
	return all
}

func TestOneOf256MessagesTogetherFailsNoOther(t *testing.T) {
	const together = 256
	for name, c := range map[string]struct {
		spoil func(ctx context.Context, tx *live.Tx) error
		says  string
		// events are those that the messages take: one of the first alone, then one of all, or one of each.
		events int
	}{
		"it panics": {func(context.Context, *live.Tx) error { panic("out of ideas") }, "out of ideas", together},
		"its statement fails": {func(ctx context.Context, tx *live.Tx) error {
			_, err := tx.QueryContext(ctx, "SELECT id FROM nowhere")
			return err
		}, "nowhere", together},
		"it is refused": {func(context.Context, *live.Tx) error { return problem.ErrForbidden }, problem.ErrForbidden.Error(), 2},
	} {
		t.Run(name, func(t *testing.T) {
			sitetest.OnEach(t, func(t *testing.T, h *sitetest.House) {
				room := h.Hall(h.User("ada@example.com"), nil)
				room.Command("startSession")
				before := room.Revision()
				messages, writers := h.Parts.Talk, mustManage(t, h, room, together/5+1)
				var count atomic.Int32
				held := make(chan struct{})
				messages.Poison(func(ctx context.Context, tx *live.Tx, text string) error {
					switch text {
					case "first":
						<-held
					case "poison":
						return c.spoil(ctx, tx)
					}
					return nil
				})
				send := func(n int, text string) (err error) {
					defer func() {
						if p := recover(); p != nil {
							err = fmt.Errorf("%v", p)
						}
					}()
					_, err = messages.Send(inLine{t.Context(), &count}, writers[n/5%len(writers)], talk.SendMessageInput{
						RoomID: room.ID, Channel: talk.Chat, Text: text, Key: fmt.Sprintf("a-key-of-the-message-%04d", n),
					})
					return err
				}
				answers := make([]error, together+1)
				var all sync.WaitGroup
				all.Go(func() { answers[together] = send(together, "first") })
				sitetest.WaitUntil(t, "the first is in line", func() bool { return count.Load() == 1 })
				for i := range together {
					text := fmt.Sprint("number ", i)
					if i == together/2 {
						text = "poison"
					}
					all.Go(func() { answers[i] = send(i, text) })
				}
				sitetest.WaitUntil(t, "all are in line", func() bool { return count.Load() == together+1 })
				close(held)
				all.Wait()
				for i, err := range answers {
					if (err != nil) != (i == together/2) {
						t.Errorf("message %d is answered %v", i, err)
					}
				}
				kept, err := h.Parts.Database.Read.Message.Query().All(t.Context())
				sitetest.MustHave(t, "the messages", err)
				sitetest.Same(t, "how many are stored", len(kept), together)
				for _, m := range kept {
					if m.Text == "poison" {
						t.Error("the one that failed is stored")
					}
				}
				if failed := answers[together/2]; failed == nil || !strings.Contains(failed.Error(), c.says) {
					t.Errorf("it fails by %v, want %q", failed, c.says)
				}
				sitetest.Same(t, "the events", room.Revision()-before, c.events)
			})
		})
	}
}
