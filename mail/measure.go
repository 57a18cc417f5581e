package mail

import (
	"context"
	"time"

	"usher/ent"
	"usher/ent/mail"
	"usher/metric"
	"usher/room"
)

// measureWithin limits how long the metrics wait for the database.
const measureWithin = time.Second

// measure declares the metrics of emails.
func (s *Sender) measure(set *metric.Set) {
	s.tried = set.Counters("usher_mail_attempts_total", "Attempts of this server to send an email, by what became of it.",
		metric.Label{Name: "state", Values: []string{string(mail.StateSent), string(mail.StateWaiting), string(mail.StateFailed)}},
		metric.Label{Name: "fault", Values: []string{
			"", string(room.FaultUnknownAddress), string(room.FaultMailboxFull), string(room.FaultRefused), string(room.FaultSite), string(room.FaultOther),
		}})
	set.Gauges("usher_mail_waiting", "Emails of the site that wait to be sent.", func(is func(float64, ...string)) {
		ctx, cancel := context.WithTimeout(context.Background(), measureWithin)
		defer cancel()
		if n, err := s.db.Mail.Query().Where(mail.StateEQ(mail.StateWaiting)).Count(ctx); err == nil {
			is(float64(n))
		}
	})
	set.Gauges("usher_mail_late_seconds", "How long the email has been due that has waited longest.", func(is func(float64, ...string)) {
		ctx, cancel := context.WithTimeout(context.Background(), measureWithin)
		defer cancel()
		first, err := s.db.Mail.Query().Where(mail.StateEQ(mail.StateWaiting)).Order(mail.ByDueAt()).Select(mail.FieldDueAt).First(ctx)
		switch {
		case ent.IsNotFound(err):
			is(0)
		case err == nil:
			is(max(0, s.log.Now().Sub(first.DueAt).Seconds()))
		}
	})
}
