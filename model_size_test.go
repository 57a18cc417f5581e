//go:build !nightly

package main

// modelPostgres is how many steps TestModel takes on PostgreSQL, where each costs several times what it costs on SQLite.
const modelPostgres = 3_000
