package model

import (
	"strconv"
	"strings"
	"testing"

	"usher/live"
)

// Which steps a run takes.

// stepNumbers returns those that the flags ask for.
func stepNumbers(t *testing.T, databaseURL string) (numbers []int) {
	t.Helper()
	steps := onSQLite
	switch _, sqlite := live.SQLiteFile(databaseURL); {
	case *modelSteps > 0:
		steps = *modelSteps
	case testing.Short():
		steps = 500
	case !sqlite:
		steps = onPostgreSQL
	}
	for n := range steps {
		numbers = append(numbers, n+1)
	}
	if *modelOnly == "" {
		return numbers
	}
	numbers = nil
	for text := range strings.SplitSeq(*modelOnly, ",") {
		n, err := strconv.Atoi(text)
		if err != nil {
			t.Fatalf("-only: %v", err)
		}
		numbers = append(numbers, n)
	}
	return numbers
}
