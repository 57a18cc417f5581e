// Package scalar implements the API's own scalars: how values are written in answers and parsed from input. Only graph may import it.
package scalar

import (
	"io"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"usher/problem"
)

// timeFormat is RFC 3339 in UTC with exactly three digits after the second.
const timeFormat = "2006-01-02T15:04:05.000Z"

// maxTime limits the bytes of a Time in input. Programs write fewer.
const maxTime = 64

var errTime = &problem.BadInput{Message: "write a Time in RFC 3339, with a year from 0001 to 9999, such as 2026-11-23T09:30:00.000Z"}

// MarshalTime writes a time as RFC 3339 in UTC, truncated to milliseconds.
func MarshalTime(t time.Time) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) {
		_, _ = w.Write(t.UTC().AppendFormat(make([]byte, 0, len(timeFormat)+2), `"`+timeFormat+`"`))
	})
}

// UnmarshalTime parses RFC 3339 with any offset and fraction into a time in UTC, truncated to milliseconds. For other input, or a year
// outside 0001 to 9999 in UTC, it returns a *problem.BadInput that does not repeat the input.
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
