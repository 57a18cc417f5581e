package sitetest

import (
	"os"
	"path/filepath"
	"testing"
)

// MustHave skips a test if this machine lacks something it needs, according to err. In CI it fails the test.
func MustHave(t testing.TB, what string, err error) {
	t.Helper()
	switch {
	case err == nil:
	case os.Getenv("CI") == "true":
		t.Fatalf("%s is missing: %v", what, err)
	default:
		t.Skipf("%s is missing: %v", what, err)
	}
}

// Unpacked returns a program of a package of Debian that the Makefile unpacks, such as "prometheus", "usr/bin/promtool".
func Unpacked(t *testing.T, name, program string) (file string) {
	t.Helper()
	folder := filepath.Join(Root(t), ".bin", "debian", name)
	file = filepath.Join(folder, program)
	_, err := os.Stat(file)
	MustHave(t, filepath.Base(program)+" (make .bin/debian/"+name+")", err)
	return file
}
