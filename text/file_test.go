package text

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"usher/text/texttest"
)

func TestAFileIsReadInLinearTime(t *testing.T) {
	for _, unit := range []string{"\"", "\"\n", ",", "\r", "\r\n,", "a@b.example,A,B\n", "\x00", "\xff", "\"a@b.example\",\"A\n"} {
		start := time.Now()
		readAll(t, []byte("email,first_name,last_name\n"+strings.Repeat(unit, 1<<20/len(unit))))
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%q: %v", unit, took)
		}
	}
}

// readAll reads a file to its end and returns the number of its rows.
func readAll(t *testing.T, content []byte) (rows int) {
	t.Helper()
	f, err := OpenPeopleFile(bytes.NewReader(content))
	if err != nil {
		return 0
	}
	line := 0
	for {
		p, err := f.Next()
		if errors.Is(err, io.EOF) {
			return rows
		}
		if err != nil {
			t.Fatal(err)
		}
		if p.Line <= line || p.Wrong != nil && p.Email+p.First+p.Last != "" {
			t.Fatalf("line %d follows line %d: %+v", p.Line, line, p)
		}
		line, rows = p.Line, rows+1
	}
}

func FuzzPeopleFile(f *testing.F) {
	for _, c := range texttest.Files(f) {
		f.Add(c.Content(f))
	}
	f.Fuzz(func(t *testing.T, content []byte) { readAll(t, content) })
}
