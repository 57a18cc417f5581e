//go:build linux

package main

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	"github.com/gorilla/websocket"

	"usher/bench/program"
)

// host is a manager of the room. Their page is open all the time.
type host struct{ program.Host }

func (h *host) rename(title string) error {
	return h.Ask(h.Token, "UpdateRoom", map[string]any{"input": map[string]any{"roomId": h.Room, "title": title}}, new(any))
}

func (h *host) startSession() error {
	return h.Ask(h.Token, "StartSession", map[string]any{"sessionId": h.Session}, new(any))
}

func (h *host) endSession() error {
	return h.Ask(h.Token, "EndSession", map[string]any{"sessionId": h.Session}, new(any))
}

// lists returns what reads the first pages of the manager's lists, and the counts above them.
func (h *host) lists() map[string]func() error {
	read := func(operation string, variables map[string]any) func() error {
		return func() error { return h.Ask(h.Token, operation, variables, new(any)) }
	}
	return map[string]func() error{
		"invitations": read("Invitations", map[string]any{"roomId": h.Room, "sessionId": h.Session, "first": 50}),
		"people":      read("People", map[string]any{"roomId": h.Room, "first": 100}),
		"counts":      read("PeopleCounts", map[string]any{"roomId": h.Room}),
	}
}

// openPage opens the manager's page: web/src/room/RoomPage.tsx. It follows the room's events and presence, and counts again at most once
// a second after news.
func (h *host) openPage() (closePage func(), err error) {
	var page struct{ Room struct{ Revision int } }
	if err := h.Ask(h.Token, "RoomPage", map[string]any{"roomId": h.Room}, &page); err != nil {
		return nil, err
	}
	dialer := websocket.Dialer{Subprotocols: []string{"graphql-transport-ws"}}
	socket, response, err := dialer.Dial("ws://"+h.Address+"/graphql", nil)
	if err != nil {
		return nil, fmt.Errorf("open the manager's page: %w", err)
	}
	_ = response.Body.Close()
	messages := []any{map[string]any{"type": "connection_init", "payload": map[string]any{"authorization": "Bearer " + h.Token}}}
	for operation, variables := range map[string]map[string]any{
		"RoomEvents": {"roomId": h.Room, "after": page.Room.Revision}, "Presence": {"roomId": h.Room},
	} {
		if _, err := h.Documents.Quoted(operation); err != nil {
			return nil, err
		}
		messages = append(messages, map[string]any{"type": "subscribe", "id": operation, "payload": map[string]any{"query": h.Documents[operation], "variables": variables}})
	}
	for i, message := range messages {
		if err := socket.WriteJSON(message); err != nil {
			return nil, fmt.Errorf("open the manager's page: %w", err)
		}
		if i == 0 { // the acknowledgement
			if _, _, err := socket.ReadMessage(); err != nil {
				return nil, fmt.Errorf("open the manager's page: %w", err)
			}
		}
	}
	go func() {
		var counting gathered
		for {
			_, message, err := socket.ReadMessage()
			if err != nil {
				return
			}
			if bytes.Contains(message, []byte(`"type":"next"`)) {
				counting.call(time.Second, func() { _ = h.Ask(h.Token, "PeopleCounts", map[string]any{"roomId": h.Room}, new(any)) })
			}
		}
	}()
	return func() { _ = socket.Close() }, nil
}

// entries returns how often each participant entered according to the room's events, from the start of the session.
func (h *host) entries() (map[string]int, error) {
	found, seen := map[string]int{}, map[int]bool{}
	var before any
	for {
		var page struct {
			Room struct {
				Events []struct {
					Typename    string `json:"__typename"`
					Revision    int
					State       string
					Participant struct{ ID string }
				}
			}
		}
		if err := h.Ask(h.Token, "Activity", map[string]any{"roomId": h.Room, "first": 100, "before": before}, &page); err != nil {
			return nil, err
		}
		if len(page.Room.Events) == 0 {
			return nil, errors.New("the log has no start of the session")
		}
		for _, event := range page.Room.Events {
			switch {
			case event.Typename == "SessionStarted":
				return found, nil
			case seen[event.Revision]:
				return nil, fmt.Errorf("the log has revision %d twice", event.Revision)
			case event.Typename == "ParticipantChanged" && event.State == "IN_ROOM":
				found[event.Participant.ID]++
			}
			seen[event.Revision] = true
			before = event.Revision
		}
	}
}
