// Package proxies tests the program behind real proxies, with the files that operators use.
// Nothing imports it.
package proxies

import (
	"os"
	"testing"

	"usher/sitetest"
)

// TestMain lets the test binary run as the program.
func TestMain(m *testing.M) { os.Exit(sitetest.Main(m)) }
