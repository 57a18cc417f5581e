package mail

import (
	"fmt"
	"time"

	"usher/ent/mail"
	"usher/role"
	"usher/room"
)

var englishDates = dates{day: func(t time.Time) string { return t.Format("Monday, 2 January 2006") }, until: " – "}

var englishRoles = map[role.RoomRole]string{role.Viewer: "Viewer", role.Speaker: "Speaker", role.Moderator: "Moderator"}

func english(l *room.Letter) sheet {
	title, inviter := unlinked(l.Room), unlinked(l.Inviter)
	s := sheet{
		Language: "en", Site: l.Site, Button: "Open the room", Whole: "Or copy this link into your browser:", Link: l.Link, StopURL: l.StopURL,
		Stop:   "I want no more emails from this site",
		Footer: fmt.Sprintf("%s sent this email, because somebody invited this address there. If you did not expect it, you can ignore it.", unlinked(l.Site)),
	}
	when := fact{"When", englishDates.span(l.StartsAt, l.EndsAt, l.TimeZone)}
	link := englishLink(l)
	switch l.Kind {
	case mail.KindInvitation:
		s.Subject = fmt.Sprintf("%s invites you: %s", l.Inviter, l.Room)
		s.Heading = fmt.Sprintf("%s invites you to “%s”", inviter, title)
		s.Facts = []fact{{"Room", title}, when, {"Your role", englishRoles[l.Role]}}
		s.Notes = link
	case mail.KindRescheduled:
		s.Subject = "New time: " + l.Room
		s.Heading = fmt.Sprintf("“%s” has a new time", title)
		s.Facts = []fact{{"New time", when.Value}, {"Before", englishDates.span(*l.BeforeStartsAt, l.BeforeEndsAt, l.TimeZone)}, {"Room", title}, {"Your role", englishRoles[l.Role]}}
		s.Notes = link
	case mail.KindCancelled:
		s.Subject = "Cancelled: " + l.Room
		s.Heading = fmt.Sprintf("“%s” does not take place", title)
		s.Facts = []fact{{"Room", title}, {"It was planned for", when.Value}}
		s.Notes = []string{"Your link no longer works."}
	case mail.KindWithdrawn:
		s.Subject = "Invitation withdrawn: " + l.Room
		s.Heading = fmt.Sprintf("Your invitation to “%s” was withdrawn", title)
		s.Facts = []fact{{"Room", title}, when}
		s.Notes = []string{"Your link no longer works. If this is a mistake, write to the person who invited you."}
	case mail.KindPassword:
		s.Subject = "Set your password: " + l.Site
		s.Heading = "Set your password"
		s.Button, s.Stop = "Set password", ""
		s.Paragraphs = []string{fmt.Sprintf("An administrator of %s sends you this link. By it you choose the password of your account.", unlinked(l.Site))}
		s.Footer = unlinked(l.Site) + " sent this email. If you did not expect it, you can ignore it."
		if l.Forgotten {
			s.Subject = "Your new password: " + l.Site
			s.Heading = "Choose a new password"
			s.Paragraphs = []string{fmt.Sprintf("Somebody said at %s that the password of your account is forgotten.", unlinked(l.Site))}
			s.Footer = unlinked(l.Site) + " sent this email. If it was not you who asked, ignore it: your password stays as it is."
		}
		s.Facts = []fact{{"Site", l.RoomURL}, {"Account", unlinked(l.Address)}}
		s.Notes = []string{"The link works once, until " + englishDates.span(*l.WorksUntil, nil, l.TimeZone) + ". Give it to nobody. A new password ends all other sign-ins."}
	case mail.KindCode:
		s.Subject = "Your code for " + l.Room
		s.Heading = fmt.Sprintf("Your code for “%s”", title)
		s.Paragraphs = []string{"Somebody opened your link and entered this address. If that was you, enter this code on the same page:"}
		s.Code = grouped(l.Code.Digits)
		s.Facts = []fact{
			{"Asked by", unlinked(browserOf(l, "an unknown browser"))},
			{"At", englishDates.span(l.Code.AskedAt, nil, l.TimeZone)},
			{"Works until", englishDates.span(l.Code.WorksUntil, nil, l.TimeZone)},
		}
		s.Notes = []string{"If it was not you, ignore this email and give the code to nobody. Without it, nobody else can use your link."}
	case mail.KindTest:
		s.Subject = "Test of the emails of " + l.Site
		s.Heading = "Emails of this site arrive"
		s.Paragraphs = []string{"An administrator asked for this test. There is nothing to do."}
		s.Facts = []fact{{"Site", l.RoomURL}}
		s.Footer = unlinked(l.Site) + " sent this email."
	}
	return s
}

// englishLink says what one needs to know about the link.
func englishLink(l *room.Letter) []string {
	works := "The link works until the session ends."
	if l.WorksUntil != nil {
		works = "The link works until " + englishDates.span(*l.WorksUntil, nil, l.TimeZone) + "."
	}
	return []string{
		works + " It is for you alone and opens the room on one device.",
		"The page asks for this email address. You need no account.",
	}
}
