package problem

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

type languageKey struct{}

// Speaking returns a context whose asker reads this language: "en" or "de".
func Speaking(ctx context.Context, language string) context.Context {
	return context.WithValue(ctx, languageKey{}, language)
}

// Said returns a sentence for the asker in their language. Sentences that are not known in German stay English.
func Said(ctx context.Context, sentence string) string {
	if ctx.Value(languageKey{}) == "de" {
		return German(sentence)
	}
	return sentence
}

// German returns a sentence of the server in German. It finds it by its English words, so that the code that refuses has one language.
// A test compares all sentences of the program with those here.
func German(sentence string) string {
	if german, ok := translated(sentence); ok {
		return german
	}
	// What follows the number of a line begins with a small letter.
	if first, size := utf8.DecodeRuneInString(sentence); unicode.IsLower(first) {
		if german, ok := translated(string(unicode.ToUpper(first)) + sentence[size:]); ok {
			return german
		}
	}
	return sentence
}

func translated(sentence string) (german string, ok bool) {
	all := sentences()
	if german, ok := all.whole[sentence]; ok {
		return german, true
	}
	for _, s := range all.withValues {
		if values := s.english.FindStringSubmatch(sentence); values != nil {
			german := s.german
			for i, value := range values[1:] {
				if !s.quoted[i] {
					value = germanValue(value)
				}
				german = strings.Replace(german, "%", strings.ReplaceAll(value, "%", "\x00"), 1)
			}
			return strings.ReplaceAll(german, "\x00", "%"), true
		}
	}
	return "", false
}

var thousands = regexp.MustCompile(`^\d{1,3}(,\d{3})+$`)

// germanValue returns a value of a sentence as German writes it: a number, or words that the program chose.
func germanValue(value string) string {
	if thousands.MatchString(value) {
		return strings.ReplaceAll(value, ",", ".")
	}
	return German(value)
}

type withValues struct {
	english *regexp.Regexp
	german  string
	quoted  []bool // the values that somebody typed: they stay as they are
}

type known struct {
	whole      map[string]string
	withValues []withValues
}

var sentences = sync.OnceValue(func() known {
	k := known{whole: map[string]string{}}
	for _, pair := range slices.Concat(germanCatalogue, germanSentences, germanMistakes) {
		english, german := pair[0], pair[1]
		if !strings.Contains(english, "%") {
			k.whole[english] = german
			continue
		}
		pattern := strings.ReplaceAll(regexp.QuoteMeta(english), "%", "(.+?)")
		var quoted []bool
		for before := range strings.SplitSeq(english, "%") {
			quoted = append(quoted, strings.HasSuffix(before, "“"))
		}
		k.withValues = append(k.withValues, withValues{regexp.MustCompile("(?s)^" + pattern + "$"), german, quoted})
	}
	return k
})

