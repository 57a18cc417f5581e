//go:build !nightly

package concurrent

// How many take part at once. In nightly_test.go it is more.
const (
	racers  = 60  // devices that redeem at the same moment
	rounds  = 2   // of them on one link
	revoked = 30  // guests who are revoked at the same moment
	passed  = 20  // places that move while they are released and revoked
	crowd   = 100 // people who enter at the same moment, more than one address may ask for at once
)
