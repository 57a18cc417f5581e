package site

import (
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"

	"usher/mail"
)

// mountMailReports adds the address for reports of emails that came back (D15). The site's mailbox or a program sends them, with the key
// that the operator chose. A site without a key has no such address.
func (p *Parts) mountMailReports(mux *http.ServeMux, key string, log *slog.Logger) {
	if key == "" || p.Mail == nil {
		return
	}
	want := sha256.Sum256([]byte(key))
	mux.HandleFunc("POST /mail/reports", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		given, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if got := sha256.Sum256([]byte(given)); subtle.ConstantTimeCompare(got[:], want[:]) != 1 {
			w.Header().Set("WWW-Authenticate", "Bearer")
			http.Error(w, "Send the key of mail-reports-key as a bearer token.", http.StatusUnauthorized)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, mail.MaxReport))
		if _, long := errors.AsType[*http.MaxBytesError](err); long {
			http.Error(w, "A report has at most 256 KiB.", http.StatusRequestEntityTooLarge)
			return
		}
		report, wrong := mail.ReadReport(r.Header.Get("Content-Type"), body)
		if err != nil || wrong != nil {
			http.Error(w, "This is no delivery report: send the whole message, or JSON with messageId, status and action.", http.StatusBadRequest)
			return
		}
		if err := p.Mail.Returned(r.Context(), report); err != nil {
			log.ErrorContext(r.Context(), "mail report", "error", err)
			http.Error(w, "Try again in a few minutes.", http.StatusServiceUnavailable)
			return
		}
		w.WriteHeader(http.StatusOK)
	})
}
