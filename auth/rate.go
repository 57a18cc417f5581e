package auth

import (
	"math"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"golang.org/x/time/rate"
)

// Rates limits how often something may happen for each key, such as an address or an account, with one token bucket for each. It
// keeps the most recently used keys; a key that was dropped starts with a full bucket. It is safe for concurrent use.
type Rates struct {
	limit rate.Limit
	burst int
	now   func() time.Time // called with mu held: a bucket that goes back in time earns the same uses twice

	mu      sync.Mutex
	buckets *simplelru.LRU[string, *rate.Limiter]
}

// NewRates returns Rates that allow each key burst uses at once, and limit uses in each per after that. It remembers up to keys
// keys. It panics if a number is less than 1.
func NewRates(limit int, per time.Duration, burst, keys int, now func() time.Time) *Rates {
	buckets, err := simplelru.NewLRU[string, *rate.Limiter](keys, nil)
	if err != nil || limit < 1 || per <= 0 || burst < 1 {
		panic("make rates: every number must be at least 1")
	}
	return &Rates{limit: rate.Limit(float64(limit) / per.Seconds()), burst: burst, now: now, buckets: buckets}
}

// Allow counts one use by key. If it is one too many, it does not count, and retryAfter is the time until the next use is allowed,
// in whole milliseconds.
func (r *Rates) Allow(key string) (retryAfter time.Duration, ok bool) { return r.AllowN(key, 1) }

// AllowN counts n uses at once, or none of them. Beyond the burst they count as the burst, so that they are allowed sometime.
func (r *Rates) AllowN(key string, n int) (retryAfter time.Duration, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.now()
	bucket, known := r.buckets.Get(key)
	if !known {
		bucket = rate.NewLimiter(r.limit, r.burst)
		r.buckets.Add(key, bucket)
	}
	reservation := bucket.ReserveN(now, min(n, r.burst))
	wait := reservation.DelayFrom(now)
	if wait == 0 {
		return 0, true
	}
	reservation.CancelAt(now)
	// Rounded up, so that a rounding error does not refuse a caller that waits exactly so long.
	return wait.Truncate(time.Millisecond) + time.Millisecond, false
}

// Spent counts the uses by key that the bucket has not made up for yet.
func (r *Rates) Spent(key string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.now()
	bucket, known := r.buckets.Peek(key)
	if !known {
		return 0
	}
	return r.burst - int(math.Floor(bucket.TokensAt(now)))
}

// Restore refunds one use by key that Allow counted, such as a successful sign-in.
func (r *Rates) Restore(key string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.now()
	if bucket, known := r.buckets.Get(key); known {
		bucket.ReserveN(now, -1)
	}
}
