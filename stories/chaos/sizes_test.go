//go:build !nightly

package chaos

import "time"

// How often servers are killed, and how long they pause. In nightly_test.go it is more.
const (
	kills      = 15              // of one site, on each database
	standstill = 3 * time.Second // how long a server is paused
)
