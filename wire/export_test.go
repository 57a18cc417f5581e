package wire

import (
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// MustOrigins returns origins for a test.
func MustOrigins(t testing.TB, own []string, allowed ...string) Origins {
	t.Helper()
	o, err := NewOrigins(own, allowed)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// Empty reports whether no origin is named.
func (o Origins) Empty() bool { return len(o.own)+len(o.allowed) == 0 }

// EndWhere ends the connections whose asker matches, without waiting for their operations.
func (t *WebSocket) EndWhere(match func(Asker) bool, e Ending) {
	t.mu.Lock()
	var all []*connection
	for of := range t.open {
		all = append(all, of.(*connection))
	}
	t.mu.Unlock()
	for _, c := range all {
		c.mu.Lock()
		asker := c.asker
		c.mu.Unlock()
		if asker.Context != nil && match(asker) {
			c.cutOff(e)
		}
	}
}

// readParams reads a request as the transports do.
func readParams(text []byte) (*graphql.RawParams, *gqlerror.Error) {
	request, err := decodeMembers(text)
	if err != nil {
		return nil, err
	}
	return request.params()
}

// WaitAlone lets no connection rest, as where the system cannot watch sockets.
func (t *WebSocket) WaitAlone() { t.idle = func() *idle { return nil } }

// CannotRest reports whether all connections wait alone.
func (t *WebSocket) CannotRest() bool { return t.idle() == nil }

// Resting returns how many connections rest.
func (t *WebSocket) Resting() (n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for of := range t.open {
		if c := of.(*connection); c.idle != nil {
			c.idle.mu.Lock()
			if c.fd >= 0 {
				n++
			}
			c.idle.mu.Unlock()
		}
	}
	return n
}
