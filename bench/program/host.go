//go:build linux

package program

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
)

// Host is a manager of a room.
type Host struct {
	Address   string // of the server
	Documents Documents
	Token     string
	Inviters  []string // tokens of those who invite
	Room      string
	Session   string

	turn int // whose it is to invite
}

// Invited is somebody who is invited, with the token of their link.
type Invited struct{ Email, Token string }

// atAMinute is how many people an account may invite in a minute, with some reserve.
const atAMinute = 2800

// NewHost adds the accounts of a manager, and of as many administrators as are needed to invite n people within a minute.
func (u *Program) NewHost(n int) (*Host, error) {
	h := &Host{Address: u.Host}
	var err error
	if h.Documents, err = ReadDocuments(); err != nil {
		return nil, err
	}
	if h.Token, err = u.Manager("host@usher.example"); err != nil {
		return nil, err
	}
	for i := range n/atAMinute + 1 {
		token, err := u.Manager(fmt.Sprintf("inviter%d@usher.example", i), "--admin")
		if err != nil {
			return nil, err
		}
		h.Inviters = append(h.Inviters, token)
	}
	return h, nil
}

// Ask sends an operation of the app and decodes data into answer.
func (h *Host) Ask(token, operation string, variables map[string]any, answer any) error {
	body, err := h.Documents.Request(operation, variables)
	if err != nil {
		return err
	}
	request, err := http.NewRequest(http.MethodPost, "http://"+h.Address+"/graphql", bytes.NewReader(body))
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

// CreateRoom creates the room that the host then manages.
func (h *Host) CreateRoom() error {
	var answer struct {
		CreateRoom struct {
			Room struct {
				ID      string
				Session struct{ ID string }
			}
		}
	}
	err := h.Ask(h.Token, "CreateRoom", map[string]any{"input": map[string]any{
		"title": "Title 0", "startsAt": time.Now().Add(time.Hour), "description": strings.Repeat("What this evening is about. ", 8),
	}}, &answer)
	h.Room, h.Session = answer.CreateRoom.Room.ID, answer.CreateRoom.Room.Session.ID
	return err
}

// Invite invites n people with the roles that roleOf returns.
func (h *Host) Invite(n int, roleOf func(i int) string) ([]Invited, error) {
	people := make([]Invited, n)
	const atATime = 100
	var all sync.WaitGroup
	faults := make([]error, len(h.Inviters))
	for i := range h.Inviters {
		by := h.Inviters[(h.turn+i)%len(h.Inviters)] // each in turn, because an account may invite a number of people a minute
		all.Go(func() {
			for first := i * atATime; first < len(people) && faults[i] == nil; first += atATime * len(h.Inviters) {
				faults[i] = h.inviteSome(by, people[first:min(first+atATime, len(people))], first, roleOf)
			}
		})
	}
	all.Wait()
	h.turn += n / atATime
	return people, errors.Join(faults...)
}

func (h *Host) inviteSome(token string, some []Invited, first int, roleOf func(int) string) error {
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
	err := h.Ask(token, "InviteUsers", map[string]any{"input": map[string]any{"roomId": h.Room, "key": fmt.Sprintf("the-call-from-row-%010d", first), "rows": rows}}, &answer)
	for _, row := range answer.InviteUsers.Rows {
		_, some[row.Row].Token, _ = strings.Cut(row.Invitation.Link, "#")
	}
	return err
}
