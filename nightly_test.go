//go:build nightly

package main

import "time"

// The full sizes of what sizes_test.go has in small.
const (
	racers     = 1000
	rounds     = 3
	revoked    = 1000
	kills      = 200
	standstill = 10 * time.Second
)
