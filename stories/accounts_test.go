package stories

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"usher/people"
	. "usher/sitetest"
)

const accountFields = "account { id disabled hasPassword lastSeenAt user { name email siteRole } }"

func linkToken(t *testing.T, got Object) string {
	t.Helper()
	link, err := url.Parse(got.Text("passwordLink.url"))
	MustHave(t, "the link", err)
	Same(t, "the link's page", link.Path, "/password")
	return link.Fragment
}

func TestR9_AnAdministratorAddsAPersonWhoChoosesAPassword(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		admin := h.User("ada@example.com", "--admin")
		made := admin.Must("addUser", Object{"email": "Noor@Example.org", "firstName": "Noor", "lastName": "", "oneName": true}, accountFields+" passwordLink { url expiresAt }")
		Same(t, "the account", made.In("account.user"), Object{"name": "Noor", "email": "Noor@Example.org", "siteRole": "MEMBER"})
		Same(t, "it has a password", made.At("account.hasPassword"), false)
		Same(t, "the link ends", made.Text("passwordLink.expiresAt"), Stamp(h.Now().Add(7*24*time.Hour)))
		admin.Refused("EMAIL_TAKEN", "addUser", Object{"email": "noor@example.org", "firstName": "N", "lastName": "O"})
		Same(t, "a wrong name", admin.Refused("INVALID_NAME", "addUser", Object{"email": "x@example.org", "firstName": " ", "lastName": "O"})["field"], "firstName")
		Same(t, "one name that nobody declared", admin.Refused("INVALID_NAME", "addUser", Object{"email": "x@example.org", "firstName": "X", "lastName": " "})["field"], "lastName")
		Same(t, "a wrong address", admin.Refused("INVALID_EMAIL", "addUser", Object{"email": "x", "firstName": "X", "lastName": "O"})["field"], "email")

		token := linkToken(t, made)
		holder := h.Browser()
		Same(t, "whose it is", holder.MustAsk(`query($t: String!) { passwordLink(token: $t) { email name expiresAt } }`, Object{"t": token}).In("passwordLink"),
			Object{"email": "Noor@Example.org", "name": "Noor", "expiresAt": Stamp(h.Now().Add(7 * 24 * time.Hour))})
		holder.Refused("INVALID_PASSWORD", "usePasswordLink", Object{"token": token, "password": "short"})
		Same(t, "she is", holder.Must("usePasswordLink", Object{"token": token, "password": "a password of her own"}, "me { user { name } }").Text("me.user.name"), "Noor")
		Same(t, "by her cookie", holder.Who(), "Noor@Example.org")
		h.SignedIn("noor@example.org", "a password of her own")
		h.Browser().Refused("LINK_NOT_VALID", "usePasswordLink", Object{"token": token, "password": "a third password"})
	})
}

func TestR9_APasswordLinkWorksOnceAndForItsTerm(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		admin := h.User("ada@example.com", "--admin")
		h.Account("noor@example.org")
		id := h.SignedIn("noor@example.org", Password).ID()
		link := func() string {
			t.Helper()
			return linkToken(t, admin.Must("createPasswordLink", Object{"userId": id}, "passwordLink { url }"))
		}
		works := func(token string) bool {
			t.Helper()
			return h.Browser().MustAsk(`query($t: String!) { passwordLink(token: $t) { name } }`, Object{"t": token}).At("passwordLink") != nil
		}
		for name, end := range map[string]func(){
			"time":                   func() { h.Advance(people.NewPasswordTerm) },
			"another password":       func() { h.MustRun("one more password\n", "user", "password", "--email", "noor@example.org") },
			"signing out everywhere": func() { h.SignedIn("noor@example.org", "one more password").Must("signOutEverywhere", nil, "") },
			"disabling and enabling": func() { h.Disable("noor@example.org"); h.Enable("noor@example.org") },
		} {
			if name == "signing out everywhere" {
				h.MustRun("one more password\n", "user", "password", "--email", "noor@example.org")
			}
			token := link()
			Same(t, "before "+name, works(token), true)
			end()
			Same(t, "after "+name, works(token), false)
			refused := h.Browser().Refused("LINK_NOT_VALID", "usePasswordLink", Object{"token": token, "password": "another password"})
			Same(t, "the refusal is the same", refused, h.Browser().Refused("LINK_NOT_VALID", "usePasswordLink", Object{"token": "x", "password": "another password"}))
		}
		signedIn, token := h.SignedIn("noor@example.org", "one more password"), link()
		watched := signedIn.Connect()
		other := h.Browser()
		other.Must("usePasswordLink", Object{"token": token, "password": "the newest password"}, "")
		watched.Closes(4401)
		Same(t, "the earlier sign-in", signedIn.Who(), "")
		Same(t, "this one", other.Who(), "noor@example.org")
		Same(t, "of another link signed before", works(token), false)
		admin.Must("updateUser", Object{"userId": id, "disabled": true}, "")
		admin.Refused("ACCOUNT_DISABLED", "createPasswordLink", Object{"userId": id})
		admin.Fails("NOT_FOUND", "createPasswordLink", Object{"userId": "u_nobody"})
	})
}

