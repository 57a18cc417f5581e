//go:build !race

package model

// modelDefault is how many steps TestModel takes on each database.
const modelDefault = 20_000
