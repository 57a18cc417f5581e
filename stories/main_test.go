// Package stories tests the whole program, a story each, on SQLite and PostgreSQL.
package stories

import (
	"os"
	"testing"

	"usher/sitetest"
)

// TestMain lets the test binary be the program itself.
func TestMain(m *testing.M) { os.Exit(sitetest.Main(m)) }
