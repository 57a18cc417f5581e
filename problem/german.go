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
			for _, value := range values[1:] {
				german = strings.Replace(german, "%", strings.ReplaceAll(German(value), "%", "\x00"), 1)
			}
			return strings.ReplaceAll(german, "\x00", "%"), true
		}
	}
	return "", false
}

type withValues struct {
	english *regexp.Regexp
	german  string
}

type known struct {
	whole      map[string]string
	withValues []withValues
}

var sentences = sync.OnceValue(func() known {
	k := known{whole: map[string]string{}}
	for code, german := range germanCodes {
		k.whole[catalogue[code].message] = german
	}
	for _, pair := range slices.Concat(germanSentences, germanMistakes) {
		english, german := pair[0], pair[1]
		if !strings.Contains(english, "%") {
			k.whole[english] = german
			continue
		}
		pattern := strings.ReplaceAll(regexp.QuoteMeta(english), "%", "(.+?)")
		k.withValues = append(k.withValues, withValues{regexp.MustCompile("(?s)^" + pattern + "$"), german})
	}
	return k
})

// germanCodes has the sentences of the catalogue.
var germanCodes = map[Code]string{
	LinkNotValid:       "Dieser Link funktioniert nicht. Prüfen Sie, ob Sie den ganzen Link geöffnet haben, oder fragen Sie die Person, die ihn gesendet hat.",
	LinkReplaced:       "Die Leitung hat einen neueren Link für Sie erstellt. Nehmen Sie den neuesten.",
	LinkExpired:        "Dieser Link ist abgelaufen. Sie können die Leitung bitten, ihn zu verlängern.",
	InvitationRevoked:  "Die Leitung hat diese Einladung zurückgezogen.",
	UsedOnOtherDevice:  "Dieser Link gehört zu einem anderen Gerät. Machen Sie dort weiter, oder bitten Sie die Leitung, es freizugeben.",
	HandOverEnded:      "Diese Übergabe ist beendet. Beginnen Sie noch einmal auf dem Gerät, das Sie verlassen möchten.",
	MovingOff:          "Auf dieser Website kann man nicht auf ein anderes Gerät umziehen.",
	EmailMismatch:      "Diese Einladung gilt für eine andere E-Mail-Adresse. Versuchen Sie es mit der eingeladenen.",
	TooManyAttempts:    "Zu viele Versuche. Warten Sie 15 Minuten und versuchen Sie es dann noch einmal.",
	EmailDomainBlocked: "Diese Website lässt diese E-Mail-Domain nicht zu.",
	RoomDeleted:        "Diesen Raum gibt es nicht mehr.",
	RoomNotAvailable:   "Der Raum ist gerade nicht verfügbar. Versuchen Sie es später noch einmal.",
	SessionCancelled:   "Diese Sitzung wurde abgesagt.",
	SessionEnded:       "Diese Sitzung ist beendet.",
	CodeRequired:       "Geben Sie den Code ein, der an die eingeladene E-Mail-Adresse gesendet wurde.",
	CodeWrong:          "Dieser Code ist falsch. Geben Sie den Code aus der neuesten E-Mail auf dem Gerät ein, das ihn angefordert hat.",
	CodeExpired:        "Dieser Code funktioniert nicht mehr. Fordern Sie einen neuen an.",

	SessionNotOpen:     "Die Sitzung ist noch nicht offen.",
	EntryDenied:        "Die Leitung hat Sie nicht eingelassen.",
	ParticipantBlocked: "Die Leitung hat Sie für diese Sitzung gesperrt.",
	AccountDisabled:    "Das Konto dieser E-Mail-Adresse ist gesperrt.",

	InvitationsOff:          "Die Administration hat Einladungen ausgeschaltet.",
	ChatAndCollaborationOff: "Schalten Sie im Raum Chat & Zusammenarbeit ein, bevor Sie einladen.",
	SessionOpen:             "Die Sitzung läuft. Beenden Sie sie zuerst.",
	SessionExists:           "Der Raum hat schon eine geplante oder laufende Sitzung.",
	AlreadyInvited:          "Diese E-Mail-Adresse ist schon eingeladen.",
	AlreadyManager:          "Diese Person gehört schon zur Leitung des Raums.",
	InvalidEmail:            "Geben Sie eine gültige E-Mail-Adresse ein.",
	InvalidName:             "Geben Sie einen Namen mit 1 bis 100 Zeichen ein, darunter mindestens ein Buchstabe.",
	InvalidTime:             "Wählen Sie eine andere Zeit.",
	InvalidValue:            "Dieser Wert ist nicht erlaubt.",
	ExpiryBeforeStart:       "Der Link würde ablaufen, bevor die Sitzung beginnt. Wählen Sie eine spätere Zeit.",
	InvitationNotActive:     "Diese Einladung gilt nicht. Erstellen Sie einen neuen Link.",
	LastOwner:               "Ein Raum braucht eine Hauptleitung. Geben Sie zuerst einer anderen Person diese Rolle.",
	LastAdmin:               "Das ist die letzte Person in der Administration dieser Website. Nehmen Sie zuerst eine andere auf.",
	EmailTaken:              "Diese E-Mail-Adresse hat schon ein Konto.",
	AlreadyHandled:          "Das hat schon jemand beantwortet. Laden Sie neu, um die Entscheidung zu sehen.",
	StaleRevision:           "Das hat sich geändert, seit Sie es geladen haben. Laden Sie neu und versuchen Sie es dann noch einmal.",
	QuotaExceeded:           "Sie haben eine Grenze dieser Website erreicht. Die Administration kann sie anheben.",
	MailOff:                 "Diese Website kann keine E-Mails senden. Kopieren Sie den Link und senden Sie ihn selbst.",

	ChatOff:      "Sie können jetzt nicht im Chat schreiben.",
	QuestionsOff: "Dieser Raum nimmt jetzt keine Fragen an.",
	Muted:        "Die Moderation hat Ihr Schreiben pausiert.",
	SlowDown:     "Sie schreiben zu schnell. Warten Sie einen Moment und senden Sie es dann noch einmal.",
	TooLate:      "Eine Nachricht kann 15 Minuten lang bearbeitet werden.",

	HandsOff:           "In diesem Raum kann jetzt niemand die Hand heben.",
	ReactionsOff:       "In diesem Raum kann jetzt niemand reagieren.",
	RequestDeclined:    "Die Leitung hat Ihre Bitte zweimal abgelehnt. In dieser Sitzung können Sie nicht noch einmal bitten.",
	InteractionOpen:    "Es läuft noch eine Umfrage. Schließen Sie sie zuerst.",
	InteractionNotOpen: "Diese Umfrage nimmt jetzt keine Antworten an.",

	InvalidCredentials: "E-Mail-Adresse oder Passwort ist falsch.",
	InvalidPassword:    "Wählen Sie ein weniger häufiges Passwort mit mindestens 8 Zeichen.",
	SignInRequired:     "Melden Sie sich mit der eingeladenen E-Mail-Adresse an, um diesen Link zu benutzen.",
}
