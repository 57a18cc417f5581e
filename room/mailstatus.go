package room

import (
	"context"
	"fmt"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/mail"
	"usher/live"
	"usher/problem"
)

// MailStatus is the state of the site's emails, for administrators (D17).
type MailStatus struct {
	Waiting    int
	OldestAt   *time.Time
	LastSentAt *time.Time
	Fault      *MailFault
	Reply      *string
	Test       *Mail
}

// testsPerDay limits the tests that one administrator asks for in 24 hours.
const testsPerDay = 20

// Status returns what waits, since when, and the fault of the site if its mail server cannot be used. Returns problem.ErrForbidden
// unless the asker is an administrator.
func (s *Letters) Status(ctx context.Context, actor auth.Actor) (*MailStatus, error) {
	if err := s.adminOnly(ctx, actor); err != nil {
		return nil, err
	}
	waiting := s.db.Mail.Query().Where(mail.StateEQ(mail.StateWaiting))
	n, err := waiting.Clone().Count(ctx)
	if err != nil {
		return nil, fmt.Errorf("count emails that wait: %w", err)
	}
	status := &MailStatus{Waiting: n}
	for _, one := range []struct {
		query *ent.MailQuery
		use   func(*ent.Mail)
	}{
		{waiting.Clone().Order(ent.Asc(mail.FieldAt)), func(m *ent.Mail) { status.OldestAt = &m.At }},
		{s.db.Mail.Query().Where(mail.SentAtNotNil()).Order(ent.Desc(mail.FieldSentAt)), func(m *ent.Mail) { status.LastSentAt = m.SentAt }},
		{waiting.Clone().Where(mail.Fault(string(FaultSite))), func(m *ent.Mail) {
			fault := FaultSite
			status.Fault, status.Reply = &fault, filled(m.Reply)
		}},
		{s.tests(actor.UserID()), func(m *ent.Mail) { status.Test = &Mail{Mail: m} }},
	} {
		m, err := one.query.First(ctx)
		if err == nil {
			one.use(m)
		} else if !ent.IsNotFound(err) {
			return nil, fmt.Errorf("read emails: %w", err)
		}
	}
	return status, nil
}

// tests selects the tests of an administrator, newest first.
func (s *Letters) tests(userID string) *ent.MailQuery {
	return s.db.Mail.Query().Where(mail.UserID(userID), mail.KindEQ(mail.KindTest)).Order(ent.Desc(mail.FieldAt, mail.FieldID))
}

// AskForTest asks for a test email to the asker. One that waits is not asked for twice. Returns MAIL_OFF, TOO_MANY_ATTEMPTS, or
// problem.ErrForbidden unless the asker is an administrator.
func (s *Letters) AskForTest(ctx context.Context, actor auth.Actor) (*Mail, error) {
	if err := s.adminOnly(ctx, actor); err != nil {
		return nil, err
	}
	if err := s.options.Mailing.refuse(true); err != nil {
		return nil, err
	}
	var asked *ent.Mail
	err := s.log.Write(ctx, func(tx *live.Tx) error {
		if err := tx.LockSite(ctx); err != nil {
			return err
		}
		tests, err := tx.Mail.Query().Where(mail.UserID(actor.UserID()), mail.KindEQ(mail.KindTest), mail.AtGT(tx.At.Add(-mailDay))).
			Order(ent.Desc(mail.FieldAt, mail.FieldID)).Limit(testsPerDay).All(ctx)
		if err != nil {
			return fmt.Errorf("read tests: %w", err)
		}
		if len(tests) > 0 && tests[0].State == mail.StateWaiting {
			asked = tests[0]
			return nil
		}
		if len(tests) == testsPerDay {
			return problem.New(problem.TooManyAttempts).Retry(tests[testsPerDay-1].At.Add(mailDay)).Then(problem.Wait).
				Saying("You have asked for many tests today. Wait until tomorrow.")
		}
		asked, err = tx.Mail.Create().SetKind(mail.KindTest).SetUserID(actor.UserID()).SetLanguage(string(s.options.Mailing.Language)).
			SetAt(tx.At).SetDueAt(tx.At).Save(ctx)
		return wrapped("write email", err)
	})
	if err != nil {
		return nil, err
	}
	return &Mail{Mail: asked}, nil
}
