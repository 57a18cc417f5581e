package wire

import (
	"net/http"
	"sync"

	"github.com/vektah/gqlparser/v2/gqlerror"
)

// tally counts what is open by who opened it. The zero value has counted nothing.
type tally struct {
	mu    sync.Mutex
	by    map[string]int
	total int
}

// enter counts one more. A status other than 0 refuses it: 429 where the key has most of its own, 503 where all together
// have mostOfAll. The empty key is not counted.
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

// leave takes one back, once: it empties the key, which is only to be read here from then on.
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

// seat is the place of one connection in a tally; the zero value is none.
type seat struct {
	in  *tally
	key string
}

func (s *seat) leave() {
	if s.in != nil {
		s.in.leave(&s.key)
	}
}

// RefuseMore refuses what would be open beside the most that may be. Waiting is of no use, so it does not say for how long.
func RefuseMore(most int, what string) *gqlerror.Error {
	return refuse(CodeRateLimited, "%d %s are open, which is the maximum; end one of them first", most, what)
}
