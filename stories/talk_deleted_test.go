package stories

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	. "usher/sitetest"
)

// canary is a word of one message only.
const canary = "xanthous-quokka"

// mustLackCanary reports where the deleted text still is.
func mustLackCanary(t *testing.T, where string, kept []byte) {
	t.Helper()
	if at := bytes.Index(kept, []byte(canary)); at >= 0 {
		t.Errorf("%s has the deleted text: …%q…", where, kept[max(0, at-60):min(len(kept), at+60)])
	}
}

// backedUp returns the bytes of a new backup of a SQLite database, nothing of PostgreSQL.
func backedUp(h *House) []byte {
	h.T.Helper()
	if !strings.Contains(h.Storage[0], "sqlite:") {
		return nil
	}
	file := filepath.Join(h.T.TempDir(), "backup.db")
	h.MustRun("", "backup", file)
	backup, err := os.ReadFile(file)
	MustHave(h.T, "the backup", err)
	return backup
}

func TestC2_ADeletedTextIsNowhere(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		before := c.Revision()
		for _, who := range everyone {
			c.say(who, "CHAT", "Something else from the "+who)
		}
		id := c.say("viewer", "CHAT", "My password is "+canary)
		c.people["speaker"].Must("sendMessage", c.with("CHAT", "Do not tell us", Object{"replyTo": id}), "")
		c.people["moderator"].Must("pinMessage", Object{"messageId": id}, "")
		c.people["viewer"].Must("editMessage", Object{"messageId": id, "text": "It was " + canary + strings.Repeat(" or so", 100)}, "")
		if !strings.Contains(h.Storage[0], "sqlite:") { // the planner takes a sample
			_, err := h.DB().ExecContext(t.Context(), "ANALYZE messages")
			MustHave(t, "the sample", err)
		}
		if !bytes.Contains(h.Contents(), []byte(canary)) {
			t.Fatal("the database does not even have the message: it was not looked into")
		}
		c.people["viewer"].Must("deleteMessage", Object{"messageId": id}, "")
		c.Update(Object{"title": "The end"})

		for _, who := range everyone {
			asked := c.people[who].Ask(`query($id: ID!, $message: ID!) {
				node(id: $message) { ... on ChatMessage { text state } }
				room(id: $id) { messages(channel: CHAT) { nodes { text replyTo { text } } } tools { pinned(channel: CHAT) { text } }
					events(first: 200, tools: [CHAT]) { __typename ... on MessagesPosted { messages { text replyTo { text } } }
						... on MessagesChanged { messages { text } } ... on MessagePinned { pinned { text } } } } }`, Object{"id": c.ID, "message": id})
			Same(t, "the errors", asked.Code(), "")
			mustLackCanary(t, "what the "+who+" asks for", []byte(asked.Raw))
			again := c.people[who].Connect().Subscribe(talkingDocument, Object{"room": c.ID, "after": before})
			for kind, events := "", 0; kind != "RoomUpdated"; events++ {
				m := again.Next()
				kind = m.Data.Text("roomEvents.__typename")
				mustLackCanary(t, fmt.Sprint("event ", events, " again for the ", who), []byte(m.Raw))
			}
		}
		mustLackCanary(t, "the log", []byte(h.Log.String()))
		mustLackCanary(t, "a backup", backedUp(h))
		h.Retain() // empties the WAL
		if strings.Contains(h.Storage[0], "sqlite:") {
			mustLackCanary(t, "the database within the hour", h.Contents())
		}
		h.MustRun("", "erase", "--yes", "nobody@example.org") // scrubs the database
		mustLackCanary(t, "the scrubbed database", h.Contents())
	})
}

func TestT9_AStreamGoesOnAcrossDeletedMessages(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		before := c.Revision()
		for n := range 3 {
			c.say("viewer", "CHAT", fmt.Sprint("old ", n))
			c.say("speaker", "BACKCHANNEL", fmt.Sprint("back ", n))
		}
		pinned := c.say("moderator", "CHAT", "pinned")
		c.people["moderator"].Must("pinMessage", Object{"messageId": pinned}, "")
		c.Command("endSession")
		h.Set(h.Now().Add(30*24*time.Hour + time.Millisecond))
		h.Retain()
		Same(t, "the stored messages", h.Parts.Database.Read.Message.Query().CountX(t.Context()), 0)
		c.Session = c.Host.Must("scheduleSession", Object{"roomId": c.ID, "startsAt": Stamp(h.Now())}, "session { id }").Text("session.id")
		c.Command("startSession")
		c.people["viewer"].Redeem(c.Invite("viewer@example.org", nil))
		c.people["viewer"].Enter(c.Hall)
		said := c.Revision()
		c.say("viewer", "CHAT", "new")
		want := c.Kinds(before)
		stream := c.Host.Connect().Subscribe(talkingDocument, Object{"room": c.ID, "after": before})
		for i, kind := range want {
			e := stream.Event()
			Same(t, "the event", fmt.Sprint(e.Int("revision"), " ", e.Text("__typename")), fmt.Sprint(before+1+i, " ", kind))
			if kind == "MessagesPosted" {
				Same(t, "it shows messages", len(e.List("messages")) > 0, e.Int("revision") > said)
			}
		}
		c.say("viewer", "CHAT", "newer")
		Same(t, "the stream's next", stream.Expect("MessagesPosted").List("messages")[0].Text("text"), "newer")
	}, "--keep-events=60d")
}
