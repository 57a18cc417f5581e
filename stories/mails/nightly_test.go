//go:build nightly

package mails

// The full sizes of what sizes_test.go has in small.
const (
	bulk  = 2000
	kills = 200
)
