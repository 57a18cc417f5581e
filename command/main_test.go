package command_test

import (
	"os"
	"testing"

	"usher/sitetest"
)

// TestMain lets the test binary be the program itself.
func TestMain(m *testing.M) { os.Exit(sitetest.Main(m)) }
