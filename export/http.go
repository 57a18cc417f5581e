package export

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"

	"usher/auth"
	"usher/problem"
	"usher/tools"
)

const (
	maxBody = 4 << 10
	// patience limits how long a reader takes for a page of rows. A snapshot must not stay open for a reader who is gone.
	patience = 30 * time.Second
)

// Handler answers POST /export, a form with the fields session, what and format. It streams a file.
func (x *Exports) Handler(log *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		if err := r.ParseForm(); err != nil {
			refuse(w, http.StatusBadRequest, "BAD_USER_INPUT", "the body is not a form")
			return
		}
		format := r.PostForm.Get("format")
		if format != "CSV" && format != "NDJSON" {
			refuse(w, http.StatusBadRequest, "BAD_USER_INPUT", "format must be CSV or NDJSON")
			return
		}
		e, err := x.begin(r.Context(), auth.From(r.Context()), r.PostForm.Get("session"), r.PostForm.Get("what"))
		if err != nil {
			answer(w, r, err, log)
			return
		}
		defer e.end()
		if err := e.write(w, r, format); err != nil {
			log.WarnContext(r.Context(), "export", "session", e.session.ID, "what", e.content.Name, "error", err)
			panic(http.ErrAbortHandler) // the reader learns that the file is not complete
		}
	})
}

// write streams the rows.
func (e *export) write(w http.ResponseWriter, r *http.Request, format string) error {
	name := strings.ToLower(e.content.Name) + "-" + e.session.StartsAt.UTC().Format(time.DateOnly)
	kind, ending := "text/csv; charset=utf-8", "csv"
	if format == "NDJSON" {
		kind, ending = "application/x-ndjson", "ndjson"
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", name+"."+ending))
	control := http.NewResponseController(w)
	more := func() error { return control.SetWriteDeadline(time.Now().Add(patience)) }
	if err := more(); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	to := newNDJSON(w, e.content.Columns)
	if format == "CSV" {
		var err error
		if to, err = newCSV(w, e.content.Columns); err != nil {
			return err
		}
	}
	n := 0
	err := e.content.Read(r.Context(), e.tx.Client(), e.session, func(values ...any) error {
		if n++; n%tools.ContentPage == 0 {
			if err := more(); err != nil && !errors.Is(err, http.ErrNotSupported) {
				return err
			}
		}
		return to.row(values)
	})
	if err != nil {
		return err
	}
	return to.flush()
}

// answer writes why an export did not begin.
func answer(w http.ResponseWriter, r *http.Request, err error, log *slog.Logger) {
	var bad *problem.BadInput
	var wait *busy
	switch {
	case errors.As(err, &bad):
		refuse(w, http.StatusBadRequest, "BAD_USER_INPUT", bad.Message)
	case errors.As(err, &wait):
		w.Header().Set("Retry-After", strconv.Itoa(int((wait.after+time.Second-1)/time.Second)))
		refuse(w, http.StatusTooManyRequests, "RATE_LIMITED", wait.message)
	case errors.Is(err, problem.ErrUnauthenticated):
		refuse(w, http.StatusUnauthorized, "UNAUTHENTICATED", "sign in first")
	case errors.Is(err, problem.ErrForbidden):
		refuse(w, http.StatusForbidden, "FORBIDDEN", "only managers of the room export")
	case errors.Is(err, problem.ErrNotFound):
		refuse(w, http.StatusNotFound, "NOT_FOUND", "not found")
	default:
		log.ErrorContext(r.Context(), "begin export", "error", err)
		refuse(w, http.StatusServiceUnavailable, "SERVICE_UNAVAILABLE", "the export cannot begin now; try again")
	}
}

func refuse(w http.ResponseWriter, status int, code, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"code": code, "message": message})
}
