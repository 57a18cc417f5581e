package room

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"usher/ent"
	"usher/ent/invitation"
	"usher/ent/mail"
	"usher/ent/session"
	"usher/role"
	"usher/text"
)

// Letters tells what emails say now. Package mail writes and sends them.
type Letters struct{ *core }

// Letter is what an email says, as things are now.
type Letter struct {
	Kind     mail.Kind
	Language Language
	Site     string
	// Address and Name are the recipient's.
	Address, Name string
	// Inviter and InviterAddress are those of who invited last (I4), empty for a test.
	Inviter, InviterAddress string
	Room                    string
	TimeZone                string
	Role                    role.RoomRole
	StartsAt                time.Time
	EndsAt                  *time.Time
	// BeforeStartsAt and BeforeEndsAt are the time that the last email announced, if another one did.
	BeforeStartsAt, BeforeEndsAt *time.Time
	// Link is empty where the email has none, and in a test. In a PASSWORD, it leads to the page that sets the password.
	Link string
	// WorksUntil is when the link stops working. If it is nil, that is when the session ends.
	WorksUntil *time.Time
	// RoomURL is the page of the room, which is no secret.
	RoomURL string
	// Code has the digits of a code, with the browser that asked for it, when, and until when it works. Only such an email has one.
	Code *LetterCode
	// Forgotten says that a PASSWORD was asked for on the page for signing in, otherwise by an administrator.
	Forgotten bool
	// StopURL leads to the page that stops emails to this address. A test and a PASSWORD have none.
	StopURL string
	// At is now.
	At time.Time
	// CalendarUID names the entry in calendars for ever. CalendarSequence grows with each change of it (D13).
	CalendarUID      string
	CalendarSequence int
}

// LetterCode is a code from the mailbox, as an email says it.
type LetterCode struct {
	Digits, Browser     string
	AskedAt, WorksUntil time.Time
}

// String keeps the digits out of logs.
func (LetterCode) String() string { return "code" }

// GoString keeps the digits out of logs.
func (LetterCode) GoString() string { return "code" }

// Read returns what an email says now. A fault says why it must not be sent (D4).
func (s *Letters) Read(ctx context.Context, m *ent.Mail) (*Letter, MailFault, error) {
	switch m.Kind {
	case mail.KindTest:
		return s.readTest(ctx, m)
	case mail.KindPassword:
		return s.readPassword(ctx, m)
	case mail.KindInvitation, mail.KindRescheduled, mail.KindCancelled, mail.KindWithdrawn, mail.KindCode:
	}
	i, err := s.db.Invitation.Query().Where(invitation.ID(*m.InvitationID)).WithSession().WithRoom().WithInvitedBy().Only(ctx)
	if ent.IsNotFound(err) {
		return nil, FaultNotNeeded, nil
	}
	if err != nil {
		return nil, "", fmt.Errorf("read invitation: %w", err)
	}
	if text.IsErased(i.Email) {
		return nil, FaultNotNeeded, nil
	}
	if stopped, err := s.stopped(ctx, i.Email); err != nil || stopped {
		return nil, FaultStopped, err
	}
	if m.Kind == mail.KindCode {
		return s.readCode(ctx, m, i)
	}
	last, err := s.db.Mail.Query().Where(mail.InvitationID(i.ID), mail.StateEQ(mail.StateSent), mail.StartsAtNotNil()).
		Order(ent.Desc(mail.FieldSentAt, mail.FieldID)).First(ctx)
	if err != nil && !ent.IsNotFound(err) {
		return nil, "", fmt.Errorf("read last email: %w", err)
	}
	if !s.needed(m.Kind, i, last) {
		return nil, FaultNotNeeded, nil
	}
	return s.letter(m, i, last), "", nil
}

// needed reports whether an email still makes sense. last is the last email sent for the invitation, or nil.
func (s *Letters) needed(kind mail.Kind, i *ent.Invitation, last *ent.Mail) bool {
	of, r := i.Edges.Session, i.Edges.Room
	works := usable(statusOf(i, of, r, s.now()))
	switch kind {
	case mail.KindInvitation:
		return works
	case mail.KindRescheduled:
		return works && of.State == session.StateScheduled && last != nil &&
			(!last.StartsAt.Equal(of.StartsAt) || !sameTime(last.EndsAt, of.EndsAt))
	case mail.KindCancelled:
		return last != nil && i.RevokedAt == nil && (of.State == session.StateCancelled || r.DeletedAt != nil)
	case mail.KindWithdrawn:
		return last != nil && i.RevokedAt != nil
	case mail.KindCode, mail.KindTest, mail.KindPassword:
	}
	return false
}

func (s *Letters) letter(m *ent.Mail, i *ent.Invitation, last *ent.Mail) *Letter {
	of, r, by := i.Edges.Session, i.Edges.Room, i.Edges.InvitedBy
	l := &Letter{
		Kind: m.Kind, Language: Language(m.Language), Site: s.options.Mailing.SiteName,
		Address: deliverable(i.EmailTyped, i.Email), Name: text.FullName(i.FirstName, i.LastName),
		Inviter: text.FullName(by.FirstName, by.LastName), InviterAddress: deliverable(by.EmailTyped, by.Email),
		Room: r.Title, TimeZone: r.TimeZone, Role: i.Role, StartsAt: of.StartsAt, EndsAt: of.EndsAt, WorksUntil: i.ExpiresAt,
		RoomURL: s.options.Mailing.PublicURL + "/rooms/" + r.ID, StopURL: s.stopURL(m.ID), At: s.now(),
		CalendarUID: i.ID + "@" + hostOf(s.options.Mailing.PublicURL), CalendarSequence: of.Sequence + 2*i.Generation,
	}
	if m.Kind == mail.KindInvitation || m.Kind == mail.KindRescheduled {
		l.Link = s.options.JoinURL + "#" + s.options.Keys.Token([16]byte(i.PublicID), uint32(i.Generation))
	}
	if m.Kind == mail.KindRescheduled {
		l.BeforeStartsAt, l.BeforeEndsAt = last.StartsAt, last.EndsAt
	}
	if m.Kind == mail.KindWithdrawn || r.DeletedAt != nil {
		l.CalendarSequence++ // above that of the entry that it cancels, and below that of the next link
	}
	return l
}

// deliverable returns an address for mail servers: its domain in ASCII, and the part before it as it was typed. It is empty for an
// erased person.
func deliverable(typed, normal string) string {
	local, domain, ok := strings.Cut(normal, "@")
	if !ok {
		return ""
	}
	if at := strings.LastIndexByte(typed, '@'); at > 0 && strings.EqualFold(typed[:at], local) {
		local = typed[:at]
	}
	return local + "@" + domain
}

func (s *Letters) readTest(ctx context.Context, m *ent.Mail) (*Letter, MailFault, error) {
	u, err := s.db.User.Get(ctx, *m.UserID)
	if ent.IsNotFound(err) || err == nil && (u.DisabledAt != nil || text.IsErased(u.Email)) {
		return nil, FaultNotNeeded, nil
	}
	if err != nil {
		return nil, "", fmt.Errorf("read account: %w", err)
	}
	return TestLetter(s.options.Mailing, deliverable(u.EmailTyped, u.Email), text.FullName(u.FirstName, u.LastName), Language(m.Language)), "", nil
}

// hostOf returns the host of a URL, without a port.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// TestLetter returns what a test email of a site says.
func TestLetter(m Mailing, address, name string, language Language) *Letter {
	return &Letter{Kind: mail.KindTest, Language: language, Site: m.SiteName, Address: address, Name: name, RoomURL: m.PublicURL}
}
