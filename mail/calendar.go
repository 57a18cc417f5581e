package mail

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"usher/ent/mail"
	"usher/room"
)

const (
	calendarTime = "20060102T150405Z"
	// calendarLine limits the octets of a line (RFC 5545, 3.1).
	calendarLine = 75
	// defaultLength is how long an entry lasts for a session without a planned end.
	defaultLength = time.Hour
)

// calendar returns the calendar file of an email and its method, empty for an email without one (D13). Colleagues read each other's
// calendars, so it has the room's page, never the link. organizer is the name that the email comes from.
func (w Writer) calendar(l *room.Letter, organizer string) (file, method string) {
	method, status := "REQUEST", "CONFIRMED"
	switch l.Kind {
	case mail.KindCancelled, mail.KindWithdrawn:
		method, status = "CANCEL", "CANCELLED"
	case mail.KindCode, mail.KindTest, mail.KindPassword:
		return "", ""
	case mail.KindInvitation, mail.KindRescheduled:
	}
	ends := l.StartsAt.Add(defaultLength)
	if l.EndsAt != nil {
		ends = *l.EndsAt
	}
	var b strings.Builder
	for _, line := range []string{
		"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Usher//Usher//EN", "CALSCALE:GREGORIAN", "METHOD:" + method,
		"BEGIN:VEVENT",
		"UID:" + calendarText(l.CalendarUID),
		fmt.Sprint("SEQUENCE:", l.CalendarSequence),
		"DTSTAMP:" + l.At.UTC().Format(calendarTime),
		"DTSTART:" + l.StartsAt.UTC().Format(calendarTime),
		"DTEND:" + ends.UTC().Format(calendarTime),
		"SUMMARY:" + calendarText(l.Room),
		"DESCRIPTION:" + calendarText(calendarWords[l.Language]+"\n"+l.RoomURL),
		"URL:" + l.RoomURL,
		"ORGANIZER;CN=" + calendarName(organizer) + ":" + calendarAddress(w.From),
		"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE;CN=" + calendarName(l.Name) + ":" + calendarAddress(l.Address),
		"STATUS:" + status, "CLASS:PRIVATE", "TRANSP:OPAQUE",
		"END:VEVENT", "END:VCALENDAR",
	} {
		fold(&b, line)
	}
	return b.String(), method
}

// calendarWords say where the link is.
var calendarWords = map[room.Language]string{
	room.English: "Your own link is in the email. Open the room by that.",
	room.German:  "Ihr eigener Link steht in der E-Mail. Öffnen Sie den Raum damit.",
}

// fold writes a line of a calendar file in parts that are short enough, at the boundaries of characters.
func fold(b *strings.Builder, line string) {
	room := calendarLine
	for len(line) > room {
		cut := room
		for !utf8.RuneStart(line[cut]) {
			cut--
		}
		b.WriteString(line[:cut] + "\r\n ")
		line, room = line[cut:], calendarLine-1
	}
	b.WriteString(line + "\r\n")
}

// calendarText escapes a text value (RFC 5545, 3.3.11).
func calendarText(text string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", "").Replace(text)
}

// calendarName returns a name as a quoted parameter. What would end it is written with a caret (RFC 6868), and control characters are left out
// (RFC 5545, 3.2). Otherwise a name could invite somebody else. Some calendars read a backslash as an escape and then lose the address, so it
// becomes a slash.
func calendarName(name string) string {
	return `"` + carets.Replace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, name)) + `"`
}

var carets = strings.NewReplacer("^", "^^", `"`, "^'", `\`, "/")

// calendarAddress returns an address as a URL. Everything but plain characters is encoded.
func calendarAddress(address string) string {
	var b strings.Builder
	for _, c := range []byte(address) {
		if c < utf8.RuneSelf && (unicode.IsLetter(rune(c)) || unicode.IsDigit(rune(c)) || strings.IndexByte("@.-_+~!$'*=", c) >= 0) {
			b.WriteByte(c)
			continue
		}
		fmt.Fprintf(&b, "%%%02X", c)
	}
	return "mailto:" + b.String()
}
