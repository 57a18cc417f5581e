//go:build !nightly

package mails

// How many emails are sent while servers are killed, and how often. In nightly_test.go it is more.
const (
	bulk  = 150
	kills = 6
)
