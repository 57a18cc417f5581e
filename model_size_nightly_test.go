//go:build nightly

package main

// modelPostgres is how many steps TestModel takes on PostgreSQL.
const modelPostgres = 20_000
