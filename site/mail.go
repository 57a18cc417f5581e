package site

import (
	"strings"

	"usher/mail"
	"usher/room"
	"usher/settings"
)

// MailServer returns the site's mail server.
func MailServer(s *settings.Settings) mail.Server {
	host, port, user, password, direct, plain := s.SMTPURL.Server()
	return mail.Server{Host: host, Port: port, User: user, Password: password, Direct: direct, Plain: plain, Name: s.PublicURL.URL().Hostname()}
}

// MailWriter returns what writes the site's emails.
func MailWriter(s *settings.Settings) mail.Writer {
	return mail.Writer{From: string(s.MailFrom), ReplyTo: repliesTo(s), Host: s.PublicURL.URL().Hostname()}
}

// repliesTo returns where replies to emails go, empty for the address of who caused the email.
func repliesTo(s *settings.Settings) string {
	switch s.MailReplyTo {
	case settings.RepliesToSite:
		return string(s.MailFrom)
	case settings.RepliesToManager:
		return ""
	}
	return string(s.MailReplyTo)
}

// Mailing returns what rooms need to know of the site's emails.
func Mailing(s *settings.Settings) room.Mailing {
	return room.Mailing{
		On: s.On(), Language: room.Language(strings.ToUpper(string(s.MailLanguage))), PerManager: int(s.MailsPerManager),
		SiteName: string(s.SiteName), PublicURL: string(s.PublicURL),
	}
}
