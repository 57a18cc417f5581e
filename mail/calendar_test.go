package mail

import (
	"bytes"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"usher/ent/mail"
	"usher/room"
)

// property is a line of a calendar file as RFC 5545 reads it.
type property struct {
	name   string
	params map[string]string
	value  string
}

// mustReadCalendar reads a calendar file by RFC 5545, 3.1 and 3.2, strictly. It knows nothing of how the file was written.
func mustReadCalendar(t *testing.T, file string) (all []property) {
	t.Helper()
	if !strings.HasSuffix(file, "END:VCALENDAR\r\n") || strings.Contains(strings.ReplaceAll(file, "\r\n", ""), "\n") || strings.Contains(strings.ReplaceAll(file, "\r\n", ""), "\r") {
		t.Fatalf("lines do not end in CRLF:\n%q", file)
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(file, "\r\n"), "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) {
			t.Errorf("a line has %d octets: %q", len(line), line)
		}
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(strings.ReplaceAll(file, "\r\n ", ""), "\r\n"), "\r\n") {
		p := property{params: map[string]string{}}
		end := strings.IndexAny(line, ";:")
		if end < 0 {
			t.Fatalf("no property: %q", line)
		}
		p.name = line[:end]
		for rest := line[end:]; ; {
			if value, ok := strings.CutPrefix(rest, ":"); ok {
				p.value = value
				break
			}
			name, after, ok := strings.Cut(rest[1:], "=")
			if !ok || strings.ContainsAny(name, `;:"`) {
				t.Fatalf("no parameter: %q", rest)
			}
			if quoted, ok := strings.CutPrefix(after, `"`); ok {
				if p.params[name], rest, ok = strings.Cut(quoted, `"`); !ok {
					t.Fatalf("a quote is not closed: %q", line)
				}
				continue
			}
			stop := strings.IndexAny(after, ";:")
			if stop < 0 {
				t.Fatalf("no value: %q", line)
			}
			p.params[name], rest = after[:stop], after[stop:]
		}
		all = append(all, p)
	}
	return all
}

func entry(kind mail.Kind) *room.Letter {
	l := invitation()
	l.Kind, l.At, l.CalendarUID, l.CalendarSequence = kind, time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC), "i_1@site.example", 7
	l.RoomURL, l.StopURL = "https://site.example/rooms/r_1", "https://site.example/stop-mail/ml_1.x"
	return l
}

func valueOf(all []property, name string) string {
	i := slices.IndexFunc(all, func(p property) bool { return p.name == name })
	if i < 0 {
		return ""
	}
	return all[i].value
}

var calendarWriter = Writer{From: "usher@site.example", Host: "site.example"}

