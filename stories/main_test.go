// Package stories tests the whole program, one story at a time, on SQLite and PostgreSQL.
// Nothing imports it.
package stories

import (
	"os"
	"testing"

	"usher/sitetest"
)

// TestMain lets the test binary run as the program.
func TestMain(m *testing.M) { os.Exit(sitetest.Main(m)) }