func TestR9_AdministratorsChangeAccounts(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		admin := h.User("ada@example.com", "--admin")
		noor := h.User("noor.haddad@example.org")
		with := func(more Object) Object { more["userId"] = noor.ID(); return more }
		id := noor.ID()
		change := func(more Object) Object {
			t.Helper()
			more["userId"] = id
			return admin.Must("updateUser", more, accountFields).In("account")
		}
		Same(t, "renamed", change(with(Object{"firstName": "Nour"})).Text("user.name"), "Nour Haddad")
		Same(t, "an administrator", change(Object{"siteRole": "ADMIN"}).Text("user.siteRole"), "ADMIN")
		Same(t, "may administer", noor.MayAdminister(), "")
		Same(t, "a member again", change(Object{"siteRole": "MEMBER"}).Text("user.siteRole"), "MEMBER")
		Same(t, "whose token ended", noor.Ask("{ me { user { id } } }", nil).Code(), "UNAUTHENTICATED")
		account := admin.Must("updateUser", Object{"userId": id}, accountFields).Text("account.id")
		Same(t, "an id of its own, for caches that keep one object for an id", account == id, false)
		Same(t, "disabled", change(Object{"disabled": true}).At("disabled"), true)
		admin.Refused("ACCOUNT_DISABLED", "updateUser", Object{"userId": id, "siteRole": "ADMIN"})
		h.Browser().Refused("INVALID_CREDENTIALS", "signIn", Object{"email": "noor.haddad@example.org", "password": Password})
		Same(t, "enabled", change(Object{"disabled": false, "siteRole": "ADMIN"}).At("disabled"), false)
		change(Object{"siteRole": "MEMBER"})
		self := admin.ID()
		admin.Refused("LAST_ADMIN", "updateUser", Object{"userId": self, "disabled": true})
		admin.Refused("LAST_ADMIN", "updateUser", Object{"userId": self, "siteRole": "MEMBER"})
		// All of it or nothing.
		admin.Refused("LAST_ADMIN", "updateUser", Object{"userId": self, "firstName": "Nobody", "siteRole": "MEMBER"})
		Same(t, "her name", admin.MustAsk("{ me { user { firstName } } }", nil).Text("me.user.firstName"), "Ada")
		admin.Fails("NOT_FOUND", "updateUser", Object{"userId": "u_nobody"})
	})
}

