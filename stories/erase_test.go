package stories

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"usher/live/livetest"
	"usher/role"
	domain "usher/room"
	. "usher/sitetest"
)

// traces are what names the person of these stories, in lower case: in an address, in names, and what they wrote.
var traces = []string{"zephyrine", "quillfeather", "amberdoor", "umber window"}

// mustNotName reports what of the person is left.
func mustNotName(t *testing.T, where string, kept []byte) {
	t.Helper()
	kept = bytes.ToLower(kept)
	for _, trace := range traces {
		if at := bytes.Index(kept, []byte(trace)); at >= 0 {
			t.Errorf("%s has %q: …%q…", where, trace, kept[max(0, at-60):min(len(kept), at+60)])
		}
	}
}

// manyOf is the call that invites the person of these stories among many. The key is the client's.
func manyOf(room *Hall, email string) domain.InviteUsersInput {
	as := role.Viewer
	return domain.InviteUsersInput{
		RoomID: room.ID, Key: strings.Repeat("k", 22), Role: &as, Rows: []domain.InviteRow{{Email: email, FirstName: "Zephyrine", LastName: "Quillfeather"}},
	}
}

// mustNotConfirm fails if a thief of the database could confirm a guessed person by a hash that needs no key.
func mustNotConfirm(t *testing.T, h *House, email string, in ...*Hall) {
	t.Helper()
	guesses := [][]byte{[]byte(email), []byte(strings.ToLower(email))}
	for _, hall := range in {
		call := manyOf(hall, email)
		for _, key := range []string{call.Key, ""} {
			call.Key = key
			for _, guess := range []any{call, call.Rows, call.Rows[0]} {
				raw, err := json.Marshal(guess)
				MustHave(t, "a guess", err)
				guesses = append(guesses, raw)
			}
		}
	}
	kept := h.Contents()
	for _, guess := range guesses {
		hash := sha256.Sum256(guess)
		for _, form := range []string{string(hash[:]), hex.EncodeToString(hash[:]), base64.StdEncoding.EncodeToString(hash[:])} {
			if bytes.Contains(kept, []byte(form)) {
				t.Errorf("the database has the hash of %s", guess)
			}
		}
	}
}

// mustNotNameAnywhere looks into the database, a backup, and the log.
func mustNotNameAnywhere(t *testing.T, h *House) {
	t.Helper()
	mustNotName(t, "the database", h.Contents())
	if strings.Contains(h.Storage[0], "sqlite:") {
		file := filepath.Join(t.TempDir(), "backup.db")
		h.MustRun("", "backup", file)
		backup, err := os.ReadFile(file)
		MustHave(t, "the backup", err)
		mustNotName(t, "the backup", backup)
	} else { // where pg_dump is the backup
		backup, err := livetest.Dump(t.Context(), strings.TrimPrefix(h.Storage[0], "--database-url="))
		MustHave(t, "the backup", err)
		if !bytes.Contains(backup, []byte("Erased person")) {
			t.Error("the backup has no rows")
		}
		mustNotName(t, "the backup", backup)
	}
	mustNotName(t, "the log", []byte(h.Log.String()))
}

