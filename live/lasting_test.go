package live_test

import (
	"context"
	"errors"
	"testing"

	"usher/live"
)

func TestWhatLastsIsReadOnce(t *testing.T) {
	t.Parallel()
	reads, fault := 0, errors.New("no disk")
	l := live.NewLasting(2, func(_ context.Context, keys []string) (map[string]int, error) {
		reads++
		switch keys[0] {
		case "missing":
			return nil, nil
		case "unread":
			return map[string]int{"unread": 1}, fault
		}
		return map[string]int{keys[0]: len(keys[0])}, nil
	})
	for _, step := range []struct {
		key   string
		value int
		reads int
		err   error
	}{
		{"a", 1, 1, nil},
		{"a", 1, 1, nil},
		{"missing", 0, 2, nil},
		{"missing", 0, 3, nil}, // it may exist the next time
		{"unread", 1, 4, fault},
		{"unread", 1, 5, fault},
		{"bb", 2, 6, nil},
		{"bb", 2, 6, nil},
		{"a", 1, 6, nil},
		{"ccc", 3, 7, nil},
		{"a", 1, 7, nil},
		{"bb", 2, 8, nil}, // two are kept
	} {
		v, err := l.Of(t.Context(), step.key)
		if v != step.value && err == nil || !errors.Is(err, step.err) || reads != step.reads {
			t.Errorf("%s: %d, %v after %d readings, want %+v", step.key, v, err, reads, step)
		}
	}
}
