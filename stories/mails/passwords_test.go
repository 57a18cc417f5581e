package mails

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	. "usher/sitetest"
)

const newPassword = "a password that she chose"

// passwordToken returns the token of the link in an email about a password.
func (p *post) passwordToken(l Letter) string {
	p.T.Helper()
	_, after, found := strings.Cut(l.Text, p.URL+"/password#")
	if !found {
		p.T.Fatalf("the email has no link:\n%s", l.Text)
	}
	token := strings.Fields(after)[0]
	if !strings.Contains(l.HTML, p.URL+"/password#"+token) || strings.Contains(l.Raw, "stop-mail") {
		p.T.Errorf("the HTML is\n%s", l.HTML)
	}
	return token
}

func TestR10_AForgottenPasswordIsReplacedByEmail(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		p.Account("Noor.Haddad@example.org")
		before := p.SignedIn("noor.haddad@example.org", Password)
		ends := p.Now().Add(30 * time.Minute)
		got := p.Browser().Must("forgotPassword", Object{"email": " NOOR.haddad@example.org "}, "expiresAt")
		Same(t, "the link ends", got.Text("expiresAt"), Stamp(ends))
		letter := p.Wait("Noor.Haddad@example.org", 1)[0]
		Same(t, "the email", []string{letter.Subject, letter.FromName, letter.Calendar}, []string{"Your new password: Usher", "Usher", ""})
		token := p.passwordToken(letter)
		here := p.Browser()
		Same(t, "until when it works", here.MustAsk(`query($t: String!) { passwordLink(token: $t) { expiresAt } }`, Object{"t": token}).Text("passwordLink.expiresAt"), Stamp(ends))
		here.Must("usePasswordLink", Object{"token": token, "password": newPassword}, "")
		Same(t, "she is signed in", here.Who(), "Noor.Haddad@example.org")
		Same(t, "her sign-in before", before.Who(), "")
		p.Browser().Refused("INVALID_CREDENTIALS", "signIn", Object{"email": "noor.haddad@example.org", "password": Password})
		p.Browser().Refused("LINK_NOT_VALID", "usePasswordLink", Object{"token": token, "password": newPassword})

		p.Browser().Must("forgotPassword", Object{"email": "noor.haddad@example.org", "language": "DE"}, "")
		german := p.Wait("Noor.Haddad@example.org", 2)[1]
		Same(t, "the subject", german.Subject, "Ihr neues Passwort: Usher")
		late := p.passwordToken(german)
		p.Advance(30*time.Minute - time.Millisecond)
		Same(t, "works until then", p.Browser().MustAsk(`query($t: String!) { passwordLink(token: $t) { name } }`, Object{"t": late}).At("passwordLink") != nil, true)
		p.Advance(time.Millisecond)
		p.Browser().Refused("LINK_NOT_VALID", "usePasswordLink", Object{"token": late, "password": newPassword})
	})
}

func TestR10_NobodyLearnsWhoHasAnAccount(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		admin := p.User("admin@example.com", "--admin")
		for _, email := range []string{"noor@example.org", "disabled@example.org"} {
			p.Account(email)
		}
		p.Disable("disabled@example.org")
		who := []string{"noor@example.org", "nobody@example.org", "disabled@example.org"}
		took, browser := map[string][]time.Duration{}, p.Browser()
		sent := func() {
			p.WaitUntil("nothing waits", func() bool { return admin.MustAsk("{ mailStatus { waiting } }", nil).Int("mailStatus.waiting") == 0 })
		}
		// Each comes equally often after each other, because an email is sent during what follows.
		orders := [][]int{{0, 1, 2}, {2, 1, 0}, {1, 2, 0}, {0, 2, 1}, {2, 0, 1}, {1, 0, 2}}
		const rounds = 60
		for round := range rounds {
			if round%3 == 0 {
				sent()
				p.Advance(time.Hour) // so that no limit is met
			}
			for _, turn := range orders[round%len(orders)] {
				begun := time.Now()
				answer := browser.Must("forgotPassword", Object{"email": who[turn]}, "__typename expiresAt")
				took[who[turn]] = append(took[who[turn]], time.Since(begun))
				Same(t, "the answer for "+who[turn], answer, Object{"__typename": "ForgotPasswordSuccess", "expiresAt": Stamp(p.Now().Add(30 * time.Minute))})
			}
		}
		sent()
		to, _ := p.Addresses()
		if slices.ContainsFunc(to, func(address string) bool { return address != "noor@example.org" }) || len(to) != rounds {
			t.Errorf("emails went to %q", to)
		}
		var medians []time.Duration
		for _, email := range who {
			slices.Sort(took[email])
			medians = append(medians, took[email][rounds/2])
		}
		t.Logf("the medians of %q are %v", who, medians)
		// Much other work runs beside this test, so this is a safety limit. The log has what a quiet machine takes.
		if least, most := slices.Min(medians), slices.Max(medians); most > 5*least {
			t.Errorf("the medians of %q are %v", who, medians)
		}
	})
}

