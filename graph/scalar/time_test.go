package scalar

import (
	"errors"
	"strings"
	"testing"
	"time"

	"usher/problem"
)

func TestTimeIsWrittenInUTCWithMilliseconds(t *testing.T) {
	paris := time.FixedZone("Paris", 3600)
	for name, test := range map[string]struct {
		give time.Time
		want string
	}{
		"whole seconds have three zeros":         {time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC), `"2026-11-23T09:30:00.000Z"`},
		"another zone is turned into UTC":        {time.Date(2026, 11, 23, 10, 30, 0, 0, paris), `"2026-11-23T09:30:00.000Z"`},
		"what is finer is cut off, not rounded":  {time.Date(2026, 11, 23, 9, 30, 0, 999_999_999, time.UTC), `"2026-11-23T09:30:00.999Z"`},
		"the first year has four digits":         {time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC), `"0001-01-01T00:00:00.000Z"`},
		"the last instant that can be read back": {time.Date(9999, 12, 31, 23, 59, 59, 999e6, time.UTC), `"9999-12-31T23:59:59.999Z"`},
	} {
		t.Run(name, func(t *testing.T) {
			var text strings.Builder
			MarshalTime(test.give).MarshalGQL(&text)
			if text.String() != test.want {
				t.Errorf("got %s, want %s", text.String(), test.want)
			}
		})
	}
}

func TestTimeIsParsedWithAnyOffset(t *testing.T) {
	for name, test := range map[string]struct{ give, want string }{
		"UTC":                              {"2026-11-23T09:30:00Z", "2026-11-23T09:30:00Z"},
		"an offset":                        {"2026-11-23T10:30:00.250+01:00", "2026-11-23T09:30:00.25Z"},
		"a fraction is cut to the milli":   {"2026-11-23T09:30:00.123999Z", "2026-11-23T09:30:00.123Z"},
		"the first instant of year 1":      {"0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"},
		"the last millisecond of 9999":     {"9999-12-31T23:59:59.9999Z", "9999-12-31T23:59:59.999Z"},
		"a leap day of a leap year":        {"2028-02-29T00:00:00-12:00", "2028-02-29T12:00:00Z"},
		"an offset across midnight":        {"2026-01-01T00:30:00+14:00", "2025-12-31T10:30:00Z"},
		"nine digits, as Go itself writes": {"2026-11-23T09:30:00.000000001Z", "2026-11-23T09:30:00Z"},
		"64 bytes":                         {"2026-11-23T09:30:00." + strings.Repeat("0", 43) + "Z", "2026-11-23T09:30:00Z"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := UnmarshalTime(test.give)
			if err != nil {
				t.Fatal(err)
			}
			if got.Format(time.RFC3339Nano) != test.want || got.Location() != time.UTC {
				t.Errorf("got %v, want %s", got, test.want)
			}
		})
	}
}

func TestInvalidTimesAreRejectedAndNotRepeated(t *testing.T) {
	for name, give := range map[string]any{
		"a word":                           "canary",
		"nothing":                          "",
		"a date alone":                     "2031-05-17",
		"no offset":                        "2031-05-17T09:30:00",
		"a number":                         int64(1_700_000_000),
		"null":                             nil,
		"a day that does not exist":        "2026-02-29T00:00:00Z",
		"a second that does not exist":     "2031-05-17T09:30:61Z",
		"year 0":                           "0000-06-01T00:00:00Z",
		"an offset that leads into year 0": "0001-01-01T00:00:00+01:00",
		"an offset that leads past 9999":   "9999-12-31T23:59:59-01:00",
		"a year of five digits":            "10000-01-01T00:00:00Z",
		"blanks around it":                 " 2031-05-17T09:30:00Z ",
		"a year with a sign":               "+2031-05-17T09:30:00Z",
		"65 bytes":                         "2031-05-17T09:30:00." + strings.Repeat("0", 44) + "Z",
	} {
		t.Run(name, func(t *testing.T) {
			got, err := UnmarshalTime(give)
			if err == nil {
				t.Fatalf("read as %v", got)
			}
			if bad, ok := errors.AsType[*problem.BadInput](err); !ok {
				t.Errorf("got %T, want a *problem.BadInput", err)
			} else if text, ok := give.(string); ok && text != "" && strings.Contains(bad.Message, text) {
				t.Errorf("the message repeats the input: %s", bad.Message)
			}
		})
	}
}
