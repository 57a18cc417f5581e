//go:build linux

package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"usher/bench/program"
)

// row is a step as the tables name it.
type row struct {
	step, name string
	target     float64 // µs of the server's processor time for each person; 0 means no target
}

// rows are the steps in their order, with the project's targets.
var rows = []row{
	{"look", "look at the link", 400},
	{"watch", "follow the link", 300},
	{"link title", "the title changes, for a page that follows its link", 20},
	{"redeem", "redeem", 1200},
	{"place", "read the place", 400},
	{"acknowledge", "acknowledge the role", 0},
	{"follow", "follow the room", 250},
	{"title", "the title changes, for those who wait", 15},
	{"resume", "resume after the server's restart", 0},
	{"wait", "wait for a minute", 0},
	{"start", "the session starts", 15},
	{"alone", "enter alone", 0},
	{"enter", "enter within 10 seconds, with all that the page sends then", 1000},
	{"room title", "the title changes, for those in the room", 15},
	{"speaker", "one speaker enters: the cost to each of the others", 5},
	{"tally", "one viewer enters: the cost to each of the others", 10},
	{"end", "the session ends", 15},
}

// lists are what the manager's page reads while everyone is in the room, with the most ms for half of the reads.
var lists = []row{
	{"invitations", "the first page of invitations", 10},
	{"people", "the first page of people", 0},
	{"counts", "how many people are where", 0},
}

const (
	maxGrowth   = 1.2  // of the cost for each person, from the smallest crowd to the largest
	maxMemoryKB = 13   // for each connection
	maxEnterP99 = 1000 // ms from click to entry
)

// printTalk prints what a crowd's talk cost, if it was measured.
func (r results) printTalk(w io.Writer) {
	for _, size := range r.Sizes {
		t := size.Talk
		if t == nil {
			continue
		}
		fmt.Fprintf(w, "\n%s people; %d viewers each write a message within a minute, and everyone reads it:\n\n", program.Thousands(float64(size.N)), t.Messages)
		fmt.Fprintf(w, "| | | target |\n|---|---|---|\n")
		fmt.Fprintf(w, "| processor time for each message and reader | %.1f µs, %.2f × a title alone | ≤ 0.6 × |\n", t.CPU, t.CPU/t.EventCPU)
		fmt.Fprintf(w, "| until a message reaches a reader, p50 · p99 | %.0f · %.0f ms | |\n", t.P50, t.P99)
		fmt.Fprintf(w, "| until it is acknowledged, p99 | %.0f ms | |\n", t.SentP99)
		fmt.Fprintf(w, "| a title meanwhile, p99 | %.0f ms, %.2f × a title alone | ≤ 2 × |\n", t.BusyTitle, t.BusyTitle/t.QuietTitle)
		fmt.Fprintf(w, "| a message alone, p99 | %.0f ms, %.2f × a title | ≤ 1.2 × |\n", t.Quiet, t.Quiet/t.QuietTitle)
		fmt.Fprintf(w, "| read; lost; read twice; refused | %s; %d; %d; %v | none |\n", program.Thousands(float64(t.Heard)), t.Lost, t.Twice, t.Refused)
		fmt.Fprintf(w, "| the same while %d others have stopped reading, p99 | %.0f ms, %.2f × | ≤ 1.2 × |\n", t.Stalled, t.BesideP99, t.BesideP99/t.P99)
		fmt.Fprintf(w, "| lost and read twice by those, once they read on | %d; %d | none |\n", t.StalledLost, t.StalledTwice)
	}
}

func (r results) print(w io.Writer) {
	if len(r.Sizes) == 0 {
		return
	}
	fmt.Fprintf(w, "%s, %s, %s, version %s. Server's processor time for each person, in µs:\n\n", r.When.Format("2006-01-02"), r.Machine, r.Database, r.Version)
	head := func(first string, more ...string) {
		cells := []string{first}
		for _, size := range r.Sizes {
			cells = append(cells, program.Thousands(float64(size.N)))
		}
		cells = append(cells, more...)
		fmt.Fprintf(w, "| %s |\n|%s\n", strings.Join(cells, " | "), strings.Repeat("---|", len(cells)))
	}
	head("", "growth", "target", "")
	for _, row := range rows {
		r.printCost(w, row)
	}
	sums := r.cells(func(size result) string { return program.Short(size.sum()) })
	fmt.Fprintf(w, "| **one person's session**: the steps from the link to the end | %s | | | |\n", strings.Join(sums, " | "))
	r.printMemory(w)
	fmt.Fprint(w, "\nTimes from the outside, p50 · p99 in ms:\n\n")
	head("")
	for _, row := range rows {
		cells := r.cells(func(size result) string {
			if one, ok := size.step(row.step); ok && one.Done > 0 {
				return fmt.Sprintf("%s · %s", program.Short(one.P50), program.Short(one.P99))
			}
			return "–"
		})
		if row.step == "wait" {
			continue
		}
		fmt.Fprintf(w, "| %s | %s |\n", row.name, strings.Join(cells, " | "))
	}
	fmt.Fprint(w, "\nEveryone presses Enter within 10 seconds of the start:\n\n")
	head("", "target")
	r.printStorm(w)
	fmt.Fprint(w, "\nThe manager's page reads, while everyone is in the room; processor time in ms, then p50 · p99 in ms:\n\n")
	head("", "target of p50")
	for _, row := range lists {
		cells := r.cells(func(size result) string {
			one, ok := size.step(row.step)
			if !ok {
				return "–"
			}
			return fmt.Sprintf("%s, %s · %s", program.Short(one.CPU/1000), program.Short(one.P50), program.Short(one.P99))
		})
		target := ""
		if row.target > 0 {
			target = "≤ " + program.Thousands(row.target)
		}
		fmt.Fprintf(w, "| %s | %s | %s |\n", row.name, strings.Join(cells, " | "), target)
	}
	r.printTalk(w)
	r.printVote(w)
}