func TestR10_EmailsAboutPasswordsHaveLimits(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		p.Account("noor@example.org")
		nobody := p.Browser()
		Same(t, "the field of a wrong address", nobody.Refused("INVALID_EMAIL", "forgotPassword", Object{"email": "nobody"})["field"], "email")
		for _, email := range []string{"noor@example.org", "nobody@example.org"} {
			for range 3 {
				nobody.Must("forgotPassword", Object{"email": email}, "")
			}
			refused := nobody.Refused("TOO_MANY_ATTEMPTS", "forgotPassword", Object{"email": strings.ToUpper(email)})
			Same(t, "when again", refused.Text("retryAt"), Stamp(p.Now().Add(20*time.Minute)))
		}
		for n := range 24 { // 30 from one network address, and those that were refused do not count
			nobody.Must("forgotPassword", Object{"email": "person" + string(rune('a'+n)) + "@example.org"}, "")
		}
		nobody.Refused("TOO_MANY_ATTEMPTS", "forgotPassword", Object{"email": "one.more@example.org"})
		p.Wait("noor@example.org", 3)
		p.Advance(20 * time.Minute)
		nobody.Must("forgotPassword", Object{"email": "noor@example.org"}, "")
		p.Wait("noor@example.org", 4)
	})
}

func TestR10_AnAdministratorEmailsAPasswordLink(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		admin := p.User("admin@example.com", "--admin")
		made := admin.Must("addUser", Object{"email": "noor@example.org", "firstName": "Noor", "lastName": "Haddad", "send": true, "language": "DE"},
			"account { user { id } } mail { kind state invitation { id } }")
		Same(t, "the email", made.In("mail"), Object{"kind": "PASSWORD", "state": "WAITING", "invitation": nil})
		letter := p.Wait("noor@example.org", 1)[0]
		Same(t, "its subject", letter.Subject, "Passwort festlegen: Usher")
		first := p.passwordToken(letter)
		id := made.Text("account.user.id")
		send := Object{"userId": id, "send": true}
		Same(t, "without send", admin.Must("createPasswordLink", Object{"userId": id}, "mail { id }").At("mail"), nil)
		admin.Must("createPasswordLink", send, "")
		Same(t, "the next subject", p.Wait("noor@example.org", 2)[1].Subject, "Set your password: Usher")
		p.Advance(7*24*time.Hour - time.Millisecond)
		holder := p.Browser()
		holder.Must("usePasswordLink", Object{"token": first, "password": newPassword}, "")
		Same(t, "signed in", holder.Who(), "noor@example.org")
		for range 3 {
			admin.Must("createPasswordLink", send, "")
		}
		admin.Refused("TOO_MANY_ATTEMPTS", "createPasswordLink", send)
		last := p.passwordToken(p.Wait("noor@example.org", 5)[4])
		Same(t, "a link that replaces a password works for days", holder.MustAsk(`query($t: String!) { passwordLink(token: $t) { expiresAt } }`,
			Object{"t": last}).Text("passwordLink.expiresAt"), Stamp(p.Now().Add(7*24*time.Hour)))
		p.Advance(time.Hour)
		admin.Must("updateUser", Object{"userId": id, "disabled": true}, "")
		admin.Refused("ACCOUNT_DISABLED", "createPasswordLink", send)
		admin.Fails("NOT_FOUND", "createPasswordLink", Object{"userId": "u_nobody", "send": true})
		p.host.Fails("FORBIDDEN", "createPasswordLink", send)
		p.host.Fails("FORBIDDEN", "addUser", Object{"email": "x@example.org", "firstName": "X", "lastName": "Y", "send": true})
	})
}

