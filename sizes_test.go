//go:build !nightly

package main

import "time"

// How many take part where many are there at once; at night it is more.
const (
	racers     = 200             // devices that redeem at the same moment
	rounds     = 2               // of them on one link
	revoked    = 100             // guests who are put out at the same moment
	kills      = 60              // of one site, on each database
	standstill = 3 * time.Second // for which a server stands still
)
