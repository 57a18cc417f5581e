package stories

import (
	"context"
	"sync"
	"testing"

	. "usher/sitetest"
)

func TestT4_OneKeySentManyTimesAtOnceWritesOneMessage(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		in := c.input("CHAT", "once")
		var all sync.WaitGroup
		for i := range 50 {
			all.Go(func() {
				ctx, cut := context.WithCancel(t.Context())
				defer cut()
				if i%2 == 0 {
					go cut() // some lose the answer
				}
				_, _, _ = c.people["viewer"].TryDo(ctx, "sendMessage", in, "")
			})
		}
		all.Wait()
		c.people["viewer"].Must("sendMessage", in, "")
		Same(t, "the chat", c.reads("manager", "CHAT"), "once")
		Same(t, "what others get", c.hear("speaker"), "MessagesPosted viewer Guest: once")
		c.say("speaker", "CHAT", "next")
		Same(t, "what they get then", c.hear("speaker"), "MessagesPosted speaker Guest: next")
	})
}

func TestC3_HidingAndEditingAtOnceHaveOneOrder(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		id := c.say("viewer", "CHAT", "first")
		var both sync.WaitGroup
		var edited Object
		both.Go(func() {
			_, edited = c.people["viewer"].Do("editMessage", Object{"messageId": id, "text": "second"}, "chatMessage { text }")
		})
		both.Go(func() { c.people["moderator"].Must("hideMessage", Object{"messageId": id}, "") })
		both.Wait()
		want := "second(HIDDEN)"
		if edited.Code() == "ALREADY_HANDLED" {
			want = "first(HIDDEN)"
		} else {
			Same(t, "the code", edited.Code(), "")
		}
		Same(t, "the chat", c.reads("moderator", "CHAT"), want)
	})
}
