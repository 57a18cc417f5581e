//go:build !nightly

package livetest

// atNight says whether tests run at full size, as make nightly runs them.
const atNight = false
