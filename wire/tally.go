package wire

import (
	"net/http"
	"sync"

	"github.com/vektah/gqlparser/v2/gqlerror"
)

// tally counts open connections by who opened them. The zero value is ready to use.
type tally struct {
	mu    sync.Mutex
	by    map[string]int
	total int
}

// enter counts one more. It refuses with a status: 429 if the key already has most, 503 if all keys together have mostOfAll. The empty
// key is not counted.
func (t *tally) enter(key string, most, mostOfAll int) (status int) {
	if key == "" {
		return 0
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case t.by[key] >= most:
		return http.StatusTooManyRequests
	case t.total >= mostOfAll:
		return http.StatusServiceUnavailable
	}
	if t.by == nil {
		t.by = map[string]int{}
	}
	t.by[key]++
	t.total++
	return 0
}

// open returns how many are counted.
func (t *tally) open() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.total
}

// leave uncounts one and empties the key, so that a second call does nothing. The caller must read the key only under the same lock.
func (t *tally) leave(key *string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if *key == "" {
		return
	}
	if t.by[*key]--; t.by[*key] == 0 {
		delete(t.by, *key)
	}
	t.total--
	*key = ""
}

// seat is one counted connection in a tally. The zero value is not counted.
type seat struct {
	in  *tally
	key string
}

func (s *seat) leave() {
	if s.in != nil {
		s.in.leave(&s.key)
	}
}

// RefuseMore returns the refusal of one more than the limit. It gives no time to wait, because waiting does not help.
func RefuseMore(most int, what string) *gqlerror.Error {
	return refuse(CodeRateLimited, "%d %s are open, which is the maximum; end one of them first", most, what)
}
