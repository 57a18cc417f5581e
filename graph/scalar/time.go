// Package scalar reads and writes the API's own scalar types.
// Only graph may import it.
package scalar

import (
	"io"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"usher/problem"
)

// timeFormat is RFC 3339 in UTC with exactly three digits of a second.
const timeFormat = "2006-01-02T15:04:05.000Z"

// maxTime is the most bytes of a Time in input: more than any that programs write.
const maxTime = 64

var errTime = &problem.BadInput{Message: "write a Time in RFC 3339, with a year from 0001 to 9999, such as 2026-11-23T09:30:00.000Z"}

// MarshalTime writes an instant as the Time scalar does: RFC 3339 in UTC with milliseconds, whatever its zone. What is
// finer than a millisecond is cut off.
func MarshalTime(t time.Time) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) {
		_, _ = w.Write(t.UTC().AppendFormat(make([]byte, 0, len(timeFormat)+2), `"`+timeFormat+`"`))
	})
}

// UnmarshalTime reads RFC 3339 with any offset and any fraction of a second into an instant in UTC, cut to the millisecond.
// Anything else, and what leaves the years 0001 to 9999 in UTC, is a *problem.BadInput that does not repeat the input.
func UnmarshalTime(v any) (time.Time, error) {
	text, ok := v.(string)
	if !ok || len(text) > maxTime {
		return time.Time{}, errTime
	}
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return time.Time{}, errTime
	}
	t = t.UTC().Truncate(time.Millisecond)
	if t.Year() < 1 || t.Year() > 9999 {
		return time.Time{}, errTime
	}
	return t, nil
}