// germanCatalogue has the sentences of the catalogue. The English ones are repeated, so that a changed one asks for its German one.
var germanCatalogue = [][2]string{
	{"This link does not work. Check that you opened the whole link, or ask the person who sent it.", "Dieser Link funktioniert nicht. Prüfen Sie, ob Sie den ganzen Link geöffnet haben, oder fragen Sie die Person, die ihn gesendet hat."},
	{"The host made a newer link for you. Use the newest one.", "Die Leitung hat einen neueren Link für Sie erstellt. Nehmen Sie den neuesten."},
	{"This link has expired. You can ask the host to extend it.", "Dieser Link ist abgelaufen. Sie können die Leitung bitten, ihn zu verlängern."},
	{"The host has revoked this invitation.", "Die Leitung hat diese Einladung zurückgezogen."},
	{"This link belongs to another device. Continue there, or ask the host to release it.", "Dieser Link gehört zu einem anderen Gerät. Machen Sie dort weiter, oder bitten Sie die Leitung, es abzumelden."},
	{"This hand-over has ended. Begin again on the device that you want to leave.", "Diese Übergabe ist beendet. Beginnen Sie noch einmal auf dem Gerät, das Sie verlassen möchten."},
	{"This site does not let people move to another device.", "Auf dieser Website kann man nicht auf ein anderes Gerät umziehen."},
	{"This invitation is for another email address. Try the address that was invited.", "Diese Einladung gilt für eine andere E-Mail-Adresse. Versuchen Sie es mit der Adresse, mit der Sie eingeladen wurden."},
	{"Too many attempts. Wait 15 minutes, then try again.", "Zu viele Versuche. Warten Sie 15 Minuten und versuchen Sie es dann noch einmal."},
	{"This site does not allow this email domain.", "Diese Website lässt diese E-Mail-Domain nicht zu."},
	{"This room no longer exists.", "Diesen Raum gibt es nicht mehr."},
	{"The room is not available right now. Try again later.", "Der Raum ist gerade nicht verfügbar. Versuchen Sie es später noch einmal."},
	{"This session was cancelled.", "Diese Sitzung wurde abgesagt."},
	{"This session has ended.", "Diese Sitzung ist beendet."},
	{"Enter the code that was sent to the invited email address.", "Geben Sie den Code ein, der an die Adresse ging, mit der Sie eingeladen wurden."},
	{"This code is wrong. Enter the code from the newest email, on the device that asked for it.", "Dieser Code ist falsch. Geben Sie den Code aus der neuesten E-Mail auf dem Gerät ein, das ihn angefordert hat."},
	{"This code no longer works. Ask for a new one.", "Dieser Code funktioniert nicht mehr. Fordern Sie einen neuen an."},

	{"The session is not open yet.", "Die Sitzung läuft noch nicht."},
	{"The host did not let you in.", "Die Leitung hat Sie nicht eingelassen."},
	{"The host has blocked you from this session.", "Die Leitung hat Sie für diese Sitzung gesperrt."},
	{"The account of this email address is disabled.", "Das Konto dieser E-Mail-Adresse ist gesperrt."},

	{"An administrator has turned off invitations.", "Die Administration hat Einladungen ausgeschaltet."},
	{"Turn on Chat & Collaboration in the room before you invite people.", "Schalten Sie im Raum Chat & Zusammenarbeit ein, bevor Sie einladen."},
	{"The session is open. End it first.", "Die Sitzung läuft. Beenden Sie sie zuerst."},
	{"The room already has a scheduled or open session.", "Der Raum hat schon eine geplante oder laufende Sitzung."},
	{"This email address is already invited.", "Diese E-Mail-Adresse ist schon eingeladen."},
	{"This person already manages the room.", "Diese Person gehört schon zur Leitung des Raums."},
	{"Enter a valid email address.", "Geben Sie eine gültige E-Mail-Adresse ein."},
	{"Enter a name of 1 to 100 characters, with at least one letter.", "Geben Sie einen Namen mit höchstens 100 Zeichen und mindestens einem Buchstaben ein."},
	{"Choose another time.", "Wählen Sie eine andere Zeit."},
	{"This value is not allowed.", "Dieser Wert ist nicht erlaubt."},
	{"The link would expire before the session starts. Choose a later time.", "Der Link würde ablaufen, bevor die Sitzung beginnt. Wählen Sie eine spätere Zeit."},
	{"This invitation is not active. Make a new link.", "Diese Einladung gilt nicht. Erstellen Sie einen neuen Link."},
	{"A room needs an owner. Make somebody else an owner first.", "Ein Raum braucht eine Hauptleitung. Geben Sie zuerst einer anderen Person diese Rolle."},
	{"This is the last administrator of the site. Make somebody else an administrator first.", "Das ist die letzte Person in der Administration dieser Website. Nehmen Sie zuerst eine andere auf."},
	{"This email address already has an account.", "Diese E-Mail-Adresse hat schon ein Konto."},
	{"Somebody has already answered this. Reload to see the decision.", "Das hat schon jemand beantwortet. Laden Sie die Seite neu, um die Entscheidung zu sehen."},
	{"This has changed since you loaded it. Reload, then try again.", "Das hat sich geändert, seit Sie es geladen haben. Laden Sie die Seite neu und versuchen Sie es dann noch einmal."},
	{"You have reached a limit of this site. An administrator can raise it.", "Sie haben eine Grenze dieser Website erreicht. Die Administration kann sie anheben."},
	{"This site cannot send emails. Copy the link and send it yourself.", "Diese Website kann keine E-Mails senden. Kopieren Sie den Link und senden Sie ihn selbst."},

	{"You cannot write in the chat now.", "Sie können jetzt nicht im Chat schreiben."},
	{"This room takes no questions now.", "Dieser Raum nimmt jetzt keine Fragen an."},
	{"A moderator has paused your writing.", "Die Moderation hat Ihr Schreiben pausiert."},
	{"You write too fast. Wait a moment, then send it again.", "Sie schreiben zu schnell. Warten Sie einen Moment und senden Sie es dann noch einmal."},
	{"A message can be edited for 15 minutes.", "Eine Nachricht kann nur in den ersten 15 Minuten bearbeitet werden."},

	{"Nobody can raise a hand in this room now.", "In diesem Raum kann jetzt niemand die Hand heben."},
	{"Nobody can react in this room now.", "In diesem Raum kann jetzt niemand reagieren."},
	{"The hosts have declined your request twice. You cannot ask again in this session.", "Die Leitung hat Ihre Bitte zweimal abgelehnt. In dieser Sitzung können Sie nicht noch einmal bitten."},
	{"Another poll is running. Stop it first.", "Es läuft noch eine Umfrage. Schließen Sie sie zuerst."},
	{"This poll takes no answers now.", "Diese Umfrage nimmt jetzt keine Antworten an."},

	{"The email address or password is wrong.", "E-Mail-Adresse oder Passwort ist falsch."},
	{"Choose a less common password with at least 8 characters.", "Wählen Sie ein weniger gebräuchliches Passwort mit mindestens 8 Zeichen."},
	{"Sign in with the invited email address to use this link.", "Melden Sie sich mit der Adresse an, mit der Sie eingeladen wurden, um diesen Link zu benutzen."},
}
