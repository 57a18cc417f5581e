//go:build linux

package program

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// Build builds Usher in the current folder, the repository's root, and returns the program's file. It is in folder.
func Build(folder string) (file string, err error) {
	file = filepath.Join(folder, "usher")
	if out, err := exec.Command("go", "build", "-o", file, ".").CombinedOutput(); err != nil { //nolint:gosec // in .bin
		return "", fmt.Errorf("build usher: %w: %s", err, out)
	}
	return file, nil
}

// Version returns the commit that is measured.
func Version() string {
	out, err := exec.Command("git", "describe", "--always", "--dirty").Output()
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(out))
}

// Machine describes the processors.
func Machine() string {
	name := runtime.GOARCH
	if file, err := os.Open("/proc/cpuinfo"); err == nil {
		defer file.Close()
		for lines := bufio.NewScanner(file); lines.Scan(); {
			if label, value, _ := strings.Cut(lines.Text(), ":"); strings.TrimSpace(label) == "model name" {
				name = strings.TrimSpace(value)
				break
			}
		}
	}
	return fmt.Sprintf("%d × %s", runtime.NumCPU(), name)
}

// Verdict says for a table whether a target is met.
func Verdict(met bool) string {
	if met {
		return "met"
	}
	return "**missed**"
}

// Short prints a number with about three digits.
func Short(x float64) string {
	if x < 10 {
		return fmt.Sprintf("%.1f", x)
	}
	return Thousands(x)
}

// Thousands prints a whole number with separators.
func Thousands(x float64) string {
	text := fmt.Sprintf("%.0f", x)
	for at := len(text) - 3; at > 0; at -= 3 {
		text = text[:at] + "," + text[at:]
	}
	return text
}

// Quantile returns a quantile of sorted values.
func Quantile(sorted []float64, q float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)-1, int(q*float64(len(sorted))))]
}

// Save writes the results of a run to a file, as JSON.
func Save(file string, results any) error {
	text, err := json.MarshalIndent(results, "", "\t")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(text, '\n'), 0o644) //nolint:gosec // a report
}

// Load reads the results of a run from a file.
func Load(file string, results any) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, results)
}
