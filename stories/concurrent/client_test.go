package concurrent

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	. "usher/sitetest"
)

// reference is graphql-ws, the protocol's reference client, in a process of its own.
type reference struct {
	t     *testing.T
	input io.Writer
	heard chan []any
}

// startReference starts graphql-ws with a bearer token, or without credentials when that is empty.
func startReference(t *testing.T, h *House, bearer string) *reference {
	t.Helper()
	folder := filepath.Join(Root(t), "wire/wsclient")
	node, err := exec.LookPath("node")
	if err == nil {
		_, err = os.Stat(folder + "/node_modules/graphql-ws")
	}
	MustHave(t, "Node 20, or what npm ci --prefix wire/wsclient installs,", err)
	program := exec.CommandContext(t.Context(), node, "story.mjs", "ws"+strings.TrimPrefix(h.URL, "http")+"/graphql", bearer)
	program.Dir, program.Stderr = folder, os.Stderr
	input, err := program.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	output, err := program.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	r := &reference{t, input, make(chan []any, 1000)}
	read := make(chan struct{})
	go func() {
		defer close(read)
		for lines := bufio.NewScanner(output); lines.Scan(); {
			var words []any
			if err := json.Unmarshal(lines.Bytes(), &words); err != nil {
				t.Errorf("the client says %q", lines.Text())
			}
			r.heard <- words
		}
	}()
	t.Cleanup(func() {
		_ = input.Close()
		_ = program.Process.Kill()
		<-read
		_ = program.Wait()
	})
	return r
}

// Ask begins an operation under a name.
func (r *reference) Ask(name, query string, variables Object) {
	r.t.Helper()
	if err := json.NewEncoder(r.input).Encode(Object{"name": name, "query": query, "variables": variables}); err != nil {
		r.t.Fatal(err)
	}
}

// Says waits for the next message under the name.
func (r *reference) Says(name string) []any {
	r.t.Helper()
	select {
	case words := <-r.heard:
		if words[0] != name {
			r.t.Fatalf("the client says %v, want %s", words, name)
		}
		return words[1:]
	case <-time.After(Patience):
		r.t.Fatalf("the client says nothing, want %s", name)
	}
	return nil
}

// Hears waits for an event of the subscription named "events", without errors.
func (r *reference) Hears(kind string) Object {
	r.t.Helper()
	words := r.Says("events")
	result, _ := words[0].(map[string]any)
	event := Object(result).In("data.roomEvents")
	if event.Text("__typename") != kind || result["errors"] != nil {
		r.t.Fatalf("the client hears %v, want %s", words, kind)
	}
	return event
}

func TestTheReferenceClientPlaysAGuestFromTheCountdownToTheLastEvent(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		ticket := room.Invite("grace@example.org", nil)

		visitor := startReference(t, h, "")
		redeem := Mutation("redeemInvitation", "participant { id state } accessToken")
		with := func(credential string) Object {
			return Object{"input": Object{"token": ticket.Token, "email": ticket.Email, "credential": credential, "attemptKey": strings.Repeat("k", 22)}}
		}
		visitor.Ask("redeem", redeem, with("BEARER"))
		visitor.Says("connected")
		words := visitor.Says("redeem")
		redeemed := Object(words[0].(map[string]any)).In("data.redeemInvitation")
		visitor.Says("redeem") // complete
		visitor.Says("closed") // it is lazy
		place, token := redeemed.Text("participant.id"), redeemed.Text("accessToken")
		Same(t, "the place", redeemed.Text("participant.state"), "COUNTDOWN")

		grace, at := startReference(t, h, token), room.Revision()
		grace.Ask("events", Watching, Object{"room": room.ID, "after": at})
		grace.Says("connected")
		room.Command("startSession")
		Same(t, "the countdown ends", grace.Hears("SessionStarted").Text("session.state"), "OPEN")
		grace.Ask("enter", Mutation("enterRoom", "participant { state }"), Object{"roomId": room.ID})
		Same(t, "the event of the very entering", grace.HearsBeside("enter").Text("state"), "IN_ROOM")
		room.Host.Must("changeRole", Object{"participantId": place, "role": "SPEAKER"}, "")
		Same(t, "the new capabilities", grace.Hears("RolePromoted")["capabilities"], []string{"CHAT", "ANSWER_INTERACTIONS", "ASK_QUESTIONS", "ANSWER_QUESTIONS", "BACKCHANNEL"})
		managed := room.Host.Watch(Watching, room.ID, room.Revision())
		grace.Ask("acknowledge", Mutation("acknowledgeRole", "participant { roleRevision }"), Object{"roomId": room.ID, "roleRevision": 2})
		managed.Expect("RoleDelivered")
		grace.HearsBeside("acknowledge")
		room.Host.Must("changeRole", Object{"participantId": place, "role": "VIEWER"}, "")
		grace.Hears("RoleDemoted")
		room.Host.Must("removeParticipant", Object{"participantId": place, "block": false}, "")
		grace.Hears("ParticipantRemoved")
		Same(t, "out, and still listening", grace.Hears("ParticipantChanged").Text("state"), "REMOVED")
		ticket.Do("revokeInvitation")
		grace.Hears("InvitationRevoked")
		Same(t, "the end", grace.Says("events"), []string{"complete"})
		Same(t, "the close", grace.Says("closed"), []any{4403})
	})
}

// HearsBeside waits for an event and an operation's answer and completion, in any order, and returns the event.
func (r *reference) HearsBeside(name string) (event Object) {
	r.t.Helper()
	for event == nil || name != "" {
		select {
		case words := <-r.heard:
			switch {
			case words[0] == "events":
				event = Object(words[1].(map[string]any)).In("data.roomEvents")
			case words[0] == name && words[1] == "complete":
				name = ""
			case words[0] != name:
				r.t.Fatalf("the client says %v", words)
			}
		case <-time.After(Patience):
			r.t.Fatalf("the client says nothing, want %s and its event", name)
		}
	}
	return event
}
