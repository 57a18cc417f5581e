//go:build linux

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
)

// printTable prints the medians of a file of reports, one table for each number of connections. Ratios are paired: each run is compared
// with the other server's run of the same round, because times of different rounds do not compare.
func printTable(w io.Writer, file string) error {
	f, err := os.Open(file)
	if err != nil {
		return fmt.Errorf("read reports: %w", err)
	}
	defer f.Close()
	var labels []string
	sizes := []int{}
	runs := map[int]map[string][]report{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var r report
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			return fmt.Errorf("read reports: %w", err)
		}
		if runs[r.N] == nil {
			runs[r.N] = map[string][]report{}
			sizes = append(sizes, r.N)
		}
		if !slices.Contains(labels, r.Label) {
			labels = append(labels, r.Label)
		}
		runs[r.N][r.Label] = append(runs[r.N][r.Label], r)
	}
	slices.Sort(sizes)
	for _, n := range sizes {
		_, _ = fmt.Fprintf(w, "\n%d connections\n\n", n)
		_, _ = fmt.Fprintln(w, "| | runs | memory a connection | connect, CPU | CPU a delivery | p50 | p99 | burst, deliveries/s | CPU: × gqlgen | × prepared | × floor | p99: × prepared | burst: × prepared | others | lost, twice |")
		_, _ = fmt.Fprintln(w, "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|")
		for _, label := range labels {
			if rs := runs[n][label]; len(rs) > 0 {
				printRow(w, label, rs, runs[n])
			}
		}
	}
	return nil
}

func printRow(w io.Writer, label string, rs []report, peers map[string][]report) {
	of := func(f func(report) float64) float64 {
		var values []float64
		for _, r := range rs {
			values = append(values, f(r))
		}
		return median(values)
	}
	ratio := func(peer string, f func(report) float64) string {
		var values []float64
		for i, r := range rs {
			if i < len(peers[peer]) && f(peers[peer][i]) > 0 {
				values = append(values, f(r)/f(peers[peer][i]))
			}
		}
		if len(values) == 0 {
			return "–"
		}
		return fmt.Sprintf("%.2f", median(values))
	}
	cpu := func(r report) float64 { return r.CPU }
	p99 := func(r report) float64 { return r.P99 }
	burst := func(r report) float64 { return r.BurstPerSecond }
	lost, twice := 0, 0
	for _, r := range rs {
		lost += r.Missing + r.BurstMissing
		twice += r.Twice
	}
	_, _ = fmt.Fprintf(w, "| %s | %d | %.1f KB | %.0f µs | %.1f µs | %.0f ms | %.0f ms | %.0f | %s | %s | %s | %s | %s | %.0f %% | %d, %d |\n",
		label, len(rs), of(func(r report) float64 { return r.MemoryKB }), of(func(r report) float64 { return r.ConnectCPU }), of(cpu),
		of(func(r report) float64 { return r.P50 }), of(p99), of(burst),
		ratio("gqlgen", cpu), ratio("prepared", cpu), ratio("floor", cpu), ratio("prepared", p99), ratio("prepared", burst),
		of(func(r report) float64 { return r.OtherPercent }), lost, twice)
}