// aLife lets a person do everything that leaves traces. It returns a room that they managed, and one where they were a guest.
func aLife(h *House, host *Client, email string, account bool) (managed, visited *Hall) {
	visited = h.Hall(host, Object{"admission": "APPROVAL"})
	visited.Command("startSession")
	ticket := visited.Invite(email, Object{"firstName": "Zephyrine", "lastName": "Quillfeather", "role": "SPEAKER"})
	guest, other := h.Browser(), h.Browser()
	guest.Look(ticket.Token)
	other.Refused("EMAIL_MISMATCH", "redeemInvitation", ticket.With("someone.else@example.org"))
	place := guest.Redeem(ticket)
	other.Refused("USED_ON_OTHER_DEVICE", "redeemInvitation", ticket.Own())
	other.Must("askHost", Object{"token": ticket.Token, "message": "Please open the Amberdoor"}, "")
	guest.Enter(visited)
	in := Object{"participantId": place}
	visited.Host.Must("denyParticipant", in, "")
	guest.Enter(visited)
	visited.Host.Must("admitParticipant", in, "")
	visited.Host.Must("changeRole", Object{"participantId": place, "role": "MODERATOR"}, "")
	waits, waiting := visited.Guest("waits@example.org", nil)
	waits.Enter(visited)
	guest.Must("admitParticipant", Object{"participantId": waiting}, "")
	say := func(who *Client, text string, more Object) string {
		h.T.Helper()
		in := Object{"roomId": visited.ID, "channel": "CHAT", "text": text, "key": strings.Repeat("k", 22) + strings.ReplaceAll(text, " ", "")}
		maps.Copy(in, more)
		return who.Must("sendMessage", in, "chatMessage { id }").Text("chatMessage.id")
	}
	said := say(guest, "Meet me behind the amberdoor", nil)
	rude := say(waits, "Rude", Object{"mentions": []string{place}, "replyTo": said})
	guest.Must("pinMessage", Object{"messageId": said}, "")
	guest.Must("hideMessage", Object{"messageId": rude}, "")
	visited.Host.Must("hideMessage", Object{"messageId": said}, "")
	guest.Must("leaveRoom", Object{"roomId": visited.ID}, "")
	visited.Host.Must("releaseDevice", Object{"invitationId": ticket.ID}, "")
	other.Redeem(ticket.Renewed())

	call := manyOf(visited, email)
	again := visited.Host.Must("inviteUsers", Object{"roomId": call.RoomID, "key": call.Key, "role": call.Role, "rows": []Object{
		{"email": email, "firstName": call.Rows[0].FirstName, "lastName": call.Rows[0].LastName},
	}}, "rows { outcome }")
	Same(h.T, "what became of the person among many", again.Texts("rows", "outcome"), []string{"STANDING"})

	past := h.Hall(host, nil)
	earlier := past.Invite(strings.ToUpper(email), Object{"firstName": "Zéphyrine", "lastName": "Quillfeather-Umber"})
	h.Browser().Redeem(earlier)
	past.Command("startSession")
	past.Command("endSession")

	if !account {
		return past, visited
	}
	h.MustRun(Password+"\n", "user", "add", "--email", email, "--first-name", "Zephyrine", "--last-name", "Quillfeather")
	user := h.SignedIn(email, Password)
	list := filepath.Join(h.T.TempDir(), "people.csv")
	MustWrite(h.T, list, "email,first_name,last_name\n"+email+",Zephyrine,Quillfeather-Newname\n", 0o600)
	h.MustRun("", "user", "import", list)
	h.MustRun("", "token", "create", "--email", email)
	managed = h.Hall(user, Object{"title": "Managed"})
	managed.Invite("friend@example.org", nil)
	managed.Host.Must("addManager", Object{"roomId": managed.ID, "userId": host.ID(), "role": "OWNER"}, "")
	managed.Command("startSession")
	user.Enter(managed)
	visited.Host.Must("addManager", Object{"roomId": past.ID, "userId": user.ID(), "role": "CO_EDITOR"}, "")
	visited.Host.Must("removeManager", Object{"roomId": past.ID, "userId": user.ID()}, "")
	gone := h.Hall(user, Object{"title": "Deleted"})
	gone.Invite("friend@example.org", nil)
	user.Must("deleteRoom", Object{"roomId": gone.ID}, "")
	return managed, visited
}

func TestE4_NothingOfAnErasedPersonIsLeft(t *testing.T) {
	const email = "Zephyrine.Quill@Example.ORG"
	for name, c := range map[string]struct {
		account bool
		erase   func(t *testing.T, h *House, admin *Client)
	}{
		"a guest, by a command": {false, func(t *testing.T, h *House, _ *Client) {
			said := h.MustRun("", "erase", "--yes", email)
			if !strings.Contains(said, "2 invitations, 2 places") || !strings.Contains(said, "in 2 rooms") {
				t.Errorf("it says %q", said)
			}
		}},
		"an account, by a command that asks": {true, func(t *testing.T, h *House, _ *Client) {
			if got := h.Run("no\n", "erase", email); got.Status != 1 || !strings.Contains(got.Err, "nothing was erased") {
				t.Errorf("answered no: %+v", got)
			}
			h.MustRun("yes\n", "erase", email)
		}},
		"an account, by an administrator": {true, func(t *testing.T, _ *House, admin *Client) {
			got := admin.Must("erasePerson", Object{"email": email}, "accounts rooms invitations participants events")
			if got.Int("accounts") != 1 || got.Int("rooms") != 4 || got.Int("invitations") != 2 || got.Int("events") < 15 {
				t.Errorf("it erased %v", got)
			}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			OnEach(t, func(t *testing.T, h *House) {
				host := h.User("ada.host@example.com", "--admin")
				managed, visited := aLife(h, host, email, c.account)
				if !bytes.Contains(bytes.ToLower(h.Contents()), []byte("amberdoor")) {
					t.Fatal("the database does not even have the message: it was not looked into")
				}
				leaveCopies(t, h)
				before, counted := visited.Kinds(0), mustCount(visited)
				c.erase(t, h, host)
				mustNotNameAnywhere(t, h)
				mustNotConfirm(t, h, email, visited, managed)

				after := visited.Kinds(0)
				Same(t, "the events from before", after[:len(before)], before)
				Same(t, "the last event", after[len(after)-1], "ResyncRequired")
				Same(t, "the places", mustCount(visited), counted)
				for _, e := range visited.Log(0) {
					if e.Kind == "InvitationRedeemed" && e.Actor != "Erased person" && e.Actor != "Grace Guest" {
						t.Errorf("%s was done by %q", e.Kind, e.Actor)
					}
				}
				Same(t, "who invites and manages", host.MustAsk(`query($id: ID!) { room(id: $id) { managers { user { name } } } }`,
					Object{"id": managed.ID}).List("room.managers")[0].Text("user.name"), "Ada Host")

				if found := suggested(host, visited, "erased"); found != nil {
					t.Errorf("erased people are suggested: %q", found)
				}
				again := host.Must("erasePerson", Object{"email": email}, "accounts rooms invitations participants events")
				Same(t, "erasing again", again, Object{"accounts": 0, "rooms": 0, "invitations": 0, "participants": 0, "events": 0})
				if said := h.MustRun("", "erase", "--yes", "nobody@example.org"); said != "this site stores nothing about nobody@example.org" {
					t.Errorf("of an unknown address it says %q", said)
				}
				// The same address can be invited again.
				h.Browser().Redeem(visited.Invite(email, nil))
			})
		})
	}
}

