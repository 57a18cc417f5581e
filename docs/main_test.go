// Package docs tests the documents: their links, their lists of settings and limits, and their examples, which it runs as printed.
// Nothing imports it.
package docs

import (
	"log"
	"os"
	"testing"

	"usher/sitetest"
)

// TestMain names files from the root of the repository, and lets the test binary be the program that the examples start.
func TestMain(m *testing.M) {
	if err := os.Chdir(".."); err != nil {
		log.Fatal(err)
	}
	os.Exit(sitetest.Main(m))
}
