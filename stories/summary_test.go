package stories

import (
	"fmt"
	"strings"
	"testing"
	"time"

	. "usher/sitetest"
)

const attendanceDocument = `query($id: ID!, $of: ID, $first: Int, $after: Cursor, $search: String) {
	room(id: $id) { attendance(sessionId: $of, first: $first, after: $after, search: $search) {
		totalCount nodes { participant { displayName } enteredAt leftAt stays seconds } pageInfo { hasNextPage endCursor }
	} }
}`

// attended returns who was there as “name stays seconds”, with a dot if they are there now.
func attended(room *Hall, with Object) (all []string) {
	room.H.T.Helper()
	with["id"] = room.ID
	for _, a := range room.Host.MustAsk(attendanceDocument, with).List("room.attendance.nodes") {
		line := fmt.Sprint(strings.TrimSuffix(a.Text("participant.displayName"), " Guest"), " ", a.Int("stays"), " ", a.Int("seconds"))
		if a.At("enteredAt") != nil && a.At("leftAt") == nil {
			line += " now"
		}
		all = append(all, line)
	}
	return all
}

func TestT12_ManagersReadWhoWasInTheRoomFromWhenToWhen(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		c := mustTalk(h)
		in, viewer := Object{"roomId": c.ID}, c.people["viewer"]
		began := h.Now()
		h.Browser().Redeem(c.Invite("late@example.org", Object{"firstName": "late"})) // and stays outside
		h.Advance(10 * time.Minute)
		viewer.Must("leaveRoom", in, "")
		h.Advance(5 * time.Minute)
		viewer.Must("enterRoom", in, "")
		h.Advance(time.Minute)
		Same(t, "while the session runs", attended(c.Hall, Object{}), []string{"late 0 0", "moderator 1 960 now", "speaker 1 960 now", "viewer 2 660 now"})
		first := c.Host.MustAsk(attendanceDocument, Object{"id": c.ID, "search": "VIEW"}).List("room.attendance.nodes")
		Same(t, "who is found by name", len(first), 1)
		Same(t, "when they came", first[0].Text("enteredAt"), Stamp(began))
		Same(t, "who is found by email", attended(c.Hall, Object{"search": "late@example"}), []string{"late 0 0"})

		over := c.Session
		c.Command("endSession")
		h.Advance(time.Hour)
		Same(t, "after the end", attended(c.Hall, Object{}), []string{"late 0 0", "moderator 1 960", "speaker 1 960", "viewer 2 660"})
		c.Host.Must("scheduleSession", Object{"roomId": c.ID, "startsAt": Stamp(h.Now())}, "")
		Same(t, "of the next session", len(attended(c.Hall, Object{})), 0)
		Same(t, "of the one before", len(attended(c.Hall, Object{"of": over})), 4)
		seen := pages(c.Host, attendanceDocument, "room.attendance", "stays", Object{"id": c.ID, "of": over, "first": 3}, func(int) {})
		Same(t, "page by page", seen, []string{"0", "1", "1", "2"})

		elsewhere := h.Hall(c.Host, nil)
		for _, of := range []string{elsewhere.Session, "s_00000000000000000000000000", "", "x"} {
			r := c.Host.MustAsk(attendanceDocument, Object{"id": c.ID, "of": of})
			if of != "" && r.At("room.attendance") != nil {
				t.Errorf("the attendance of session %q in another room is %v", of, r)
			}
		}
	})
}

const summaryDocument = `query($id: ID!, $of: ID) { room(id: $id) { summary(sessionId: $of) {
	session { id } invited came mostAtOnce averageSeconds messages backchannel writtenUntil
	questions { asked open answered dismissed pending }
	interactions { totalCount nodes { title answers options { answers } words { word answers } } }
} } }`

func TestT12_ManagersReadASummaryOfASession(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		v := mustVote(h)
		read := func(of any) Object {
			t.Helper()
			return v.Host.MustAsk(summaryDocument, Object{"id": v.ID, "of": of}).In("room.summary")
		}
		numbers := func(of any, paths ...string) (all []any) {
			sum := read(of)
			for _, path := range paths {
				all = append(all, sum.At(path))
			}
			return all
		}
		write := func(who, channel, key string) string {
			return v.people[who].Must("sendMessage", Object{"roomId": v.ID, "channel": channel, "text": "Hello", "key": "a-key-of-this-message-" + key}, "chatMessage { id }").
				Text("chatMessage.id")
		}
		gone := write("viewer", "CHAT", "1")
		write("speaker", "CHAT", "2")
		write("speaker", "BACKCHANNEL", "3")
		hidden := write("viewer", "CHAT", "4")
		v.people["viewer"].Must("deleteMessage", Object{"messageId": gone}, "")
		v.Host.Must("hideMessage", Object{"messageId": hidden}, "")
		v.people["viewer"].Must("askQuestion", Object{"roomId": v.ID, "text": "Why?", "key": "a-key-of-this-question-1"}, "")
		days := v.start(poll(nil))
		for _, who := range rolesOfVoters {
			v.call(who, "answerInteraction", choosing(days, 1))
		}
		v.call("moderator", "stopInteraction", named(days))
		words := v.start(poll(Object{"kind": "WORDS", "options": nil, "title": "A word?", "named": true}))
		v.call("viewer", "answerInteraction", writes(words, "tea"))
		v.draft(poll(Object{"title": "Never started"}))
		v.Host.Must("revokeInvitation", Object{"invitationId": v.Invite("never@example.org", nil).ID}, "")
		h.Advance(10 * time.Minute)
		v.people["viewer"].Must("leaveRoom", Object{"roomId": v.ID}, "")
		h.Advance(20 * time.Minute)

		Same(t, "people", numbers(nil, "invited", "came", "mostAtOnce", "averageSeconds"), []any{3., 3., 3., 1400.})
		Same(t, "messages", numbers(nil, "messages", "backchannel"), []any{2., 1.})
		Same(t, "questions", numbers(nil, "questions.asked", "questions.open", "questions.answered", "questions.dismissed", "questions.pending"), []any{1., 1., 0., 0., 0.})
		Same(t, "interactions", numbers(nil, "interactions.totalCount", "writtenUntil"), []any{2., nil})
		polls := read(nil).List("interactions.nodes")
		Same(t, "the newest first", []string{polls[0].Text("title"), polls[1].Text("title")}, []string{"A word?", "Which day?"})
		Same(t, "their results", []any{polls[0].List("words")[0].At("answers"), polls[1].List("options")[1].At("answers")}, []any{1., 3.})

		over := v.Session
		v.Command("endSession")
		until := Stamp(h.Now().Add(30 * 24 * time.Hour))
		h.Advance(time.Hour)
		v.Host.Must("scheduleSession", Object{"roomId": v.ID, "startsAt": Stamp(h.Now())}, "")
		Same(t, "of the next session", numbers(nil, "invited", "came", "mostAtOnce", "averageSeconds", "messages", "questions.asked", "interactions.totalCount"),
			[]any{0., 0., 0., 0., 0., 0., 0.})
		Same(t, "of the one before", numbers(over, "session.id", "came", "averageSeconds", "messages", "interactions.totalCount", "writtenUntil"),
			[]any{over, 3., 1400., 2., 2., until})
		if sum := v.Host.MustAsk(summaryDocument, Object{"id": v.ID, "of": h.Hall(v.Host, nil).Session}); sum.At("room.summary") != nil {
			t.Errorf("the summary of another room's session is %v", sum)
		}
	})
}
