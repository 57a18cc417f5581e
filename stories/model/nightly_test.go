//go:build nightly

package model

// The full size of what sizes_test.go has in small.
const (
	onSQLite     = 20_000
	onPostgreSQL = 20_000
	leastMet     = 3
)
