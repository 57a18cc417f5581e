package mail

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	htmltemplate "html/template"
	"strings"
	"text/template"

	gomail "github.com/wneessen/go-mail"

	"usher/ent"
	"usher/room"
)

// Writer writes emails as messages.
type Writer struct {
	// From is the address that emails come from.
	From string
	// ReplyTo is where replies go, empty for the address of the inviter.
	ReplyTo string
	// Host is the site's, for Message-IDs.
	Host string
}

//go:embed frame.txt frame.html
var frames embed.FS

var (
	textFrame = template.Must(template.ParseFS(frames, "frame.txt"))
	htmlFrame = htmltemplate.Must(htmltemplate.ParseFS(frames, "frame.html"))
)

// sheet is an email in words. Both of its parts show the same.
type sheet struct {
	Language, Site, Subject, Heading string
	Paragraphs                       []string
	// Code has the digits of a code, as people read them aloud.
	Code  string
	Facts []fact
	// Button says what the link does. Link is empty in an email without one.
	Button, Link string
	// Whole says that the link can be copied instead.
	Whole  string
	Notes  []string
	Footer string
	// Stop is what StopURL does.
	Stop, StopURL string
}

type fact struct{ Name, Value string }

// errAddress names no address, because the log must not (D14).
var errAddress = errors.New("the address of the recipient or the inviter cannot be written")

// messageID returns the id of an edition of an email, without the site's host. It never changes, so that a mailbox can recognise an
// email that was sent twice.
func messageID(row *ent.Mail) string { return fmt.Sprintf("%s.%d", row.ID, row.Edition) }

// write returns an email as a message with the id.
func (w Writer) write(id string, l *room.Letter) (*gomail.Msg, error) {
	s := words[l.Language](l)
	var plain, rich bytes.Buffer
	if err := textFrame.Execute(&plain, s); err != nil {
		return nil, fmt.Errorf("write text: %w", err)
	}
	if err := htmlFrame.Execute(&rich, s); err != nil {
		return nil, fmt.Errorf("write HTML: %w", err)
	}
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	name := l.Site
	if l.Inviter != "" {
		name = fmt.Sprintf(via, l.Inviter, l.Site)
	}
	if err := m.FromFormat(name, w.From); err != nil {
		return nil, fmt.Errorf("set sender: %w", err)
	}
	if err := m.AddToFormat(l.Name, l.Address); err != nil {
		return nil, errAddress
	}
	if to := w.replyTo(l); to != "" {
		if err := m.ReplyTo(to); err != nil {
			return nil, errAddress
		}
	}
	m.SetMessageIDWithValue(id + "@" + w.Host)
	m.SetDate()
	m.Subject(s.Subject)
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	if l.StopURL != "" { // one click in a mail program does what the link below the email leads to (RFC 8058)
		m.SetGenHeader(gomail.HeaderListUnsubscribe, "<"+l.StopURL+">")
		m.SetGenHeader(gomail.HeaderListUnsubscribePost, "List-Unsubscribe=One-Click")
	}
	m.SetBodyString(gomail.TypeTextPlain, plain.String())
	m.AddAlternativeString(gomail.TypeTextHTML, rich.String())
	if file, method := w.calendar(l, name); file != "" {
		m.AddAlternativeString(gomail.ContentType("text/calendar; method="+method), file)
		err := m.AttachReader("invite.ics", strings.NewReader(file), gomail.WithFileContentType(gomail.ContentType("text/calendar; charset=UTF-8; method="+method)))
		if err != nil {
			return nil, fmt.Errorf("attach calendar: %w", err)
		}
	}
	return m, nil
}

// replyTo returns where replies go, empty for where the email comes from.
func (w Writer) replyTo(l *room.Letter) string {
	if w.ReplyTo != "" {
		return w.ReplyTo
	}
	return l.InviterAddress
}

// grouped returns the digits of a code in two groups, which people read and type more easily.
func grouped(digits string) string { return digits[:3] + " " + digits[3:] }

// unlinked returns text that people wrote, so that no mail program makes a link of a part of it: a space of no width breaks it (D12).
func unlinked(written string) string {
	var b strings.Builder
	runes := []rune(written)
	for i, r := range runes {
		b.WriteRune(r)
		if i+1 < len(runes) && strings.ContainsRune(".:@/", r) && runes[i+1] != ' ' {
			b.WriteRune('\u200b')
		}
	}
	return b.String()
}