func TestD13_TheEntryOfASession(t *testing.T) {
	file, method := calendarWriter.calendar(entry(mail.KindInvitation), "Ada Host via Usher")
	all := mustReadCalendar(t, file)
	for name, want := range map[string]string{
		"METHOD": "REQUEST", "UID": "i_1@site.example", "SEQUENCE": "7", "DTSTART": "20270108T130000Z", "DTEND": "20270108T140000Z",
		"SUMMARY": "Town hall", "ORGANIZER": "mailto:usher@site.example", "ATTENDEE": "mailto:grace@example.org", "CLASS": "PRIVATE",
		"STATUS": "CONFIRMED", "URL": "https://site.example/rooms/r_1",
	} {
		if got := valueOf(all, name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if method != "REQUEST" || strings.Contains(file, "join#") {
		t.Errorf("method %s, file\n%s", method, file)
	}
	cancelled, method := calendarWriter.calendar(entry(mail.KindWithdrawn), "Ada Host via Usher")
	if all := mustReadCalendar(t, cancelled); method != "CANCEL" || valueOf(all, "METHOD") != "CANCEL" || valueOf(all, "STATUS") != "CANCELLED" {
		t.Errorf("method %s, file\n%s", method, cancelled)
	}
	if file, _ := calendarWriter.calendar(entry(mail.KindTest), "Usher"); file != "" {
		t.Errorf("a test has the entry\n%s", file)
	}
}

// oddNames returns names that try to be more than a name, most of them made by chance.
func oddNames() []string {
	names := []string{
		"A:mailto:evil@example.com", `X";PARTSTAT=ACCEPTED`, "a\r\nATTENDEE:mailto:evil@example.com", `\`, `"`, ";", ",", "é", "𐐷", strings.Repeat("ü", 200), "\u2028",
	}
	random := rand.New(rand.NewPCG(1, 2))
	pieces := []string{`"`, ";", ":", ",", "=", "\\", "\r\n", "\n ", "mailto:evil@example.com", "ATTENDEE", "é", "𐐷", "x", " ", "^n", "^'", "^", "\t", "\u0085", "CN"}
	for range 500 {
		var name strings.Builder
		for range 1 + random.IntN(12) {
			name.WriteString(pieces[random.IntN(len(pieces))])
		}
		names = append(names, name.String())
	}
	return names
}

func TestD13_ANameChangesNothingButTheName(t *testing.T) {
	plain, _ := calendarWriter.calendar(entry(mail.KindInvitation), "Ada Host via Usher")
	want := mustReadCalendar(t, plain)
	for _, name := range oddNames() {
		l := entry(mail.KindInvitation)
		l.Name, l.Room = name, name
		file, _ := calendarWriter.calendar(l, name)
		got := mustReadCalendar(t, file)
		if len(got) != len(want) {
			t.Fatalf("%q makes %d properties, want %d", name, len(got), len(want))
		}
		for i, p := range got {
			if p.name != want[i].name || p.value != want[i].value && p.name != "SUMMARY" || len(p.params) != len(want[i].params) {
				t.Errorf("%q makes %+v of %+v", name, p, want[i])
			}
			for key, value := range p.params {
				if key != "CN" && value != want[i].params[key] {
					t.Errorf("%q makes %s=%q", name, key, value)
				}
			}
		}
	}
}

// program returns a command of Node that reads calendar files with ical.js.
func program(t *testing.T) *exec.Cmd {
	t.Helper()
	node, err := exec.LookPath("node")
	if err == nil {
		_, err = os.Stat("reader/node_modules/ical.js")
	}
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip("this needs Node 20, and what npm ci --prefix mail/reader installs")
	}
	return exec.CommandContext(t.Context(), node, "reader/read.mjs")
}

func TestD13_CalendarsReadTheNameAndNothingElse(t *testing.T) {
	names := append([]string{"Grace Guest"}, oddNames()...)
	files := make([]string, len(names))
	for i, name := range names {
		l := entry(mail.KindInvitation)
		l.Name, l.Room = name, name
		files[i], _ = calendarWriter.calendar(l, name)
	}
	in, err := json.Marshal(files)
	if err != nil {
		t.Fatal(err)
	}
	read := program(t)
	read.Stdin, read.Stderr = bytes.NewReader(in), os.Stderr
	out, err := read.Output()
	if err != nil {
		t.Fatal(err)
	}
	type component struct {
		Name       string
		Properties []struct {
			Name, Value string
			Parameters  map[string]string
		}
	}
	var calendars []struct {
		Method     string
		Components []component
	}
	if err := json.Unmarshal(out, &calendars); err != nil {
		t.Fatal(err)
	}
	if len(calendars) != len(names) {
		t.Fatalf("%d calendars were read of %d", len(calendars), len(names))
	}
	want := calendars[0].Components
	for i, c := range calendars {
		shown := strings.Map(func(r rune) rune {
			if unicode.IsControl(r) {
				return -1
			}
			return r
		}, strings.ReplaceAll(names[i], `\`, "/"))
		if c.Method != "REQUEST" || len(c.Components) != 1 || len(c.Components[0].Properties) != len(want[0].Properties) {
			t.Fatalf("%q makes %+v", names[i], c)
		}
		for n, p := range c.Components[0].Properties {
			like := want[0].Properties[n]
			switch p.Name {
			case "attendee", "organizer":
				if p.Parameters["cn"] != shown {
					t.Errorf("%q is the name %q", names[i], p.Parameters["cn"])
				}
				p.Parameters["cn"] = like.Parameters["cn"]
			case "summary":
				if text := strings.NewReplacer("\r\n", "\n", "\r", "").Replace(names[i]); p.Value != text {
					t.Errorf("%q is the title %q", names[i], p.Value)
				}
				p.Value = like.Value
			}
			if p.Name != like.Name || p.Value != like.Value || !maps.Equal(p.Parameters, like.Parameters) {
				t.Errorf("%q makes %+v of %+v", names[i], p, like)
			}
		}
	}
}
