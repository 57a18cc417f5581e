// Package large tests what a lot of data takes of the memory. It has a process of its own, so nothing else counts. Nothing imports it.
package large

import (
	"os"
	"testing"

	"usher/sitetest"
)

// TestMain lets the test binary run as the program.
func TestMain(m *testing.M) { os.Exit(sitetest.Main(m)) }
