package mail

import (
	"fmt"
	"strings"
	"time"

	"usher/room"
)

// words writes emails in each language. What people wrote goes through unlinked, except in subjects, where nothing becomes a link.
var words = map[room.Language]func(*room.Letter) sheet{room.English: english, room.German: german}

// via names the sender, in each language: who invites, and the site.
const via = "%s via %s"

// browserOf returns the browser and system that asked for a code, or the words for one that is not known. In German, `on` is `unter`.
func browserOf(l *room.Letter, unknown string) string {
	if l.Code.Browser == "" {
		return unknown
	}
	if l.Language == room.German {
		return strings.Replace(l.Code.Browser, " on ", " unter ", 1)
	}
	return l.Code.Browser
}

// local returns an instant in a zone, and the zone's name with its difference to UTC at that instant.
func local(at time.Time, zone string) (there time.Time, named string) {
	location, err := time.LoadLocation(zone)
	if err != nil {
		location = time.UTC
	}
	there = at.In(location)
	if zone == "UTC" || err != nil {
		return there, "UTC"
	}
	return there, fmt.Sprintf("%s, UTC%s", zone, there.Format("-07:00"))
}

// dates writes days and times in one language.
type dates struct {
	day   func(time.Time) string
	until string // between two times
	hour  string // after a time
}

// span returns the time of a session, such as `Friday, 27 November 2026, 14:00 – 15:00 (Europe/Berlin, UTC+01:00)`.
func (d dates) span(from time.Time, to *time.Time, zone string) string {
	there, named := local(from, zone)
	span := d.day(there) + ", " + there.Format("15:04")
	if to != nil {
		end, _ := local(*to, zone)
		span += d.until
		if end.Format(time.DateOnly) != there.Format(time.DateOnly) {
			span += d.day(end) + ", "
		}
		span += end.Format("15:04")
	}
	return span + d.hour + " (" + named + ")"
}
