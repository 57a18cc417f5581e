package mail

import (
	"errors"
	"net/textproto"
	"regexp"
	"strings"
	"unicode"

	gomail "github.com/wneessen/go-mail"

	"usher/ent/mail"
	"usher/room"
)

// read says what an error of an attempt means (D7). What the mail server refuses before it hears the recipient is the site's fault.
func read(err error) result {
	refused, ok := errors.AsType[*gomail.SendError](err)
	if !ok {
		return result{state: mail.StateWaiting, fault: room.FaultSite, reply: saidBy(err)}
	}
	r := result{code: refused.ErrorCode(), reply: saidBy(err)}
	switch refused.Reason {
	case gomail.ErrSMTPRcptTo, gomail.ErrSMTPData, gomail.ErrWriteContent, gomail.ErrSMTPDataClose:
	default:
		r.state, r.fault = mail.StateWaiting, room.FaultSite
		return r
	}
	switch {
	case r.code >= 500:
		r.state, r.fault = mail.StateFailed, faultOf(r.code, refused.EnhancedStatusCode())
	case r.code >= 400:
		r.state, r.fault = mail.StateWaiting, faultOf(r.code, refused.EnhancedStatusCode())
	default: // the connection broke, so the email may have been accepted
		r.state, r.fault = mail.StateWaiting, room.FaultOther
	}
	return r
}

// faultOf returns the reason of a refusal: by its enhanced status, otherwise by its code.
func faultOf(code int, enhanced string) room.MailFault {
	_, detail, _ := strings.Cut(enhanced, ".")
	switch {
	case detail == "2.2" || enhanced == "" && (code == 552 || code == 452):
		return room.FaultMailboxFull
	case code >= 500 && (strings.HasPrefix(detail, "1.") || enhanced == "" && (code == 550 || code == 551 || code == 553)):
		return room.FaultUnknownAddress
	case strings.HasPrefix(detail, "7.") || enhanced == "" && code == 554:
		return room.FaultRefused
	}
	return room.FaultOther
}

// maxReply limits the characters of a reply that are kept.
const maxReply = 200

// smtpReply finds a mail server's reply in the text of an error.
var smtpReply = regexp.MustCompile(`\b[245]\d\d[ -].*`)

// saidBy returns what an error says of the mail server, for administrators: in one line, without addresses and links.
func saidBy(err error) string {
	said := err.Error()
	if refused, ok := errors.AsType[*gomail.SendError](err); ok {
		said, _, _ = strings.Cut(said, ", affected ")
		said = strings.TrimPrefix(said, refused.Reason.String()+": ")
	}
	if reply, ok := errors.AsType[*textproto.Error](err); ok {
		said = reply.Error()
	} else if found := smtpReply.FindString(said); found != "" {
		said = found
	}
	said = strings.NewReplacer(`\n`, " ", `\"`, "", `"`, "").Replace(said) // net/textproto quotes what it was told
	words := strings.FieldsFunc(said, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) })
	for i, word := range words {
		if strings.ContainsAny(word, "@#") || strings.Contains(word, "://") {
			words[i] = "…"
		}
	}
	text := []rune(strings.Join(words, " "))
	return string(text[:min(len(text), maxReply)])
}
