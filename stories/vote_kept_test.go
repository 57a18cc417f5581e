package stories

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	. "usher/sitetest"
)

func TestN10_TheTurnoutIsWhoWasInTheRoomWhileItWasOpen(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		v := mustVote(h)
		before := v.Invite("before@example.org", nil).BearerGuest()
		before.Enter(v.Hall)
		before.Must("leaveRoom", Object{"roomId": v.ID}, "")
		of := v.start(poll(nil))
		v.people["speaker"].Must("leaveRoom", Object{"roomId": v.ID}, "") // was there at the start
		brief := v.Invite("brief@example.org", nil).BearerGuest()
		brief.Enter(v.Hall) // came and went
		brief.Must("leaveRoom", Object{"roomId": v.ID}, "")
		v.Invite("lobby@example.org", nil).BearerGuest()
		v.Host.Must("removeParticipant", Object{"participantId": v.places["viewer"], "block": true}, "")
		stopped := v.call("moderator", "stopInteraction", named(of))
		Same(t, "who could have answered", stopped.Int("turnout"), 4)
		after := v.Invite("after@example.org", nil).BearerGuest()
		after.Enter(v.Hall)
		Same(t, "once others come", v.reads("manager", of).Int("turnout"), 4)
		again := v.start(poll(nil))
		v.Command("endSession")
		Same(t, "who could have answered until the end", v.reads("manager", again).Int("turnout"), 2)
	})
}

func TestE4_WhatSomebodyAnsweredInWordsIsErasedWithThem(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		v := mustVote(h)
		of := v.start(poll(Object{"kind": "WORDS", "options": nil, "named": true, "share": "LIVE"}))
		v.call("viewer", "answerInteraction", writes(of, "Zebracanary", "tea"))
		v.call("speaker", "answerInteraction", writes(of, "tea"))
		h.MustRun("", "erase", "--yes", "viewer@example.org")
		words := v.reads("moderator", of).List("words")
		Same(t, "the words that are left", len(words), 1)
		Same(t, "the word that two people gave", words[0].Int("answers"), 1)
		Same(t, "how many have answered", v.reads("moderator", of).Int("answers"), 2)
		if bytes.Contains(bytes.ToLower(h.Contents()), []byte("zebracanary")) {
			t.Error("the word is still stored")
		}
		v.call("moderator", "stopInteraction", named(of))
		if strings.Contains(h.Log.String(), "counters of an interaction") {
			t.Error("the stop found a wrong counter")
		}
	})
}

func TestT9_InteractionsAreDeletedWithTheirSessionsMessages(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		v := mustVote(h)
		of := v.start(poll(Object{"title": "Zebracanary?", "kind": "WORDS", "options": nil}))
		v.call("viewer", "answerInteraction", writes(of, "Zebraword"))
		v.draft(poll(Object{"title": "Zebracanary again?"}))
		v.Command("endSession")
		ended := h.Now()
		stored := func() (all []int) {
			c, ctx := h.Parts.Database.Read, t.Context()
			for _, count := range []func(context.Context) (int, error){
				c.Interaction.Query().Count, c.Answer.Query().Count, c.Word.Query().Count, c.Choice.Query().Count,
			} {
				n, err := count(ctx)
				MustHave(t, "the number of rows", err)
				all = append(all, n)
			}
			return all
		}
		const day = 24 * time.Hour
		h.Set(ended.Add(30 * day))
		h.Retain()
		Same(t, "what is stored 30 days after the session's end", stored(), []int{2, 1, 1, 2})
		h.Set(ended.Add(30*day + time.Millisecond))
		h.Retain()
		Same(t, "what is stored a millisecond later", stored(), []int{0, 0, 0, 0})
	})
}
