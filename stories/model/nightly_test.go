//go:build nightly

package model

// The full size of what sizes_test.go has in small.
const onPostgreSQL = 20_000
