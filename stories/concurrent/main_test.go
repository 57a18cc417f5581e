// Package concurrent tells stories of many at once: streams of events, races, several servers. It runs under the race detector.
// Nothing imports it.
package concurrent

import (
	"os"
	"testing"

	"usher/sitetest"
)

// TestMain lets the test binary run as the program.
func TestMain(m *testing.M) { os.Exit(sitetest.Main(m)) }