func mustCount(r *Hall) int {
	return r.Host.MustAsk(`query($id: ID!) { room(id: $id) { participants { totalCount } } }`, Object{"id": r.ID}).Int("room.participants.totalCount")
}

func TestE4_AnErasedPersonLosesAllAccess(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		const email = "zephyrine@example.org"
		host := h.User("ada@example.com", "--admin")
		room := h.Hall(host, Object{"access": "MEMBERS"})
		room.Command("startSession")
		ticket := room.Invite(email, Object{"firstName": "Zephyrine", "lastName": "Quillfeather"})
		guest := h.Browser()
		guest.Redeem(ticket)
		guest.Enter(room)
		user := h.User("zephyrine.two@example.org")
		user.Enter(room)
		watched := []*Subscription{guest.Watch(Watching, room.ID, room.Revision()), guest.Watch(WatchingOwn, room.ID, room.Revision())}
		account := user.Watch(Watching, room.ID, room.Revision())
		page := host.Watch(Watching, room.ID, room.Revision())
		room.Begin(append(watched, account, page)...)

		h.MustRun("", "erase", "--yes", email)
		for _, w := range watched {
			w.Closes(4403)
		}
		changed := page.Expect("InvitationRevoked", "ParticipantChanged")
		Same(t, "the page's actor", changed["actor"], nil)
		page.Expect("ResyncRequired")
		guest.Fails("UNAUTHENTICATED", "enterRoom", Object{"roomId": room.ID})
		Same(t, "the link", h.Browser().Look(ticket.Token).Text("problem.code"), "INVITATION_REVOKED")
		room.Host.Refused("INVITATION_NOT_ACTIVE", "regenerateLink", Object{"invitationId": ticket.ID})

		h.MustRun("", "erase", "--yes", "zephyrine.two@example.org")
		account.Closes(4401)
		page.Expect("ParticipantChanged", "ResyncRequired")
		Same(t, "who asks", user.Ask("{ me { user { id } } }", nil).Code(), "UNAUTHENTICATED")
		if got := h.Run("", "user", "enable", "--email", "zephyrine.two@example.org"); got.Status != 1 {
			t.Errorf("the account can be enabled: %+v", got)
		}
		// A reader from before reads the room again, and sees nobody's old name.
		late := host.Watch(Watching, room.ID, 0)
		for {
			e := late.Event()
			if e.Text("__typename") == "ResyncRequired" && e.Int("revision") == room.Revision() {
				break
			}
		}
	})
}

func TestE4_SomebodyMustStayInCharge(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		admin := h.User("ada@example.com", "--admin")
		owner := h.User("zephyrine@example.org")
		room := h.Hall(owner, Object{"title": "Her own room"})
		refused := admin.Refused("LAST_OWNER", "erasePerson", Object{"email": "zephyrine@example.org"})
		if !strings.Contains(refused.Text("message"), "“Her own room”") {
			t.Errorf("it says %q", refused.Text("message"))
		}
		if got := h.Run("", "erase", "--yes", "zephyrine@example.org"); got.Status != 1 || !strings.Contains(got.Err, "“Her own room”") {
			t.Errorf("the command says %+v", got)
		}
		Same(t, "who she is still", owner.Who(), "zephyrine@example.org")
		admin.Refused("LAST_ADMIN", "erasePerson", Object{"email": "ada@example.com"})
		admin.Refused("INVALID_EMAIL", "erasePerson", Object{"email": "ada"})
		owner.Fails("FORBIDDEN", "erasePerson", Object{"email": "ada@example.com"})
		h.Browser().Fails("UNAUTHENTICATED", "erasePerson", Object{"email": "ada@example.com"})

		owner.Must("addManager", Object{"roomId": room.ID, "userId": admin.ID(), "role": "OWNER"}, "")
		admin.Must("erasePerson", Object{"email": "zephyrine@example.org"}, "")
		room.Host = admin
		Same(t, "her last doing", room.Log(0)[len(room.Log(0))-2].Kind, "ManagerRemoved")
	})
}
