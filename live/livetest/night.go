//go:build nightly

package livetest

const atNight = true
