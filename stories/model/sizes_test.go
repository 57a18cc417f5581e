//go:build !nightly

package model

// How many steps TestModel takes, and how often they must at least reach everything. In nightly_test.go it is more.
const (
	onSQLite     = 8_000
	onPostgreSQL = 800
	leastMet     = 1
)
