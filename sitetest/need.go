package sitetest

import (
	"os"
	"testing"
)

// MustHave skips a test if this machine lacks something it needs, according to err. In CI it fails the test.
func MustHave(t testing.TB, what string, err error) {
	t.Helper()
	switch {
	case err == nil:
	case os.Getenv("CI") == "true":
		t.Fatalf("%s is missing: %v", what, err)
	default:
		t.Skipf("%s is missing: %v", what, err)
	}
}
