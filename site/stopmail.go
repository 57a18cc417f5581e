package site

import (
	_ "embed"
	"errors"
	"html/template"
	"log/slog"
	"net/http"

	"usher/problem"
	"usher/room"
	"usher/web"
)

//go:embed stopmail.html
var stopPage string

var stopTemplate = template.Must(template.New("stop").Parse(stopPage))

// mountStopMail adds the pages that stop emails (D16). Opening one changes nothing, because mail programs and scanners open links too. It
// needs no script and no sign-in: who has the link got the email.
func (p *Parts) mountStopMail(mux *http.ServeMux, log *slog.Logger) {
	mux.HandleFunc("GET "+room.StopPath+"style.css", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/css; charset=utf-8")
		_, _ = w.Write(demoStyle)
	})
	mux.HandleFunc("GET "+room.StopPath+"{token}", func(w http.ResponseWriter, r *http.Request) {
		stop, err := p.Letters.Stopping(r.Context(), r.PathValue("token"))
		showStop(w, r, log, stop, err)
	})
	// Mail programs press the button by themselves if somebody wants no more emails: with the body List-Unsubscribe=One-Click (RFC 8058).
	mux.HandleFunc("POST "+room.StopPath+"{token}", func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxStopBody)
		stop, err := p.Letters.Stop(r.Context(), r.PathValue("token"), r.FormValue("again") == "")
		showStop(w, r, log, stop, err)
	})
}

// maxStopBody limits what a press of the button may send.
const maxStopBody = 8 << 10

// stopWords are the words of the pages.
type stopWords struct {
	Lang, Title, Says, Button string
	Again                     bool // the button lets emails come again
}

// The pages without an email, in the languages of the app: its language is not known then, so the browser's counts.
var (
	unknownStop = map[string]stopWords{
		"en": {Lang: "en", Title: "This link does not work", Says: "The email that it stood in is gone, or the link is not whole."},
		"de": {Lang: "de", Title: "Dieser Link funktioniert nicht", Says: "Die E-Mail, in der er stand, gibt es nicht mehr, oder ein Teil des Links fehlt."},
	}
	failedStop = map[string]stopWords{
		"en": {Lang: "en", Title: "Something went wrong", Says: "Try again in a few minutes."},
		"de": {Lang: "de", Title: "Etwas ist schiefgegangen", Says: "Versuchen Sie es in einigen Minuten noch einmal."},
	}
)

// showStop shows what the link below an email leads to.
func showStop(w http.ResponseWriter, r *http.Request, log *slog.Logger, stop *room.Stop, err error) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	var words stopWords
	switch _, refused := errors.AsType[*problem.Problem](err); {
	case err == nil:
		words = wordsOf(stop)
	case refused:
		w.WriteHeader(http.StatusNotFound)
		words = unknownStop[web.Language(r)]
	default:
		log.ErrorContext(r.Context(), "stop emails", "error", err)
		w.WriteHeader(http.StatusServiceUnavailable)
		words = failedStop[web.Language(r)]
	}
	_ = stopTemplate.Execute(w, words)
}

func wordsOf(stop *room.Stop) stopWords {
	german := stop.Language == room.German
	switch {
	case stop.Stopped && german:
		return stopWords{Lang: "de", Title: "Sie bekommen keine E-Mails mehr", Says: "Diese Website sendet nichts mehr an Ihre Adresse. Links, die Sie schon haben, funktionieren weiter.", Button: "Wieder E-Mails bekommen", Again: true}
	case stop.Stopped:
		return stopWords{Lang: "en", Title: "You get no more emails", Says: "This site sends nothing to your address any more. Links that you have still work.", Button: "Get emails again", Again: true}
	case german:
		return stopWords{Lang: "de", Title: "Keine E-Mails mehr bekommen?", Says: "Diese Website sendet dann nichts mehr an Ihre Adresse, auch keine Einladungen.", Button: "Keine E-Mails mehr"}
	}
	return stopWords{Lang: "en", Title: "Stop all emails?", Says: "This site will then send nothing to your address, also no invitations.", Button: "Stop emails"}
}
