//go:build nightly

package concurrent

// The full sizes of what sizes_test.go has in small.
const (
	racers  = 1000
	rounds  = 3
	revoked = 1000
	passed  = 300
	crowd   = 2000
)
