//go:build !race

package main

// modelDefault is how many steps TestModel takes on SQLite.
const modelDefault = 20_000
