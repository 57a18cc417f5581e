package mails

import (
	"fmt"
	"io"
	"net"
	"net/http"
	netmail "net/mail"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-smtp"

	"usher/live/livetest"
	"usher/mail"
	. "usher/sitetest"
)

// inbox is a mail server that accepts everything. It calls before ahead of its first answer to an email.
type inbox struct {
	before func()
	mu     sync.Mutex
	ids    []string // the emails' Message-IDs
}

func (b *inbox) NewSession(*smtp.Conn) (smtp.Session, error) { return posting{b}, nil }

// posting is a connection to an inbox.
type posting struct{ *inbox }

func (posting) Mail(string, *smtp.MailOptions) error { return nil }
func (posting) Rcpt(string, *smtp.RcptOptions) error { return nil }
func (posting) Reset()                               {}
func (posting) Logout() error                        { return nil }

func (p posting) Data(r io.Reader) error {
	letter, err := netmail.ReadMessage(r)
	if err != nil {
		return err
	}
	p.mu.Lock()
	p.ids = append(p.ids, letter.Header.Get("Message-ID"))
	first := len(p.ids) == 1
	p.mu.Unlock()
	if first {
		p.before()
	}
	return nil
}

// serve starts the inbox until the test ends. It returns the settings of a site that sends its emails there.
func (b *inbox) serve(t *testing.T) []string {
	t.Helper()
	server := smtp.NewServer(b)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	go func() { _ = server.Serve(listener) }()
	return []string{"--smtp-url=smtp://" + listener.Addr().String(), "--mail-from=usher@site.example"}
}

// got returns the Message-IDs of the emails that it got.
func (b *inbox) got() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.ids)
}

func TestD5_AResultThatTheDatabaseCannotTakeIsKept(t *testing.T) {
	t.Parallel()
	livetest.Long(t)
	for _, dies := range []bool{false, true} {
		t.Run(fmt.Sprintf("the server dies: %t", dies), func(t *testing.T) {
			t.Parallel()
			cluster, databaseURL := livetest.MustStartEmpty(t)
			gone := make(chan error, 1)
			box := &inbox{before: func() { gone <- cluster.Away("QUIT") }}
			settings := box.serve(t)
			h := NewHouse(t, databaseURL)
			h.Serve(settings...)
			k := h.Hall(h.User("ada@example.com"), nil).Invite("grace@example.org", Object{"send": true})
			if err := <-gone; err != nil {
				t.Fatal(err)
			}
			h.WaitUntil("the server cannot write that the email was accepted", func() bool { return strings.Contains(h.Log.String(), "record email") })
			if dies {
				h.Stop() // all that it had in memory is gone
			}
			if err := cluster.Back(t.Context()); err != nil {
				t.Fatal(err)
			}
			want := 1
			if dies {
				h.Serve(settings...)
				k.Host = h.At(k.Host)
				Same(t, "what managers see", mails(k), []string{"INVITATION WAITING"})
				h.Advance(mail.DefaultLease)
				want = 2 // it is sent again, with its id
			}
			h.WaitUntil("the site is ready again", func() bool { return h.Ready() == http.StatusOK })
			h.WaitUntil("the result is recorded", func() bool {
				answer := k.Host.Ask(mailsOf, Object{"id": k.ID}) // each connection from before fails once
				return answer.Code() != "SERVICE_UNAVAILABLE" && slices.Equal(mailsIn(k, answer.Data), []string{"INVITATION SENT"})
			})
			Same(t, "the emails", box.got(), slices.Repeat(box.got()[:1], want))
		})
	}
}