func TestR9_TheListOfAccountsHasPagesSearchAndFilters(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		admin := h.User("ada.admin@example.com", "--admin")
		var rows strings.Builder
		for i := range 205 {
			fmt.Fprintf(&rows, "person%03d@example.org,First%03d,Last\n", i, i)
		}
		h.MustRun("", "user", "import", MustWrite(t, t.TempDir()+"/list.csv", "email,first_name,last_name\n"+rows.String(), 0o600))
		const page = `query($after: Cursor, $search: String, $role: SiteRole, $disabled: Boolean) {
			users(first: 100, after: $after, search: $search, siteRole: $role, disabled: $disabled) {
				totalCount pageInfo { hasNextPage endCursor } nodes { id disabled lastSeenAt user { email } } } }`
		seen, after, sizes := map[string]bool{}, any(nil), []int{}
		for {
			list := admin.MustAsk(page, Object{"after": after}).In("users")
			Same(t, "the total", list.Int("totalCount"), 206)
			sizes = append(sizes, len(list.List("nodes")))
			for _, n := range list.List("nodes") {
				seen[n.Text("user.email")] = true
			}
			if list.At("pageInfo.hasNextPage") == false {
				break
			}
			after = list.Text("pageInfo.endCursor")
		}
		Same(t, "the pages", sizes, []int{100, 100, 6})
		Same(t, "each once", len(seen), 206)
		find := func(with Object) []string {
			t.Helper()
			return admin.MustAsk(page, with).In("users").Texts("nodes", "user.email")
		}
		Same(t, "by name", find(Object{"search": "first007"}), []string{"person007@example.org"})
		Same(t, "administrators", find(Object{"role": "ADMIN"}), []string{"ada.admin@example.com"})
		h.Disable("person007@example.org")
		Same(t, "disabled", find(Object{"disabled": true}), []string{"person007@example.org"})
		Same(t, "found though disabled", find(Object{"search": "first007"}), []string{"person007@example.org"})
		Same(t, "nobody enabled", find(Object{"search": "first007", "disabled": false}), []string{})
		h.MustRun("", "erase", "--yes", "person007@example.org")
		Same(t, "erased", find(Object{"disabled": true}), []string{})
		Same(t, "a wrong cursor", admin.Ask(page, Object{"after": "?"}).Code(), "BAD_USER_INPUT")
	})
}

func TestA6_PeopleChangeTheirOwnAccount(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		h.Account("noor.haddad@example.org")
		here, there := h.SignedIn("noor.haddad@example.org", Password), h.SignedIn("noor.haddad@example.org", Password)
		refused := here.Refused("INVALID_CREDENTIALS", "changePassword", Object{"currentPassword": "wrong", "newPassword": "a new password here"})
		Same(t, "the field", refused["field"], "currentPassword")
		short := here.Refused("INVALID_PASSWORD", "changePassword", Object{"currentPassword": Password, "newPassword": "short"})
		Same(t, "the field of a short password", short["field"], "newPassword")
		here.Must("changePassword", Object{"currentPassword": Password, "newPassword": "a new password here"}, "me { user { id } }")
		Same(t, "this sign-in", here.Who(), "noor.haddad@example.org")
		Same(t, "the other one", there.Who(), "")
		Same(t, "her new name", here.Must("changeName", Object{"firstName": "Nour", "lastName": "Haddad"}, "me { user { name } }").Text("me.user.name"), "Nour Haddad")
		Same(t, "a wrong name", here.Refused("INVALID_NAME", "changeName", Object{"firstName": "", "lastName": "Haddad"})["field"], "firstName")
		Same(t, "one name that she did not declare", here.Refused("INVALID_NAME", "changeName", Object{"firstName": "Nour", "lastName": ""})["field"], "lastName")
		Same(t, "one name", here.Must("changeName", Object{"firstName": "Nour", "lastName": "", "oneName": true}, "me { user { name } }").Text("me.user.name"), "Nour")
		again := h.SignedIn("noor.haddad@example.org", "a new password here")
		here.Must("signOutEverywhere", nil, "me { user { id } }")
		Same(t, "here", here.Who(), "")
		Same(t, "there", again.Who(), "")
		h.Browser().Fails("UNAUTHENTICATED", "signOutEverywhere", nil)
		for range 9 { // the wrong one above counts too
			h.Browser().Refused("INVALID_CREDENTIALS", "signIn", Object{"email": "noor.haddad@example.org", "password": "wrong"})
		}
		h.Browser().Refused("TOO_MANY_ATTEMPTS", "signIn", Object{"email": "noor.haddad@example.org", "password": "wrong"})
	})
}

func TestTheSiteSaysWhetherItNeedsSetUp(t *testing.T) {
	OnEachUnserved(t, func(t *testing.T, h *House) {
		h.Serve()
		needs := func() any { return h.Browser().MustAsk("{ needsSetUp }", nil).At("needsSetUp") }
		Same(t, "an empty site", needs(), true)
		h.Account("ada@example.com", "--admin")
		Same(t, "a site with an account", needs(), false)
		about := h.SignedIn("ada@example.com", Password).MustAsk(`{ siteAbout { version database databaseBytes ready accounts rooms
			openSessions workingLinks invitationsPerSession } }`, nil).In("siteAbout")
		if about.Int("accounts") != 1 || about.At("ready") != true || about.Int("databaseBytes") < 10_000 || about.Int("invitationsPerSession") != 2000 {
			t.Errorf("the site is %v", about)
		}
	})
}
