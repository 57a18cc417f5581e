package site

import (
	"fmt"
	"testing"

	"usher/settings"
)

// mustSettings reads the settings of a program that has nothing else.
func mustSettings(t *testing.T, env []string, args ...string) *settings.Settings {
	t.Helper()
	var program struct {
		settings.Settings `embed:"" group:"settings"`
	}
	if _, err := program.Parse(&program, args, env); err != nil {
		t.Fatal(err)
	}
	return &program.Settings
}

// same compares values as text.
func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if g, w := fmt.Sprint(got), fmt.Sprint(want); g != w {
		t.Errorf("%s: got %s, want %s", what, g, w)
	}
}
