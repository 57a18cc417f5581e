package stories

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	. "usher/sitetest"
)

func TestC5_MessagesOfAnotherRoomCannotBeReached(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		here := c.say("viewer", "CHAT", "here")
		elsewhere := h.Hall(c.Host, nil) // the manager may read both
		elsewhere.Command("startSession")
		there := c.Host.Must("sendMessage", Object{
			"roomId": elsewhere.ID, "channel": "CHAT", "text": "there", "key": "a-key-of-another-room-0001",
		}, "chatMessage { id }").Text("chatMessage.id")
		before := c.Revision() + elsewhere.Revision()
		for _, id := range []string{there, c.places["speaker"], c.ID, "m_", "m_\x7f", strings.Repeat("m", 64)} {
			refused := c.Host.Refused("INVALID_VALUE", "sendMessage", c.with("CHAT", "an answer", Object{"replyTo": id}))
			Same(t, "the field", refused["field"], any("replyTo"))
		}
		back := c.with("CHAT", "an answer", Object{"replyTo": here})
		back["roomId"] = elsewhere.ID
		c.Host.Refused("INVALID_VALUE", "sendMessage", back)
		for _, name := range []string{"deleteMessage", "hideMessage", "restoreMessage", "pinMessage", "editMessage"} {
			with := Object{"messageId": there}
			if name == "editMessage" {
				with["text"] = "mine now"
			}
			for _, who := range []string{"viewer", "moderator"} {
				c.people[who].Fails("NOT_FOUND", name, with)
			}
		}
		Same(t, "the revisions of both rooms", c.Revision()+elsewhere.Revision(), before)
	})
}

func TestT3_TextsThatAreNoTextAreStoredAsTextOrRefused(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		viewer, id := c.people["viewer"], c.say("viewer", "CHAT", "first")
		for raw, want := range map[string]string{ // as JSON writes them
			`"a\ud800b"`:              "a\ufffdb", // half a surrogate pair
			`"\udc00\ud800"`:          "\ufffd\ufffd",
			`"a\u0000b"`:              "",
			`"a\u202eb"`:              "",
			`"a\u2066b"`:              "",
			`"\u2060\ufeff\u00ad"`:    "",
			`"a\u001bb"`:              "",
			`"' OR 1=1; --"`:          "' OR 1=1; --",
			`"{{constructor}}${7*7}"`: "{{constructor}}${7*7}",
			`"=1+1"`:                  "=1+1",
			"\"a\xffb\"":              "",
		} {
			h.Advance(10 * time.Second)
			in := c.input("CHAT", "")
			in["text"] = json.RawMessage(raw)
			for name, with := range map[string]Object{"sendMessage": in, "editMessage": {"messageId": id, "text": in["text"]}} {
				r, result, err := viewer.TryDo(t.Context(), name, with, "chatMessage { text }")
				if err != nil {
					if want != "" {
						t.Errorf("%s with %s: %v", name, raw, err)
					}
					continue
				}
				got := result.Code() + r.Code()
				if want == "" && got != "INVALID_VALUE" && got != "BAD_USER_INPUT" {
					t.Errorf("%s with %s is answered %s", name, raw, r.Raw)
				}
				if want != "" {
					Same(t, name+" with "+raw, result.TextIfAny("chatMessage.text"), want)
				}
			}
		}
	})
}
