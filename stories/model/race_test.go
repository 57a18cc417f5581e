//go:build race

package model

// modelDefault is how many steps TestModel takes on each database, where the race detector makes each many times as dear: make
// test takes all of them without it.
const modelDefault = 1_000
