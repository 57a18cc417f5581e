package auth

import (
	"math"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"golang.org/x/time/rate"
)

// Rates limits how often something may happen for each key, an address or an account, by one token bucket a key. It keeps
// the keys used last; one that was pushed out starts afresh. Safe for concurrent use.
type Rates struct {
	limit rate.Limit
	burst int
	now   func() time.Time

	mu      sync.Mutex
	buckets *simplelru.LRU[string, *rate.Limiter]
}

// NewRates allows each key a burst at once and limit times in each per after it, and remembers so many keys. All numbers
// are at least 1.
func NewRates(limit int, per time.Duration, burst, keys int, now func() time.Time) *Rates {
	buckets, err := simplelru.NewLRU[string, *rate.Limiter](keys, nil)
	if err != nil || limit < 1 || per <= 0 || burst < 1 {
		panic("make rates: every number must be at least 1")
	}
	return &Rates{limit: rate.Limit(float64(limit) / per.Seconds()), burst: burst, now: now, buckets: buckets}
}

// Allow counts one use by key. Where it is one too many it is not counted, and retryAfter says when the next will do, in
// whole milliseconds.
func (r *Rates) Allow(key string) (retryAfter time.Duration, ok bool) {
	now := r.now()
	r.mu.Lock()
	defer r.mu.Unlock()
	bucket, known := r.buckets.Get(key)
	if !known {
		bucket = rate.NewLimiter(r.limit, r.burst)
		r.buckets.Add(key, bucket)
	}
	reservation := bucket.ReserveN(now, 1)
	wait := reservation.DelayFrom(now)
	if wait == 0 {
		return 0, true
	}
	reservation.CancelAt(now)
	// Rounded up: whoever waits exactly so long must not be refused for a rounding error.
	return wait.Truncate(time.Millisecond) + time.Millisecond, false
}

// Spent counts the uses by key that the bucket has not made up for yet.
func (r *Rates) Spent(key string) int {
	now := r.now()
	r.mu.Lock()
	defer r.mu.Unlock()
	bucket, known := r.buckets.Peek(key)
	if !known {
		return 0
	}
	return r.burst - int(math.Floor(bucket.TokensAt(now)))
}

// Restore takes back one use by key that Allow counted: uses that turn out to be welcome are not to be limited.
func (r *Rates) Restore(key string) {
	now := r.now()
	r.mu.Lock()
	defer r.mu.Unlock()
	if bucket, known := r.buckets.Get(key); known {
		bucket.ReserveN(now, -1)
	}
}
