package sitetest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// DebianProgram returns a command that runs a program of another project: from the packages that make unpacks below .bin/debian, or from
// the PATH. Without the program the test is skipped, and fails in CI.
func DebianProgram(t *testing.T, name string, args ...string) *exec.Cmd {
	t.Helper()
	unpacked := filepath.Join(Root(t), ".bin/debian")
	found, _ := filepath.Glob(filepath.Join(unpacked, "*/usr/*bin", name))
	if len(found) == 0 {
		onPath, err := exec.LookPath(name)
		if err != nil {
			err = fmt.Errorf("%w; on Debian, make .bin/debian/%s unpacks it, elsewhere install it", err, name)
		}
		MustHave(t, name, err)
		found = []string{onPath}
	}
	var libraries []string
	for _, folder := range []string{"*/usr/lib/*-linux-gnu*", "*/usr/lib/*-linux-gnu*/systemd", "*/lib/*-linux-gnu*"} {
		found, _ := filepath.Glob(filepath.Join(unpacked, folder))
		libraries = append(libraries, found...)
	}
	c := exec.CommandContext(t.Context(), found[0], args...)
	c.Env = append(os.Environ(), "LD_LIBRARY_PATH="+strings.Join(libraries, ":"))
	return c
}
