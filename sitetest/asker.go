package sitetest

import (
	"crypto/rand"
	"net"
	"net/http"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/gorilla/websocket"

	"usher/auth"
)

// Who returns the email of the client's account, or "" if it has none. If the credential is invalid, it returns the error's code.
func (c *Client) Who() string {
	c.T.Helper()
	r := c.Ask(`{ me { user { email } } }`, nil)
	return r.Data.Text("me.user.email") + r.Code()
}

// MayAdminister returns the error code of reading the site's policy, or "".
func (c *Client) MayAdminister() string {
	c.T.Helper()
	return c.Ask(`{ sitePolicy { invitations } }`, nil).Code()
}

// Enter moves the client into the room.
func (c *Client) Enter(r *Hall) Object {
	c.T.Helper()
	return c.Must("enterRoom", Object{"roomId": r.ID}, "participant { id state role }").In("participant")
}

// History returns the events after a revision that the client may read, in ascending order.
func (c *Client) History(room string, after int) (revisions []int) {
	c.T.Helper()
	for before := 1 << 30; ; {
		page := c.MustAsk(`query($id: ID!, $before: Int) { room(id: $id) { events(first: 200, before: $before) { revision } } }`,
			Object{"id": room, "before": before}).List("room.events")
		for _, e := range page {
			if before = e.Int("revision"); before <= after {
				return revisions
			}
			revisions = append([]int{before}, revisions...)
		}
		if len(page) == 0 {
			return revisions
		}
	}
}

// Sluggish is a client that subscribes and then reads nothing. Its receive window is small, so it soon fills.
func (c *Client) Sluggish(document string, variables Object) (*websocket.Conn, error) {
	narrow := func(_, _ string, raw syscall.RawConn) (err error) {
		if failed := raw.Control(func(fd uintptr) { err = syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_RCVBUF, 16<<10) }); failed != nil {
			return failed
		}
		return err
	}
	dialer := websocket.Dialer{Subprotocols: []string{"graphql-transport-ws"}, NetDialContext: (&net.Dialer{Control: narrow}).DialContext}
	ws, response, err := dialer.DialContext(c.T.Context(), "ws"+strings.TrimPrefix(c.URL, "http")+"/graphql", http.Header{})
	if err != nil {
		return nil, err
	}
	_ = response.Body.Close()
	_ = ws.WriteJSON(Object{"type": "connection_init", "payload": Object{"authorization": "Bearer " + c.Bearer}})
	if _, _, err := ws.ReadMessage(); err != nil {
		return nil, err
	}
	return ws, ws.WriteJSON(Object{"id": "1", "type": "subscribe", "payload": Object{"query": document, "variables": variables}})
}

// ID returns the id of the client's account.
func (c *Client) ID() string {
	c.T.Helper()
	return c.MustAsk(`{ me { user { id } } }`, nil).Text("me.user.id")
}

// Redeem redeems the ticket with its own email and returns the participant's id.
func (c *Client) Redeem(k *Ticket) (participant string) {
	c.T.Helper()
	return c.Must("redeemInvitation", k.Own(), "participant { id }").Text("participant.id")
}

// Look reads a link.
func (c *Client) Look(token string) Object {
	c.T.Helper()
	return c.MustAsk(`query($token: String!) { invitationLink(token: $token) { `+LookFields+` } }`, Object{"token": token}).In("invitationLink")
}

// busy are the codes of a server that has too much to do right now.
var busy = []string{"SERVICE_UNAVAILABLE", "RATE_LIMITED"}

// Insist is like TryDo, but retries while the server is too busy.
func (c *Client) Insist(t *testing.T, name string, with Object, selection string) (r *Reply, result Object, err error) {
	for {
		r, result, err = c.TryDo(t.Context(), name, with, selection)
		if err != nil || !slices.Contains(busy, r.Code()) {
			return r, result, err
		}
	}
}

// Mine returns the client's own place in a room, such as `Noor Haddad VIEWER LOBBY`, or "".
func (c *Client) Mine(r *Hall) string {
	c.T.Helper()
	me := c.MustAsk(`query($id: ID!) { room(id: $id) { myParticipant { displayName role state } } }`, Object{"id": r.ID}).In("room.myParticipant")
	return strings.TrimSpace(strings.Join([]string{me.Text("displayName"), me.Text("role"), me.Text("state")}, " "))
}

// People returns the names in the list of participants that the client sees.
func (c *Client) People(r *Hall) []string {
	c.T.Helper()
	return c.MustAsk(`query($id: ID!) { room(id: $id) { participants { nodes { displayName } } } }`, Object{"id": r.ID}).
		Texts("room.participants.nodes", "displayName")
}

// WithMadeUpDevice returns the client with an invented device cookie of valid form.
func (c *Client) WithMadeUpDevice() *Client {
	c.T.Helper()
	other := newBrowser(c.T, c.URL, c.HTTP.Transport)
	request, err := http.NewRequest(http.MethodGet, c.URL, nil)
	if err != nil {
		c.T.Fatal(err)
	}
	secret, _ := auth.NewSecret(auth.DevicePrefix, rand.Reader)
	other.HTTP.Jar.SetCookies(request.URL, []*http.Cookie{{Name: "usher_device_" + request.URL.Port(), Value: secret}})
	return other
}
