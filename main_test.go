package main

import (
	"os"
	"testing"

	"usher/sitetest"
)

// TestMain lets the test binary be the program itself, which the documents' examples start.
func TestMain(m *testing.M) { os.Exit(sitetest.Main(m)) }
