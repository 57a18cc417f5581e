//go:build linux

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// host is a manager of the room. Their page is open all the time.
type host struct {
	address   string
	documents appDocuments
	token     string
	inviters  []string // tokens of those who invite
	room      string
	session   string
}

// ask sends an operation of the app and decodes data into answer.
func (h *host) ask(token, operation string, variables map[string]any, answer any) error {
	body, err := h.documents.request(operation, variables)
	if err != nil {
		return err
	}
	request, err := http.NewRequest(http.MethodPost, "http://"+h.address+"/graphql", bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	var read struct {
		Data   json.RawMessage
		Errors json.RawMessage
	}
	if err := json.Unmarshal(text, &read); err != nil || len(read.Errors) > 0 || bytes.Contains(text, []byte(`:"Problem"`)) {
		return errors.Join(fmt.Errorf("%s: %s: %.300s", operation, response.Status, text), err)
	}
	return json.Unmarshal(read.Data, answer)
}

func (h *host) createRoom() error {
	var answer struct {
		CreateRoom struct {
			Room struct {
				ID      string
				Session struct{ ID string }
			}
		}
	}
	err := h.ask(h.token, "CreateRoom", map[string]any{"input": map[string]any{
		"title": "Title 0", "startsAt": time.Now().Add(time.Hour), "description": strings.Repeat("What this evening is about. ", 8),
	}}, &answer)
	h.room, h.session = answer.CreateRoom.Room.ID, answer.CreateRoom.Room.Session.ID
	return err
}

// invite invites a crowd of n viewers and the extra people. It returns them with their links' tokens.
func (h *host) invite(n int) ([]invited, error) {
	people := make([]invited, n+extra)
	const atATime = 100
	var all sync.WaitGroup
	faults := make([]error, len(h.inviters))
	for by, token := range h.inviters {
		all.Go(func() {
			for first := by * atATime; first < len(people) && faults[by] == nil; first += atATime * len(h.inviters) {
				faults[by] = h.inviteSome(token, people[first:min(first+atATime, len(people))], first, func(i int) string {
					if speaker := i - n - early; 0 <= speaker && speaker < speakers {
						return "SPEAKER"
					}
					return "VIEWER"
				})
			}
		})
	}
	all.Wait()
	return people, errors.Join(faults...)
}

func (h *host) inviteSome(token string, some []invited, first int, roleOf func(int) string) error {
	var rows []map[string]any
	for i := range some {
		some[i].Email = fmt.Sprintf("guest%d@guests.example", first+i)
		rows = append(rows, map[string]any{"email": some[i].Email, "firstName": "Guest", "lastName": fmt.Sprint("Number ", first+i), "role": roleOf(first + i)})
	}
	var answer struct {
		InviteUsers struct {
			Rows []struct {
				Row        int
				Invitation struct{ Link string }
			}
		}
	}
	err := h.ask(token, "InviteUsers", map[string]any{"input": map[string]any{"roomId": h.room, "key": fmt.Sprintf("the-call-from-row-%010d", first), "rows": rows}}, &answer)
	for _, row := range answer.InviteUsers.Rows {
		_, some[row.Row].Token, _ = strings.Cut(row.Invitation.Link, "#")
	}
	return err
}

func (h *host) rename(title string) error {
	return h.ask(h.token, "UpdateRoom", map[string]any{"input": map[string]any{"roomId": h.room, "title": title}}, new(any))
}

func (h *host) startSession() error {
	return h.ask(h.token, "StartSession", map[string]any{"sessionId": h.session}, new(any))
}

func (h *host) endSession() error {
	return h.ask(h.token, "EndSession", map[string]any{"sessionId": h.session}, new(any))
}

// lists returns what reads the first pages of the manager's lists, and the counts above them.
func (h *host) lists() map[string]func() error {
	read := func(operation string, variables map[string]any) func() error {
		return func() error { return h.ask(h.token, operation, variables, new(any)) }
	}
	return map[string]func() error{
		"invitations": read("Invitations", map[string]any{"roomId": h.room, "sessionId": h.session, "first": 50}),
		"people":      read("People", map[string]any{"roomId": h.room, "first": 100}),
		"counts":      read("PeopleCounts", map[string]any{"roomId": h.room}),
	}
}

// openPage opens the manager's page: web/src/room/RoomPage.tsx. It follows the room's events and presence, and counts again at most once
// a second after news.
func (h *host) openPage() (closePage func(), err error) {
	var page struct{ Room struct{ Revision int } }
	if err := h.ask(h.token, "RoomPage", map[string]any{"roomId": h.room}, &page); err != nil {
		return nil, err
	}
	dialer := websocket.Dialer{Subprotocols: []string{"graphql-transport-ws"}}
	socket, response, err := dialer.Dial("ws://"+h.address+"/graphql", nil)
	if err != nil {
		return nil, fmt.Errorf("open the manager's page: %w", err)
	}
	_ = response.Body.Close()
	messages := []any{map[string]any{"type": "connection_init", "payload": map[string]any{"authorization": "Bearer " + h.token}}}
	for operation, variables := range map[string]map[string]any{
		"RoomEvents": {"roomId": h.room, "after": page.Room.Revision}, "Presence": {"roomId": h.room},
	} {
		if _, err := h.documents.quoted(operation); err != nil {
			return nil, err
		}
		messages = append(messages, map[string]any{"type": "subscribe", "id": operation, "payload": map[string]any{"query": h.documents[operation], "variables": variables}})
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
				counting.call(time.Second, func() { _ = h.ask(h.token, "PeopleCounts", map[string]any{"roomId": h.room}, new(any)) })
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
		if err := h.ask(h.token, "Activity", map[string]any{"roomId": h.room, "first": 100, "before": before}, &page); err != nil {
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
