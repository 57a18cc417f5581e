package main

import (
	"strings"
	"testing"

	. "usher/sitetest"
)

func TestTheReadmeTakesFiveMinutesToRead(t *testing.T) {
	if lines := strings.Count(MustReadFile(t, "README.md"), "\n"); lines > 100 {
		t.Errorf("README.md has %d lines, want 100 at most", lines)
	}
}
