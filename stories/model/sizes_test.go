//go:build !nightly

package model

// onPostgreSQL is how many steps TestModel takes on PostgreSQL; on SQLite it takes 20,000.
const onPostgreSQL = 2_000
