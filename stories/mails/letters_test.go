package mails

import (
	"flag"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"usher/ent/mail"
	mailer "usher/mail"
	"usher/role"
	"usher/room"
	. "usher/sitetest"
)

var update = flag.Bool("update", false, "write the letters to testdata as they are now")

const (
	letterSite = "https://usher.example"
	// maxLetter limits the bytes of an email: mail programs cut off longer ones.
	maxLetter = 60_000
	// understood is the least part of the HTML that mail programs must support wholly or partly, in percent. What some do not support are
	// dark colours and the breaking of long words, without which an email reads well too.
	understood = 95
)

// variants are what makes letters difficult, by name.
var variants = []struct {
	name   string
	change func(l *room.Letter)
}{
	{"plain", func(*room.Letter) {}},
	{"no end", func(l *room.Letter) { l.EndsAt, l.BeforeEndsAt = nil, nil }},
	{"a long title", func(l *room.Letter) { l.Room = strings.Repeat("Ünïcode ", 25) }},
	{"names from right to left", func(l *room.Letter) { l.Inviter, l.Name = "נועה לוי", "محمد علي" }},
	{"a tag", func(l *room.Letter) { l.Room, l.Inviter = "<b>Sale</b>", "<i>Eve</i>" }},
	{"a link", func(l *room.Letter) {
		l.Room, l.Inviter, l.Site = "http://x", "https://evil.example/y", "www.evil.example"
	}},
}

func letterOf(kind mail.Kind, language room.Language) *room.Letter {
	starts := time.Date(2026, 12, 3, 13, 0, 0, 0, time.UTC)
	ends, before, until := starts.Add(90*time.Minute), starts.Add(-24*time.Hour), starts.Add(48*time.Hour)
	beforeEnds := before.Add(time.Hour)
	l := &room.Letter{
		Kind: kind, Language: language, Site: "Usher", RoomURL: letterSite + "/rooms/rm_1", Name: "Grace Guest", At: before,
		Inviter: "Ada Host", InviterAddress: "ada@example.com", Room: "Town hall", TimeZone: "Europe/Berlin", Role: role.Speaker,
		StartsAt: starts, EndsAt: &ends, BeforeStartsAt: &before, BeforeEndsAt: &beforeEnds,
		StopURL: letterSite + room.StopPath + "ml_1.proof", CalendarUID: "in_1@usher.example", CalendarSequence: 3,
	}
	switch kind {
	case mail.KindInvitation, mail.KindRescheduled:
		l.Link = letterSite + "/join#u1_" + strings.Repeat("A", 60)
		l.WorksUntil = &until
	case mail.KindPassword:
		l.Link, l.WorksUntil = letterSite+"/password#usher_p_"+strings.Repeat("A", 90), &until
	case mail.KindCode:
		l.Inviter, l.InviterAddress, l.StartsAt, l.EndsAt = "", "", time.Time{}, nil
		l.Code = &room.LetterCode{Digits: "012345", Browser: "Firefox on Windows", AskedAt: before, WorksUntil: before.Add(10 * time.Minute)}
	case mail.KindCancelled, mail.KindWithdrawn, mail.KindTest: // no link
	}
	if kind == mail.KindPassword || kind == mail.KindTest {
		l.Inviter, l.InviterAddress, l.Room, l.StopURL, l.RoomURL, l.StartsAt, l.TimeZone = "", "", "", "", letterSite, time.Time{}, "UTC"
	}
	return l
}

// letterKinds are all letters: of each kind, and both of PASSWORD.
var letterKinds = []struct {
	name   string
	kind   mail.Kind
	change func(l *room.Letter)
}{
	{"invitation", mail.KindInvitation, nil},
	{"invitation until the end", mail.KindInvitation, func(l *room.Letter) { l.WorksUntil = nil }},
	{"rescheduled", mail.KindRescheduled, nil},
	{"cancelled", mail.KindCancelled, nil},
	{"withdrawn", mail.KindWithdrawn, nil},
	{"password of an administrator", mail.KindPassword, nil},
	{"password forgotten", mail.KindPassword, func(l *room.Letter) { l.Forgotten = true }},
	{"code", mail.KindCode, nil},
	{"test", mail.KindTest, nil},
}

func TestD12_EveryLetterIsAsItWasReviewed(t *testing.T) {
	pit := StartMailpit(t)
	at, err := url.Parse("smtp://" + pit.SMTP)
	MustHave(t, "the address", err)
	server := mailer.Server{Host: at.Hostname(), Plain: true, Name: "usher.example"}
	_, err = fmt.Sscan(at.Port(), &server.Port)
	MustHave(t, "the port", err)
	writer := mailer.Writer{From: "usher@site.example", ReplyTo: "help@site.example", Host: "usher.example"}
	for k, of := range letterKinds {
		for _, language := range []room.Language{room.English, room.German} {
			var all strings.Builder
			for v, variant := range variants {
				l := letterOf(of.kind, language)
				if of.change != nil {
					of.change(l)
				}
				variant.change(l)
				if of.kind == mail.KindCode {
					l.Inviter = ""
				}
				if of.kind == mail.KindTest || of.kind == mail.KindPassword {
					l.Inviter, l.Room = "", ""
				}
				l.Address = fmt.Sprintf("grace%d.%d.%s@example.org", k, v, strings.ToLower(string(language)))
				MustHave(t, "the letter", server.SendTest(t.Context(), writer, "ml_1.1", l))
				got := pit.Wait(l.Address, 1)[0]
				t.Run(fmt.Sprintf("%s %s, %s", of.name, language, variant.name), func(t *testing.T) { checkLetter(t, pit, got) })
				fmt.Fprintf(&all, "=== %s\nFrom: %s\nSubject: %s\n\n%s\n", variant.name, got.FromName, got.Subject, got.Text)
				if v == 0 {
					fmt.Fprintf(&all, "=== as HTML\n%s\n", strings.ReplaceAll(got.HTML, "\r\n", "\n"))
				}
			}
			sameLetter(t, fmt.Sprintf("%s.%s.txt", strings.ReplaceAll(of.name, " ", "-"), strings.ToLower(string(language))), all.String())
		}
	}
}

// sameLetter compares with what is in testdata.
func sameLetter(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", "letters", name)
	if *update {
		MustHave(t, "the folder", os.MkdirAll(filepath.Dir(file), 0o750))
		MustWrite(t, file, got, 0o600)
		return
	}
	if want := MustReadFile(t, file); got != want {
		t.Errorf("%s is not as in testdata. If that is right, run the test with -update and review the change.\n%s", name, got)
	}
}

var anyLink = regexp.MustCompile(`(?i)(?:https?:|www\.)[^\s"<>\x{200b}]+`)

// checkLetter checks what holds for each letter.
func checkLetter(t *testing.T, pit *Mailpit, got Letter) {
	t.Helper()
	if len(got.Raw) > maxLetter {
		t.Errorf("it has %d bytes", len(got.Raw))
	}
	for part, text := range map[string]string{"text": got.Text, "HTML": got.HTML} {
		for _, link := range anyLink.FindAllString(text, -1) {
			if !strings.HasPrefix(link, letterSite) {
				t.Errorf("the %s has the link %s", part, link)
			}
		}
	}
	for _, tag := range []string{"<b>Sale", "<i>Eve", "<script", "<img", "<link"} {
		if strings.Contains(got.HTML, tag) {
			t.Errorf("the HTML has %s", tag)
		}
	}
	if supported := pit.Supported(got.ID); supported < understood {
		t.Errorf("mail programs support %.1f %% of its HTML", supported)
	}
}
