package site

import (
	"context"
	"crypto/rand"
	_ "embed"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"sync"

	"usher/auth"
	"usher/ent"
	"usher/live"
	"usher/text"
	"usher/wire"
)

// DemoDoor has the links that sign somebody in to the accounts of a demo, each once. They are kept in memory only, so they end with the
// demo, and other sites have none. Opening a link shows a page with a button, and only the button uses the link up: browsers and
// scanners may load the page ahead.
type DemoDoor struct {
	mu       sync.Mutex
	accounts map[string]*ent.User // by the token of a link that was not used
}

const (
	// demoPath is the path of the links, before the token.
	demoPath = "/demo/"
	// demoPrefix begins the token of a link. People and secret scanners recognize it by that.
	demoPrefix = "usher_d_"
)

// Link returns a link that signs in to an account once.
func (d *DemoDoor) Link(publicURL string, u *ent.User) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.accounts == nil {
		d.accounts = map[string]*ent.User{}
	}
	token := demoPrefix + rand.Text()
	d.accounts[token] = u
	return publicURL + demoPath + token
}

// account returns the account of a link that was not used, nil for any other.
func (d *DemoDoor) account(token string) *ent.User {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.accounts[token]
}

// take is account, and uses the link up.
func (d *DemoDoor) take(token string) *ent.User {
	d.mu.Lock()
	defer d.mu.Unlock()
	u := d.accounts[token]
	delete(d.accounts, token)
	return u
}

//go:embed demodoor.html
var demoPage string

//go:embed demodoor.css
var demoStyle []byte

var demoTemplate = template.Must(template.New("demo").Parse(demoPage))

// mount adds the links' page to the site. Only a page of the site itself may press its button, and gets the cookie.
func (p *Parts) mountDemo(mux *http.ServeMux, identify func(http.Handler) http.Handler, origins wire.Origins, log *slog.Logger) {
	mux.HandleFunc("GET "+demoPath+"style.css", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/css; charset=utf-8")
		_, _ = w.Write(demoStyle)
	})
	mux.HandleFunc("GET "+demoPath+"{token}", func(w http.ResponseWriter, r *http.Request) {
		showDemo(w, p.Demo.account(r.PathValue("token")))
	})
	mux.Handle("POST "+demoPath+"{token}", identify(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !origins.Trusts(r) || !origins.Cookies(r) {
			respond(w, http.StatusForbidden, "Only a page of this site may sign in.\n")
			return
		}
		u := p.Demo.take(r.PathValue("token"))
		if u == nil {
			showDemo(w, nil)
			return
		}
		if err := p.signInDemo(r.Context(), u); err != nil {
			log.ErrorContext(r.Context(), "sign in to the demo", "error", err)
			respond(w, http.StatusInternalServerError, "Something went wrong. Sign in with the password, or start the demo again.\n")
			return
		}
		w.Header().Set("Cache-Control", "no-store")
		http.Redirect(w, r, "/", http.StatusSeeOther)
	})))
}

func (p *Parts) signInDemo(ctx context.Context, u *ent.User) error {
	jar, err := auth.Cookies(ctx)
	if err != nil {
		return err
	}
	var granted auth.Granted
	err = p.Log.Write(ctx, func(tx *live.Tx) error {
		now, err := tx.User.Get(ctx, u.ID)
		if err != nil {
			return fmt.Errorf("read account: %w", err)
		}
		granted, err = p.Auth.SignInWithin(ctx, tx, now)
		return err
	})
	if err == nil {
		granted.KeepIn(jar, p.Log.Now())
	}
	return err
}

// showDemo shows the page of a link, or without an account that the link was used.
func showDemo(w http.ResponseWriter, u *ent.User) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	var name string
	if u == nil {
		w.WriteHeader(http.StatusNotFound)
	} else {
		name = text.FullName(u.FirstName, u.LastName)
	}
	_ = demoTemplate.Execute(w, name)
}
