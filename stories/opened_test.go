package stories

import (
	"context"
	"strings"
	"testing"
	"time"

	"usher/live"
	"usher/live/livetest"
	. "usher/sitetest"
)

func TestL1_ManyLinksOpenedAtOnceAreRecordedInFewTransactions(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		const each = 300
		ada := h.User("ada@example.com")
		one, other, gone := h.Hall(ada, nil), h.Hall(ada, nil), h.Hall(ada, nil)
		tokens := append(one.InviteMany(each), other.InviteMany(each)...)
		lost := gone.InviteMany(1)
		begun := one.Revision()
		h.MustWrite(func(ctx context.Context, tx *live.Tx) error {
			for _, room := range []*Hall{gone, one, other} {
				if _, err := tx.Lock(ctx, room.ID); err != nil {
					return err
				}
			}
			h.Look(lost)
			h.Look(tokens)
			h.Look(tokens) // twice
			return tx.Room.UpdateOneID(gone.ID).SetDeletedAt(tx.At).Exec(ctx)
		})
		h.WaitUntil("all are noted", func() bool { return h.Opened() == 2*each })
		Same(t, "events of a room", len(one.Log(begun)), each)
		if h.Parts.Database.Shared() {
			var transactions int
			err := h.DB().QueryRowContext(t.Context(), "SELECT COUNT(DISTINCT xmin::text) FROM invitations WHERE opened_at IS NOT NULL").Scan(&transactions)
			if err != nil || transactions > 10 {
				t.Errorf("it takes %d transactions: %v", transactions, err)
			}
		}
	})
}

func TestThousandsOfOpenedLinksDoNotDelayStopping(t *testing.T) {
	livetest.Long(t)
	OnEach(t, func(t *testing.T, h *House) {
		ada := h.User("ada@example.com")
		one, other := h.Hall(ada, nil), h.Hall(ada, nil)
		tokens := append(one.InviteMany(1000), other.InviteMany(1000)...)
		var took time.Duration
		h.MustWrite(func(ctx context.Context, tx *live.Tx) error { // meanwhile nobody else can write
			if _, err := tx.Lock(ctx, one.ID); err != nil {
				return err
			}
			h.Look(tokens)
			begun := time.Now()
			h.Parts.Services.Close()
			took = time.Since(begun)
			return nil
		})
		if took > 20*time.Second { // the limit is 2, and the machine may be busy
			t.Errorf("closing takes %v", took)
		}
		if log := h.Log.String(); !strings.Contains(log, "some opened links are not marked yet; the next look marks them") {
			t.Errorf("the log is\n%s", log)
		}
	})
}