func (r results) cells(of func(result) string) []string {
	var cells []string
	for _, size := range r.Sizes {
		cells = append(cells, of(size))
	}
	return cells
}

// printCost prints what a step costs. A step that nobody took, as with -entering, has no row.
func (r results) printCost(w io.Writer, row row) {
	taken := false
	cells := r.cells(func(size result) string {
		if one, ok := size.step(row.step); ok {
			taken = true
			return program.Short(one.CPU)
		}
		return "–"
	})
	if !taken {
		return
	}
	growth, target, verdict := r.growth(row.step), "", ""
	met := growth <= maxGrowth
	if row.target > 0 {
		target = "≤ " + program.Thousands(row.target)
		for _, size := range r.Sizes {
			if one, ok := size.step(row.step); ok && one.CPU > row.target {
				met = false
			}
		}
		verdict = program.Verdict(met)
	}
	grew := "–"
	if growth > 0 {
		grew = fmt.Sprintf("%.2f ×", growth)
	}
	fmt.Fprintf(w, "| %s | %s | %s | %s | %s |\n", row.name, strings.Join(cells, " | "), grew, target, verdict)
}

// growth returns how the cost for each person grows from the smallest crowd to the largest, or 0 with one crowd.
func (r results) growth(name string) float64 {
	sizes := slices.SortedFunc(slices.Values(r.Sizes), func(a, b result) int { return a.N - b.N })
	least, ok := sizes[0].step(name)
	most, also := sizes[len(sizes)-1].step(name)
	if !ok || !also || len(sizes) == 1 || least.CPU == 0 {
		return 0
	}
	return most.CPU / least.CPU
}

func (r results) printMemory(w io.Writer) {
	met := true
	if !slices.ContainsFunc(r.Sizes, func(size result) bool { return size.MemoryKB > 0 }) {
		return
	}
	cells := r.cells(func(size result) string {
		met = met && size.MemoryKB <= maxMemoryKB
		return fmt.Sprintf("%.1f KB", size.MemoryKB)
	})
	fmt.Fprintf(w, "| memory of a connection that follows the room | %s | | ≤ %d KB | %s |\n", strings.Join(cells, " | "), maxMemoryKB, program.Verdict(met))
}

func (r results) printStorm(w io.Writer) {
	enter := func(of func(result, step) string) string {
		return strings.Join(r.cells(func(size result) string {
			one, ok := size.step("enter")
			if !ok {
				return "–"
			}
			return of(size, one)
		}), " | ")
	}
	fmt.Fprintf(w, "| from click to entry, p50 | %s | |\n", enter(func(_ result, s step) string { return program.Short(s.P50) + " ms" }))
	fmt.Fprintf(w, "| p99 | %s | ≤ %s ms |\n", enter(func(_ result, s step) string { return program.Short(s.P99) + " ms" }), program.Thousands(maxEnterP99))
	fmt.Fprintf(w, "| last | %s | |\n", enter(func(_ result, s step) string { return program.Short(s.Last) + " ms" }))
	fmt.Fprintf(w, "| refused; other requests that failed | %s | none |\n", enter(func(_ result, s step) string {
		var codes []string
		for _, code := range slices.Sorted(maps.Keys(s.Refused)) {
			codes = append(codes, fmt.Sprintf("%d %s", s.Refused[code], code))
		}
		if len(codes) == 0 {
			codes = []string{"0"}
		}
		return fmt.Sprintf("%s; %d", strings.Join(codes, ", "), s.Faults)
	}))
	fmt.Fprintf(w, "| acknowledged entries; entries in the log, each once | %s | equal |\n", enter(func(r result, _ step) string { return fmt.Sprintf("%d; %d", r.Acknowledged, r.Logged) }))
	rate := func(name string) string {
		return strings.Join(r.cells(func(size result) string {
			one, _ := size.step(name)
			return program.Thousands(one.PerSecond) + "/s"
		}), " | ")
	}
	fmt.Fprintf(w, "| before that: redeemed, 32 at once | %s | ≥ 500/s |\n", rate("redeem"))
	fmt.Fprintf(w, "| resumed after the restart, 32 at once | %s | ≥ 1,000/s |\n", rate("resume"))
}
