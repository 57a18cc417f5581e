//go:build nightly

package chaos

import "time"

// The full sizes of what sizes_test.go has in small.
const (
	kills      = 200
	standstill = 10 * time.Second
)
