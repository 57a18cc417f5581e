package room

import (
	"context"
	"fmt"
	"time"

	"usher/ent"
	"usher/ent/mail"
	"usher/problem"
)

// Mailing is how a site sends emails. The zero value sends none (D1).
type Mailing struct {
	On bool
	// Language is that of emails for which nobody chose one.
	Language Language
	// PerManager limits the emails that one manager causes in 24 hours.
	PerManager int
	// SiteName is what emails call the site.
	SiteName string
	// PublicURL is the address of the site's pages.
	PublicURL string
}

// Language is a language that emails are written in.
type Language string

const (
	English Language = "EN"
	German  Language = "DE"
)

// MailFault is why an email is late, failed or was dropped.
type MailFault string

const (
	FaultUnknownAddress MailFault = "UNKNOWN_ADDRESS"
	FaultMailboxFull    MailFault = "MAILBOX_FULL"
	FaultRefused        MailFault = "REFUSED"
	FaultSite           MailFault = "SITE"
	FaultTooLate        MailFault = "TOO_LATE"
	FaultTooMany        MailFault = "TOO_MANY"
	FaultStopped        MailFault = "STOPPED"
	FaultNotNeeded      MailFault = "NOT_NEEDED"
	FaultOther          MailFault = "OTHER"
)

// Mail is an email as one asker sees it.
type Mail struct {
	*ent.Mail
	Sight Sight
}

// Language returns the language that the email is written in.
func (m *Mail) Language() Language { return Language(m.Mail.Language) }

// Fault returns why the email is late, failed or was dropped, nil if there is no reason.
func (m *Mail) Fault() *MailFault {
	if m.Mail.Fault == "" {
		return nil
	}
	fault := MailFault(m.Mail.Fault)
	return &fault
}

// NextTryAt returns when a delayed email is tried again, nil for others.
func (m *Mail) NextTryAt() *time.Time {
	if m.State != mail.StateWaiting || m.Mail.Fault == "" {
		return nil
	}
	return &m.DueAt
}

// mailsShown limits the emails of an invitation that are shown.
const mailsShown = 20

// Mails reads the newest emails of invitations.
func (s *Rows) Mails(ctx context.Context, invitationIDs []string) (map[string][]*ent.Mail, error) {
	rows, err := s.db.Mail.Query().Where(mail.InvitationIDIn(invitationIDs...)).Order(ent.Desc(mail.FieldAt, mail.FieldID)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read emails: %w", err)
	}
	of := map[string][]*ent.Mail{}
	for _, m := range rows {
		if id := *m.InvitationID; len(of[id]) < mailsShown {
			of[id] = append(of[id], m)
		}
	}
	return of, nil
}

// refuse returns MAIL_OFF if somebody asks a site for an email that sends none (D1).
func (m Mailing) refuse(send bool) error {
	if send && !m.On {
		return problem.New(problem.MailOff)
	}
	return nil
}
