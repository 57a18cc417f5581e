//go:build linux

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"usher/bench/socket"
	"usher/site"
)

// person is one person with a browser of their own: cookies, and one WebSocket at a time.
type person struct {
	of    *load
	i     int
	email string
	token string // of their link

	cookies []*http.Cookie
	conn    *conn
	page

	heard   atomic.Int64 // messages of others
	arrived atomic.Int64 // when the awaited message came, in nanoseconds since 1970
}

// perAddress limits the people of one local address: the site has limits for each address, and an address has not enough ports for all.
const perAddress = 1000

func (p *person) address() [4]byte { return [4]byte{127, 0, 0, byte(2 + p.i/perAddress)} }

const (
	mostRequests   = 128
	fewestRequests = 16 // act has 32 people act at once, at one address if these are neighbours
)

// requestsFor returns how many connections for requests n people of an address share, beside the socket of each. The server refuses
// those beyond its limit.
func requestsFor(c config, n int) int {
	people := n + extra
	spare := site.ConnectionsOf(c.files) - (people-1)/c.servers - 1 - forHost
	return min(mostRequests, spare/((people-1)/perAddress+1))
}

// forHost is how many connections the manager's page and client may use.
const forHost = 16

// clientFrom returns what sends the requests of everyone at an address. They share connections, as behind a proxy.
func clientFrom(address [4]byte, requests int) *http.Client {
	dialer := &net.Dialer{LocalAddr: &net.TCPAddr{IP: address[:]}}
	return &http.Client{
		Timeout:   time.Minute,
		Transport: &http.Transport{DialContext: dialer.DialContext, MaxConnsPerHost: requests, MaxIdleConnsPerHost: requests},
	}
}

// refusal is why the server did not do something: a problem's code, or that of a GraphQL error.
type refusal struct{ code, message string }

func (r *refusal) Error() string { return r.code + ": " + r.message }

// ask sends an operation of the app over HTTP, as its client does, and returns the answer.
func (p *person) ask(operation string, variables map[string]any) (json.RawMessage, error) {
	body, err := p.of.documents.Request(operation, variables)
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequest(http.MethodPost, "http://"+p.of.Host+"/graphql", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Host = p.of.Site
	for name, value := range map[string]string{
		"Content-Type": "application/json", "Origin": "http://" + p.of.Site, "Sec-Fetch-Site": "same-origin",
		"Accept": "application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed",
	} {
		request.Header.Set(name, value)
	}
	if p.place != "" {
		request.Header.Set("Usher-Place", p.place)
	}
	for _, cookie := range p.cookies {
		request.AddCookie(cookie)
	}
	response, err := p.of.clients[p.address()].Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	for _, cookie := range response.Cookies() {
		p.keep(cookie)
	}
	if response.StatusCode != http.StatusOK {
		return nil, &refusal{code: response.Status, message: string(answer[:min(len(answer), 200)])}
	}
	return answer, refused(answer)
}

func (p *person) keep(cookie *http.Cookie) {
	for i, known := range p.cookies {
		if known.Name == cookie.Name {
			p.cookies[i] = cookie
			return
		}
	}
	p.cookies = append(p.cookies, cookie)
}

// refused returns the refusal in an answer, if there is one.
func refused(answer []byte) error {
	if !bytes.Contains(answer, []byte(`"errors":`)) && !bytes.Contains(answer, []byte(`"code":`)) {
		return nil
	}
	var read struct {
		Errors []struct {
			Message    string
			Extensions struct{ Code string }
		}
		Data map[string]json.RawMessage
	}
	if err := json.Unmarshal(answer, &read); err != nil {
		return fmt.Errorf("read answer: %w", err)
	}
	for _, one := range read.Errors {
		return &refusal{code: one.Extensions.Code, message: one.Message}
	}
	for _, field := range read.Data {
		var of struct {
			Code, Message string
			Problem       *struct{ Code, Message string }
		}
		if json.Unmarshal(field, &of) != nil {
			continue // a list
		}
		if of.Problem != nil {
			return &refusal{code: of.Problem.Code, message: of.Problem.Message}
		}
		if of.Code != "" {
			return &refusal{code: of.Code, message: of.Message}
		}
	}
	return nil
}

// connect opens the page's WebSocket.
func (p *person) connect() error {
	init := []byte(`{"type":"connection_init","payload":{}}`)
	if p.place != "" {
		init = fmt.Appendf(nil, `{"type":"connection_init","payload":{"place":%q}}`, p.place)
	}
	var cookies []byte
	for _, cookie := range p.cookies {
		if cookies != nil {
			cookies = append(cookies, "; "...)
		}
		cookies = fmt.Appendf(cookies, "%s=%s", cookie.Name, cookie.Value)
	}
	conn, err := p.of.sockets.open(p.address(), string(cookies), init, p.receive, p.of.lose)
	if err != nil {
		return err
	}
	p.conn = conn
	return nil
}

// subscribe begins a subscription of the app and returns its id.
func (p *person) subscribe(operation string, variables map[string]any) (string, error) {
	document, err := p.of.documents.Quoted(operation)
	if err != nil {
		return "", err
	}
	values, err := json.Marshal(variables)
	if err != nil {
		return "", err
	}
	id := socket.UUID()
	return id, p.conn.send(fmt.Appendf(nil, `{"id":%q,"type":"subscribe","payload":{"query":%s,"variables":%s}}`, id, document, values))
}

// complete ends a subscription.
func (p *person) complete(id string) {
	if id != "" && p.conn != nil {
		_ = p.conn.send(fmt.Appendf(nil, `{"id":%q,"type":"complete"}`, id))
	}
}

func (p *person) disconnect() {
	if p.conn != nil {
		p.conn.close()
		p.conn = nil
	}
}

// receive runs for each message of the server, on the thread that reads all sockets.
func (p *person) receive(payload []byte, at time.Time) {
	if awaited := p.of.awaited.Load(); awaited != nil && bytes.Contains(payload, *awaited) {
		p.arrived.CompareAndSwap(0, at.UnixNano())
	}
	if bytes.Contains(payload, []byte(`"type":"error"`)) || bytes.Contains(payload, []byte(`"payload":{"errors"`)) {
		p.of.lose(errors.New(string(payload[:min(len(payload), 300)])))
		return
	}
	p.hear(payload, at)
	p.follows(payload)
}

// gathered runs calls as web/src/graphql/gather.ts does: the first at once, and all that come within a time after it become one more.
type gathered struct {
	mu          sync.Mutex
	open, again bool
}

func (g *gathered) call(within time.Duration, run func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.open {
		g.again = true
		return
	}
	g.open = true
	time.AfterFunc(within, func() {
		g.mu.Lock()
		again := g.again
		g.open, g.again = false, false
		g.mu.Unlock()
		if again {
			g.call(within, run)
		}
	})
	go run()
}
