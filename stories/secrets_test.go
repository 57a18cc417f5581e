package stories

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"os"
	"strings"
	"testing"

	. "usher/sitetest"
)

// Secrets are neither in the database nor in a backup nor in the log.

// spellings returns the forms in which a secret could have been stored: as it is, without its prefix, and as bytes.
func spellings(secret string) (all []string) {
	bare := secret[strings.LastIndexByte(secret[:min(len(secret), 10)], '_')+1:]
	all = append(all, secret, bare, hex.EncodeToString([]byte(secret)), hex.EncodeToString([]byte(bare)))
	// The database stores the first part of a link, the invitation's id. The secret comes last.
	if raw, err := base64.RawURLEncoding.DecodeString(bare); err == nil && len(raw) >= 16 {
		last := raw[len(raw)-16:]
		all = append(all, string(last), hex.EncodeToString(last))
	}
	return all
}

// hold reports the secrets that were stored.
func hold(t *testing.T, where string, kept []byte, secrets map[string]string) {
	t.Helper()
	for name, secret := range secrets {
		if len(secret) < 15 {
			t.Fatalf("%s is %q", name, secret)
		}
		for _, spelled := range spellings(secret) {
			if bytes.Contains(kept, []byte(spelled)) {
				t.Errorf("%s holds %s, as %q", where, name, spelled)
			}
		}
	}
}

func TestNoSecretIsStoredOrLogged(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		const typed, wrong = "canary typed by mistake", "a canary of a wrong password"
		setUp := h.Parts.People.NewSetUpToken()
		h.Browser().Must("setUp", firstAdmin(setUp), "")
		ada := h.SignedIn("ada@example.com", Password)
		h.Browser().Refused("INVALID_CREDENTIALS", "signIn", Object{"email": "ada@example.com", "password": wrong})
		room := h.Hall(ada, nil)
		first := room.Invite("canary.grace@example.org", nil)
		renewed := first.Renewed()
		grace := h.Browser()
		grace.Look(renewed.Token)
		grace.Refused("LINK_REPLACED", "redeemInvitation", first.Own())
		grace.Refused("INVALID_EMAIL", "redeemInvitation", renewed.With(typed))
		grace.Redeem(renewed)
		guests := room.Invite("canary.alan@example.org", nil)
		key := "canary-attempt-0123456789"
		got := h.Bearer("").Must("redeemInvitation", Object{
			"token": guests.Token, "email": guests.Email, "credential": "BEARER", "attemptKey": key,
		}, "accessToken")
		guest := h.Bearer(got.Text("accessToken"))
		program := h.MustRun("", "token", "create", "--email", "ada@example.com")
		bearer := h.Bearer("").Must("signIn", Object{"email": "ada@example.com", "password": Password, "credential": "BEARER"}, "accessToken").Text("accessToken")
		room.Command("startSession")
		watched := []*Subscription{
			ada.Watch(Watching, room.ID, room.Revision()), grace.Watch(WatchingOwn, room.ID, room.Revision()), guest.Watch(Watching, room.ID, room.Revision()),
			h.Bearer(program).Watch(Watching, room.ID, room.Revision()),
		}
		room.Begin(watched...)
		s := h.Bearer(bearer).Stream(Watching, Object{"room": room.ID, "after": 0})
		s.Expect("next")
		grace.Enter(room)
		guest.Enter(room)
		offered := grace.Must("offerHandOver", Object{"roomId": room.ID}, "handOver { url digits }").In("handOver")
		h.Browser().Refused("CODE_WRONG", "askHandOver", wrongDigitsOf(renewed, offered))
		h.Browser().Must("askHandOver", Object{"secret": offered["url"]}, "")
		handOver := offered.Text("url")[strings.IndexByte(offered.Text("url"), '#')+1:]
		h.MustRun("canary of a new password\n", "user", "password", "--email", "ada@example.com")
		renewed.Host = h.Bearer(program)
		renewed.Do("revokeInvitation")

		secrets := map[string]string{
			"the set-up token": setUp, "a link": renewed.Token, "a replaced link": first.Token, "a link that a program redeemed": guests.Token,
			"a device's cookie": grace.Cookie("usher_device"), "a sign-in's cookie": ada.Cookie("usher_sign_in"), "a guest's token": got.Text("accessToken"),
			"the secret of a hand-over": handOver, "a program's token": program, "a sign-in's token": bearer, "an attemptKey": key,
			"a password": Password, "a new password": "canary of a new password", "a wrong password": wrong, "what was typed as an email": typed,
		}
		contents := h.Contents()
		hold(t, "the database", contents, secrets)
		if !bytes.Contains(contents, []byte("canary.grace@example.org")) {
			t.Error("the database does not even hold an email: it was not looked into")
		}
		if strings.Contains(h.Storage[0], "sqlite:") {
			file := t.TempDir() + "/backup.db"
			h.MustRun("", "backup", file)
			backup, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			hold(t, "a backup", backup, secrets)
		}
		for _, altered := range []string{"/join%23", "/join/%2523", "/JOIN/", "//join%23", "/join?token=", "/elsewhere%23"} {
			MustDo(t, "GET", h.URL+altered+renewed.Token)
			MustDo(t, "GET", h.URL+altered+setUp)
			MustDo(t, "GET", h.URL+altered+handOver)
		}
		for _, path := range []string{"/healthz", "/readyz", "/metrics", "/debug/vars", "/debug/pprof/"} {
			_, body := MustDo(t, "GET", h.URL+path)
			hold(t, path, []byte(body), secrets)
		}
		h.Stop()
		log := h.Log.String()
		hold(t, "the log", []byte(log), secrets)
		if strings.Contains(log, "canary") || strings.Contains(log, "@example") {
			t.Errorf("emails are in the log:\n%s", log)
		}
		if strings.Count(log, "/graphql") < 20 {
			t.Errorf("the log is\n%s", log)
		}
	})
}
