package stories

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	. "usher/sitetest"
)

// atOnce has people do things at the same time, and waits for all of them.
func atOnce(all ...func()) {
	var together sync.WaitGroup
	begin := make(chan struct{})
	for _, do := range all {
		together.Go(func() {
			<-begin
			do()
		})
	}
	close(begin)
	together.Wait()
}

// tries has somebody try to write a message. It returns its revision, 0 with the code if it was refused.
func (t *talking) tries(who string, in Object) (revision int, code string) {
	_, result := t.people[who].Do("sendMessage", in, "chatMessage { id }")
	if code = result.Code(); code != "" {
		return 0, code
	}
	m, err := t.H.Parts.Database.Read.Message.Get(t.H.T.Context(), result.Text("chatMessage.id"))
	if err != nil {
		t.H.T.Error(err)
		return 0, ""
	}
	return m.Revision, ""
}

func TestT6_MutingAndWritingAtOnceHaveOneOrder(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		for range 8 {
			h.Advance(time.Minute)
			before := c.Revision()
			revisions, codes := make([]int, 4), make([]string, 4)
			var all []func()
			for i := range codes {
				in := c.input("CHAT", "quick")
				all = append(all, func() { revisions[i], codes[i] = c.tries("viewer", in) })
			}
			place := Object{"participantId": c.places["viewer"]}
			atOnce(slices.Insert(all, 2, func() { c.people["moderator"].Must("muteParticipant", place, "") })...)
			muted := before + 1 + slices.Index(c.Kinds(before), "ParticipantMuted")
			for i, code := range codes {
				if (code != "" || revisions[i] >= muted) && (code != "MUTED" || revisions[i] != 0) {
					t.Errorf("muted at %d, a message is answered %q at %d", muted, code, revisions[i])
				}
			}
			c.people["moderator"].Must("unmuteParticipant", place, "")
		}
	})
}

func TestB3_TheDemotedHearNothingOfTheBackchannelAfterwards(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		change := func(to string) {
			c.Host.Must("changeRole", Object{"participantId": c.places["viewer"], "role": to}, "")
		}
		said := 0
		for round := range 8 {
			h.Advance(time.Minute)
			change("SPEAKER")
			c.watch["viewer"].Expect("RolePromoted")
			all := []func(){func() { change("VIEWER") }}
			for _, who := range everyone[1:] {
				for range 3 {
					in := c.input("BACKCHANNEL", "between us")
					all = append(all, func() { c.people[who].Must("sendMessage", in, "") })
					said++
				}
			}
			atOnce(all...)
			c.say("manager", "CHAT", "over")
			after := false
			for over := false; !over; {
				e := c.watch["viewer"].Event()
				switch channel := e.TextIfAny("channel"); {
				case e.Text("__typename") == "RoleDemoted":
					after = true
				case channel == "CHAT":
					over = true
				case channel == "BACKCHANNEL" && after:
					t.Fatalf("in round %d the demoted hear %v", round, e)
				}
			}
			Same(t, "they hear of the demotion", after, true)
		}
		Same(t, "in the list", c.reads("viewer", "BACKCHANNEL"), "nothing")
		heard := 0
		for heard < said { // those who stay hear each once
			if e := c.watch["speaker"].Event(); e.TextIfAny("channel") == "BACKCHANNEL" {
				heard += len(e.List("messages"))
			}
		}
		c.watch["speaker"].Expect("MessagesPosted")
		c.watch["speaker"].Silent()
		Same(t, "the messages that they hear", heard, said)
	})
}

func TestC4_DeletingAndPinningAtOnceHaveOneOrder(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		for range 12 {
			h.Advance(time.Minute)
			id := c.say("viewer", "CHAT", "pin me")
			before, with := c.Revision(), Object{"messageId": id}
			var pinned Object
			atOnce(
				func() { _, pinned = c.people["moderator"].Do("pinMessage", with, "") },
				func() { c.people["viewer"].Must("deleteMessage", with, "") },
			)
			want := []string{"MessagePinned", "MessagePinned", "MessagesChanged"} // pinned, unpinned, deleted
			if code := pinned.Code(); code != "" {
				Same(t, "the code", code, "ALREADY_HANDLED")
				want = []string{"MessagesChanged"}
			}
			Same(t, "the events", c.Kinds(before), want)
			Same(t, "what is pinned", c.pinned("viewer", "CHAT"), "")
		}
	})
}

func TestT4_WhoIsRefusedInACrowdFailsNobodyElse(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		elsewhere := h.Hall(c.Host, nil)
		elsewhere.Command("startSession")
		theirs := c.Host.Must("sendMessage", Object{
			"roomId": elsewhere.ID, "channel": "CHAT", "text": "elsewhere", "key": "a-key-of-another-room-0001",
		}, "chatMessage { id }").Text("chatMessage.id")
		wrong := []Object{
			c.with("CHAT", "answer", Object{"replyTo": theirs}), c.with("CHAT", "to nobody", Object{"mentions": []string{"p_nobody"}}),
			c.input("CHAT", "left \u202e right"), c.with("CHAT", "short", Object{"key": "k"}),
		}
		var all []func()
		for i, in := range wrong {
			all = append(all, func() {
				if _, code := c.tries(everyone[i], in); code != "INVALID_VALUE" {
					t.Errorf("%v is answered %q", in, code)
				}
			})
			for n := range 4 {
				in := c.input("CHAT", fmt.Sprint(i, n))
				all = append(all, func() { c.people[everyone[i]].Must("sendMessage", in, "") })
			}
		}
		before := c.Revision()
		atOnce(all...)
		stored := h.Parts.Database.Read.Message.Query().CountX(t.Context())
		Same(t, "the stored messages", stored, 4*len(wrong)+1)
		if shared := c.Revision() - before; shared > 4*len(wrong) {
			t.Errorf("%d messages took %d events", 4*len(wrong), shared)
		}
	})
}
