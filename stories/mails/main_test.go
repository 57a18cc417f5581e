// Package mails tests the emails of the whole program with a real mail server. Nothing imports it.
package mails

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"usher/sitetest"
)

// TestMain lets the test binary run as the program.
func TestMain(m *testing.M) { os.Exit(sitetest.Main(m)) }

// post is a site with its mail server, and a manager with a room.
type post struct {
	*sitetest.House
	*sitetest.Mailpit
	host *sitetest.Client
	room *sitetest.Hall
}

// onEach runs a story on a site that sends emails, on SQLite and on PostgreSQL.
func onEach(t *testing.T, story func(t *testing.T, p *post), args ...string) {
	sitetest.OnEachUnserved(t, func(t *testing.T, h *sitetest.House) { story(t, newPost(t, h, args...)) })
}

func newPost(t *testing.T, h *sitetest.House, args ...string) *post {
	t.Helper()
	p := &post{House: h, Mailpit: sitetest.StartMailpit(t)}
	h.Serve(slices.Concat(p.Settings(), args)...)
	p.host = h.User("ada@example.com")
	p.room = h.Hall(p.host, sitetest.Object{"title": "Town hall", "timeZone": "Europe/Berlin"})
	return p
}

// invite invites somebody by email.
func (p *post) invite(email string, with sitetest.Object) *sitetest.Ticket {
	p.T.Helper()
	all := sitetest.Object{"send": true}
	for name, value := range with {
		all[name] = value
	}
	return p.room.Invite(email, all)
}

// mails returns the emails of an invitation as its manager sees them, newest first, such as `INVITATION FAILED UNKNOWN_ADDRESS`.
func mails(k *sitetest.Ticket) (all []string) {
	k.H.T.Helper()
	return mailsIn(k, k.Host.MustAsk(mailsOf, sitetest.Object{"id": k.ID}))
}

// mailsOf asks for what mails returns, and mailsIn reads the answer.
const mailsOf = `query($id: ID!) { node(id: $id) { ... on Invitation { mails { kind state fault nextTryAt sentAt invitation { id } } } } }`

func mailsIn(k *sitetest.Ticket, data sitetest.Object) (all []string) {
	k.H.T.Helper()
	for _, m := range data.List("node.mails") {
		if m.Text("invitation.id") != k.ID {
			k.H.T.Errorf("the email is of %s", m.Text("invitation.id"))
		}
		all = append(all, strings.TrimSpace(fmt.Sprint(m.Text("kind"), " ", m.Text("state"), " ", m.TextIfAny("fault"))))
	}
	return all
}

// kinds returns the kinds of the events after a revision, except MailsChanged, which may come at any time.
func (p *post) kinds(after int) []string {
	p.T.Helper()
	return slices.DeleteFunc(p.room.Kinds(after), func(kind string) bool { return kind == "MailsChanged" })
}

// waitFor waits until the emails of an invitation are these.
func (p *post) waitFor(k *sitetest.Ticket, want ...string) {
	p.T.Helper()
	var now []string
	p.WaitUntil(fmt.Sprintf("the emails are %q", want), func() bool {
		now = mails(k)
		return slices.Equal(now, want)
	})
}
