package model

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"usher/live"
)

// Which steps a run takes.

// turn is a step of a run: its number, and its name. Without a name, it is drawn.
type turn struct {
	number int
	name   string
}

func (t turn) String() string { return strconv.Itoa(t.number) + ":" + t.name }

// turnsOf returns the steps that the flags ask for.
func turnsOf(t *testing.T, databaseURL string) (turns []turn) {
	t.Helper()
	if *modelOnly != "" {
		for text := range strings.SplitSeq(*modelOnly, ",") {
			number, name, _ := strings.Cut(text, ":")
			n, err := strconv.Atoi(number)
			if err != nil || name != "" && steps[name].do == nil {
				t.Fatalf("-only: %q is no step", text)
			}
			turns = append(turns, turn{n, name})
		}
		return turns
	}
	n := onSQLite
	switch _, sqlite := live.SQLiteFile(databaseURL); {
	case *modelSteps > 0:
		n = *modelSteps
	case testing.Short():
		n = 500
	case !sqlite:
		n = onPostgreSQL
	}
	for number := range n {
		turns = append(turns, turn{number: number + 1})
	}
	return turns
}

// onlyOf returns the steps as the flag -only reads them.
func onlyOf(turns []turn) string {
	var texts []string
	for _, t := range turns {
		texts = append(texts, t.String())
	}
	return strings.Join(texts, ",")
}

// shrunk leaves out steps while the rest still finds a difference, in at most so many runs.
func shrunk(turns []turn, runs int, differs func(turns []turn) bool) []turn {
	for size := len(turns) / 2; size > 0 && runs > 0; size /= 2 {
		for from := 0; from < len(turns) && runs > 0; runs-- {
			less := slices.Delete(slices.Clone(turns), from, min(from+size, len(turns)))
			if differs(less) {
				turns = less
			} else {
				from += size
			}
		}
	}
	return turns
}
