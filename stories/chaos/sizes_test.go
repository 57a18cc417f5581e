//go:build !nightly

package chaos

import "time"

// How often servers are killed, and how long they stand still; at night it is more.
const (
	kills      = 60              // of one site, on each database
	standstill = 3 * time.Second // for which a server stands still
)
