package sitetest

import (
	"sync"
	"time"
)

// Clock is a time that changes only when a test moves it.
type Clock struct {
	mu sync.Mutex
	at time.Time
}

// Now returns the clock's time, to the millisecond.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

// Advance moves the clock on.
func (c *Clock) Advance(by time.Duration) { c.Set(c.Now().Add(by)) }

// Set moves the clock to an instant.
func (c *Clock) Set(to time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = to
}
