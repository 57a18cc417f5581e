// Command guests invites N people to a room's session and redeems each invitation as an API client would. It prints their bearer tokens
// for the load generator, one on each line.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync"
)

const invite = `mutation($input: InviteUserInput!) { inviteUser(input: $input) {
	... on InvitationSuccess { invitation { link } } ... on Problem { code message } } }`

const redeem = `mutation($input: RedeemInvitationInput!) { redeemInvitation(input: $input) {
	... on RedeemInvitationSuccess { accessToken } ... on Problem { code message } } }`

// atOnce limits the guests that are created concurrently.
const atOnce = 8

type site struct {
	url, room string
	tokens    []string // of those who invite, in turn
}

// answer is the answer to either mutation.
type answer struct {
	Invitation    struct{ Link string }
	AccessToken   string
	Code, Message string
}

func (s site) ask(token, query, field string, input map[string]any) (a answer, err error) {
	body, err := json.Marshal(map[string]any{"query": query, "variables": map[string]any{"input": input}})
	if err != nil {
		return a, fmt.Errorf("encode %s: %w", field, err)
	}
	request, err := http.NewRequest(http.MethodPost, s.url, bytes.NewReader(body))
	if err != nil {
		return a, fmt.Errorf("ask %s: %w", field, err)
	}
	request.Header.Set("Content-Type", "application/json")
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return a, fmt.Errorf("ask %s: %w", field, err)
	}
	defer response.Body.Close()
	var result struct {
		Data   map[string]answer
		Errors json.RawMessage
	}
	if err := json.NewDecoder(response.Body).Decode(&result); err != nil {
		return a, fmt.Errorf("read %s: %s: %w", field, response.Status, err)
	}
	a = result.Data[field]
	if len(result.Errors) > 0 || a.Code != "" {
		return a, fmt.Errorf("%s was refused: %s %s %s", field, a.Code, a.Message, result.Errors)
	}
	return a, nil
}

// guest creates the ith guest and returns the token.
func (s site) guest(i int) (string, error) {
	email := fmt.Sprintf("guest%d@guests.example", i)
	invited, err := s.ask(s.tokens[i%len(s.tokens)], invite, "inviteUser", map[string]any{
		"roomId": s.room, "email": email, "firstName": "Guest", "lastName": fmt.Sprint("Number ", i), "role": "VIEWER",
	})
	if err != nil {
		return "", err
	}
	_, secret, _ := strings.Cut(invited.Invitation.Link, "#")
	redeemed, err := s.ask("", redeem, "redeemInvitation", map[string]any{
		"token": secret, "email": email, "credential": "BEARER", "attemptKey": fmt.Sprintf("the-device-of-guest-%08d", i),
	})
	return redeemed.AccessToken, err
}

func main() {
	var s site
	flag.StringVar(&s.url, "url", "http://127.0.0.1:8080/graphql", "where the server is")
	of := flag.String("tokens", "", "bearer tokens of the room's managers, separated by commas: they invite in turn")
	flag.StringVar(&s.room, "room", "", "id of the room")
	n := flag.Int("n", 1000, "guests")
	flag.Parse()
	s.tokens = strings.Split(*of, ",")
	tokens, err := s.guests(*n)
	if err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "guests:", err)
		os.Exit(1)
	}
	fmt.Println(strings.Join(tokens, "\n"))
}

func (s site) guests(n int) ([]string, error) {
	tokens, faults := make([]string, n), make([]error, atOnce)
	var all sync.WaitGroup
	for worker := range atOnce {
		all.Go(func() {
			for i := worker; i < n && faults[worker] == nil; i += atOnce {
				tokens[i], faults[worker] = s.guest(i)
			}
		})
	}
	all.Wait()
	return tokens, errors.Join(faults...)
}