func TestR10_AdministratorsSeeWhatBecameOfPasswordLinks(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		admin := p.User("admin@example.com", "--admin")
		for _, email := range []string{"noor@example.org", "lena@example.org"} {
			p.Account(email)
		}
		became := func(email string) Object {
			t.Helper()
			nodes := admin.MustAsk(`query($s: String!) { users(search: $s) { nodes { user { id email } passwordMail { kind state fault sentAt invitation { id } } } } }`,
				Object{"s": email}).List("users.nodes")
			if len(nodes) != 1 || nodes[0].Text("user.email") != email {
				t.Fatalf("%s is %v", email, nodes)
			}
			return nodes[0]
		}
		Same(t, "before", became("noor@example.org")["passwordMail"], nil)
		p.Browser().Must("forgotPassword", Object{"email": "noor@example.org"}, "")
		p.Browser().Must("forgotPassword", Object{"email": "nobody@example.org"}, "")
		p.WaitUntil("the email is sent", func() bool { return became("noor@example.org").Text("passwordMail.state") == "SENT" })
		Same(t, "the one that the person asked for", became("noor@example.org").In("passwordMail"), Object{
			"kind": "PASSWORD", "state": "SENT", "fault": nil, "sentAt": Stamp(p.Now()), "invitation": nil,
		})

		p.Refuse(550, 100)
		p.Advance(time.Millisecond)
		made := admin.Must("createPasswordLink", Object{"userId": became("noor@example.org").Text("user.id"), "send": true},
			"account { passwordMail { state } } mail { state }")
		Same(t, "the one that the administrator asked for", made.Text("account.passwordMail.state"), made.Text("mail.state"))
		p.WaitUntil("the email fails", func() bool { return became("noor@example.org").Text("passwordMail.state") == "FAILED" })
		Same(t, "why", became("noor@example.org").In("passwordMail")["fault"], "UNKNOWN_ADDRESS")
		Same(t, "of somebody else", became("lena@example.org")["passwordMail"], nil)
	})
}

func TestR10_AnAdministratorsEmailsCount(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		admin := p.User("admin@example.com", "--admin")
		add := func(email string) Object {
			t.Helper()
			return admin.Must("addUser", Object{"email": email, "firstName": "Noor", "lastName": "Haddad", "send": true}, "mail { state fault }").In("mail")
		}
		Same(t, "the first", add("one@example.org"), Object{"state": "WAITING", "fault": nil})
		Same(t, "the second", add("two@example.org"), Object{"state": "DROPPED", "fault": "TOO_MANY"})
		p.Wait("one@example.org", 1)
	}, "--mails-per-manager=1")
}

func TestR10_AnEmailThatHelpsNobodyIsNotSent(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		admin := p.User("admin@example.com", "--admin")
		p.Account("noor@example.org")
		p.Halt()
		p.Browser().Must("forgotPassword", Object{"email": "noor@example.org"}, "")
		waiting := func(n int) func() bool {
			return func() bool { return admin.MustAsk("{ mailStatus { waiting } }", nil).Int("mailStatus.waiting") == n }
		}
		p.WaitUntil("the fault is seen", func() bool {
			return admin.MustAsk("{ mailStatus { fault } }", nil).TextIfAny("mailStatus.fault") == "SITE"
		})
		Same(t, "it waits", waiting(1)(), true)
		p.Advance(30 * time.Minute)
		p.Start()
		p.WaitUntil("it is given up", waiting(0))
		Same(t, "emails", p.Taken(), 0)
	})
}

func TestR10_WhoWantsNoEmailsStillGetsTheirOwnPassword(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		p.Account("grace@example.org")
		k := p.invite("grace@example.org", nil)
		_, after, _ := strings.Cut(p.Wait(k.Email, 1)[0].Text, "/stop-mail/")
		p.Browser().Must("stopMail", Object{"token": strings.Fields(after)[0]}, "stopped")
		p.Browser().Must("forgotPassword", Object{"email": k.Email}, "")
		p.passwordToken(p.Wait(k.Email, 2)[1])
	})
}

func TestR10_ASiteWithoutAMailServerEmailsNoPasswords(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		admin := h.User("admin@example.com", "--admin")
		h.Account("noor@example.org")
		for _, email := range []string{"noor@example.org", "nobody@example.org"} {
			h.Browser().Refused("MAIL_OFF", "forgotPassword", Object{"email": email})
		}
		admin.Refused("MAIL_OFF", "addUser", Object{"email": "new@example.org", "firstName": "New", "lastName": "Person", "send": true})
		Same(t, "nobody was added", admin.MustAsk(`{ users(search: "new@example.org") { totalCount } }`, nil).Int("users.totalCount"), 0)
		admin.Refused("MAIL_OFF", "createPasswordLink", Object{"userId": admin.ID(), "send": true})
	})
}

func TestR10_OpeningTheLinkChangesNothing(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		p.Account("noor@example.org")
		p.Browser().Must("forgotPassword", Object{"email": "noor@example.org"}, "")
		token := p.passwordToken(p.Wait("noor@example.org", 1)[0])
		for range 2 {
			answer, _ := MustDo(t, http.MethodGet, p.URL+"/password")
			Same(t, "the page", answer.StatusCode, http.StatusOK)
			p.Browser().MustAsk(`query($t: String!) { passwordLink(token: $t) { name } }`, Object{"t": token})
		}
		p.Browser().Must("usePasswordLink", Object{"token": token, "password": newPassword}, "")
	})
}
