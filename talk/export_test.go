package talk

import (
	"context"
	"time"

	"usher/live"
)

// Poison replaces how messages are written: spoil runs before each, in its transaction, with its text.
func (m *Messages) Poison(spoil func(ctx context.Context, tx *live.Tx, text string) error) {
	m.sending = live.NewCollect(m.log, func(ctx context.Context, tx *live.Tx, roomID string, messages []sending) (live.Batch[*ChatMessage], error) {
		b, err := m.beginSending(ctx, tx, roomID, messages)
		return spoiled{b, func(i int) error { return spoil(ctx, tx, messages[i].in.Text) }}, err
	}, func(int) time.Duration { return 0 })
}

// spoiled is a batch whose commands do more.
type spoiled struct {
	live.Batch[*ChatMessage]
	first func(i int) error
}

func (s spoiled) Run(i int) (*ChatMessage, error) {
	if err := s.first(i); err != nil {
		return nil, err
	}
	return s.Batch.Run(i)
}
