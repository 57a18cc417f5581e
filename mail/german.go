package mail

import (
	"fmt"
	"time"

	"usher/ent/mail"
	"usher/role"
	"usher/room"
)

var (
	germanDays   = [...]string{"Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"}
	germanMonths = [...]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"}
)

var germanDates = dates{day: func(t time.Time) string {
	return fmt.Sprintf("%s, %d.\u00a0%s %d", germanDays[t.Weekday()], t.Day(), germanMonths[t.Month()-1], t.Year())
}, until: " – ", hour: "\u00a0Uhr"}

// The app's words for roles.
var germanRoles = map[role.RoomRole]string{role.Viewer: "Publikum", role.Speaker: "Podium", role.Moderator: "Moderation"}

func german(l *room.Letter) sheet {
	title, inviter := unlinked(l.Room), unlinked(l.Inviter)
	s := sheet{
		Language: "de", Site: l.Site, Button: "Raum öffnen", Whole: "Oder kopieren Sie diesen Link in Ihren Browser:", Link: l.Link, StopURL: l.StopURL,
		Stop:   "Ich möchte keine E-Mails dieser Website mehr",
		Footer: fmt.Sprintf("%s hat diese E-Mail gesendet, weil diese Adresse dort eingeladen wurde. Wenn Sie sie nicht erwartet haben, können Sie sie ignorieren.", unlinked(l.Site)),
	}
	when := fact{"Wann", germanDates.span(l.StartsAt, l.EndsAt, l.TimeZone)}
	link := germanLink(l)
	switch l.Kind {
	case mail.KindInvitation:
		s.Subject = fmt.Sprintf("%s lädt Sie ein: %s", l.Inviter, l.Room)
		s.Heading = fmt.Sprintf("%s lädt Sie zu „%s“ ein", inviter, title)
		s.Facts = []fact{{"Raum", title}, when, {"Ihre Rolle", germanRoles[l.Role]}}
		s.Notes = link
	case mail.KindRescheduled:
		s.Subject = "Neuer Termin: " + l.Room
		s.Heading = fmt.Sprintf("„%s“ hat einen neuen Termin", title)
		s.Facts = []fact{{"Neuer Termin", when.Value}, {"Bisher", germanDates.span(*l.BeforeStartsAt, l.BeforeEndsAt, l.TimeZone)}, {"Raum", title}, {"Ihre Rolle", germanRoles[l.Role]}}
		s.Notes = link
	case mail.KindCancelled:
		s.Subject = "Abgesagt: " + l.Room
		s.Heading = fmt.Sprintf("„%s“ findet nicht statt", title)
		s.Facts = []fact{{"Raum", title}, {"Geplant war", when.Value}}
		s.Notes = []string{"Ihr Link funktioniert nicht mehr."}
	case mail.KindWithdrawn:
		s.Subject = "Einladung zurückgezogen: " + l.Room
		s.Heading = fmt.Sprintf("Ihre Einladung zu „%s“ wurde zurückgezogen", title)
		s.Facts = []fact{{"Raum", title}, when}
		s.Notes = []string{"Ihr Link funktioniert nicht mehr. Wenn das ein Irrtum ist, schreiben Sie der Person, die Sie eingeladen hat."}
	case mail.KindPassword:
		s.Subject = "Passwort festlegen: " + l.Site
		s.Heading = "Legen Sie Ihr Passwort fest"
		s.Button, s.Stop = "Passwort festlegen", ""
		s.Paragraphs = []string{fmt.Sprintf("Die Administration von %s sendet Ihnen diesen Link. Damit wählen Sie das Passwort Ihres Kontos.", unlinked(l.Site))}
		s.Footer = unlinked(l.Site) + " hat diese E-Mail gesendet. Wenn Sie sie nicht erwartet haben, können Sie sie ignorieren."
		if l.Forgotten {
			s.Subject = "Ihr neues Passwort: " + l.Site
			s.Heading = "Wählen Sie ein neues Passwort"
			s.Paragraphs = []string{fmt.Sprintf("Jemand hat auf %s ein neues Passwort für Ihr Konto angefordert.", unlinked(l.Site))}
			s.Footer = unlinked(l.Site) + " hat diese E-Mail gesendet. Wenn Sie das nicht waren, ignorieren Sie sie: Ihr Passwort bleibt, wie es ist."
		}
		s.Facts = []fact{{"Website", l.RoomURL}, {"Konto", unlinked(l.Address)}}
		s.Notes = []string{"Der Link funktioniert einmal, bis " + germanDates.span(*l.WorksUntil, nil, l.TimeZone) + ". Geben Sie ihn nicht weiter. Mit einem neuen Passwort werden Sie überall sonst abgemeldet."}
	case mail.KindCode:
		s.Subject = "Ihr Code für " + l.Room
		s.Heading = fmt.Sprintf("Ihr Code für „%s“", title)
		s.Paragraphs = []string{"Jemand hat Ihren Link geöffnet und diese Adresse eingegeben. Wenn Sie das waren, geben Sie diesen Code auf derselben Seite ein:"}
		s.Code = grouped(l.Code.Digits)
		s.Facts = []fact{
			{"Angefordert mit", unlinked(browserOf(l, "unbekanntem Browser"))},
			{"Angefordert am", germanDates.span(l.Code.AskedAt, nil, l.TimeZone)},
			{"Gültig bis", germanDates.span(l.Code.WorksUntil, nil, l.TimeZone)},
		}
		s.Notes = []string{"Wenn Sie das nicht waren, ignorieren Sie diese E-Mail und geben Sie den Code nicht weiter. Ohne ihn kann niemand anders Ihren Link benutzen."}
	case mail.KindTest:
		s.Subject = "Test der E-Mails von " + l.Site
		s.Heading = "E-Mails dieser Website kommen an"
		s.Paragraphs = []string{"Die Administration hat diesen Test angefordert. Sie müssen nichts tun."}
		s.Facts = []fact{{"Website", l.RoomURL}}
		s.Footer = unlinked(l.Site) + " hat diese E-Mail gesendet."
	}
	return s
}

// germanLink says what one needs to know about the link.
func germanLink(l *room.Letter) []string {
	works := "Der Link funktioniert, bis die Sitzung endet."
	if l.WorksUntil != nil {
		works = "Der Link funktioniert bis " + germanDates.span(*l.WorksUntil, nil, l.TimeZone) + "."
	}
	return []string{
		works + " Er ist nur für Sie und öffnet den Raum auf einem Gerät.",
		"Die Seite fragt nach dieser E-Mail-Adresse. Sie brauchen kein Konto.",
	}
}
