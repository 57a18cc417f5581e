//go:build linux

package main

import (
	"fmt"
	"io"
	"time"

	"usher/bench/program"
)

// results are what a run found. They are the file of -json.
type results struct {
	When    time.Time
	Version string // of the source, as git names it
	Machine string
	Figures []figure
}

// figure is one row of the table.
type figure struct {
	Part, Name string
	Value      float64
	Unit       string
	Beside     string  `json:",omitempty"` // other figures of the same measurement
	Target     float64 `json:",omitempty"` // 0 means none
	AtLeast    bool    `json:",omitempty"` // the target is the least instead of the most
}

func (f figure) met() bool {
	return f.AtLeast && f.Value >= f.Target || !f.AtLeast && f.Value <= f.Target
}

func (f figure) number(x float64) string {
	text := program.Short(x)
	if f.Unit == "×" {
		text = fmt.Sprintf("%.2f", x)
	}
	if f.Unit == "/s" {
		return text + f.Unit
	}
	return text + " " + f.Unit
}

func (f figure) row() string {
	target, verdict := "", ""
	if f.Target > 0 {
		target, verdict = "≤ "+f.number(f.Target), program.Verdict(f.met())
		if f.AtLeast {
			target = "≥ " + f.number(f.Target)
		}
	}
	return fmt.Sprintf("| %s | %s | %s | %s | %s |", f.Name, f.number(f.Value), f.Beside, target, verdict)
}

func (r results) print(w io.Writer) {
	fmt.Fprintf(w, "%s, %s, version %s, SQLite with `synchronous=FULL`:\n\n", r.When.Format("2006-01-02"), r.Machine, r.Version)
	fmt.Fprint(w, "| | measured | | target | |\n|---|---|---|---|---|\n")
	for _, one := range r.Figures {
		fmt.Fprintln(w, one.row())
	}
}
