//go:build !nightly

package concurrent

// How many take part where many are there at once; at night it is more.
const (
	racers  = 200 // devices that redeem at the same moment
	rounds  = 2   // of them on one link
	revoked = 100 // guests who are put out at the same moment
)
