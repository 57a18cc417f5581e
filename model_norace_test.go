//go:build !race

package main

// modelDefault is how many steps TestModel takes on each database.
const modelDefault = 20_000
