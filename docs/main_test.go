// Package docs tests the documents: their links, their lists of settings and limits, and their examples, which it runs as printed.
// Nothing imports it.
package docs

import (
	"log"
	"os"
	"testing"

	"usher/sitetest"
)

// TestMain makes the repository's root the current folder, and lets the test binary run as the program for the examples.
func TestMain(m *testing.M) {
	if os.Getenv("TEST_AS_PROGRAM") == "" {
		if err := os.Chdir(".."); err != nil {
			log.Fatal(err)
		}
	}
	os.Exit(sitetest.Main(m))
}
