// Package chaos kills servers, cuts connections and fills disks, and checks that no acknowledged change is lost.
// Nothing imports it.
package chaos

import (
	"os"
	"testing"

	"usher/sitetest"
)

// TestMain lets the test binary run as the program.
func TestMain(m *testing.M) { os.Exit(sitetest.Main(m)) }
