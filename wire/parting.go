package wire

import (
	"slices"
	"time"
)

// partWithin limits how long an ending connection waits for its operations: as long as an answer may take.
const partWithin = 10 * time.Second

// kind is how an operation ends, as far as an ending connection needs to know.
type kind int

const (
	// answers: ends with its answer, which its client waits for. Also the kind of an operation before it is known.
	answers kind = iota
	// streams: a subscription that ends when its client wants.
	streams
	// follows: a subscription that also ends by itself when its asker loses access, with a last event that says why.
	follows
)

// awaits reports whether a connection that ends with e waits for an operation of this kind.
func (e Ending) awaits(k kind) bool { return k == answers || k == follows && e == EndForbidden }

// part closes the connection once its operations have sent their last results. It drops operations that do not end by themselves and
// begins no new ones. A client that resumes elsewhere misses nothing.
func (c *connection) part(e Ending) {
	c.mu.Lock()
	first := c.parting == nil
	if first {
		c.parting = &e
	}
	e = *c.parting
	var over []*operation
	c.operations = slices.DeleteFunc(c.operations, func(o *operation) bool {
		if e.awaits(o.kind) {
			return false
		}
		over = append(over, o)
		return true
	})
	waits := len(c.operations) > 0
	c.mu.Unlock()
	for _, o := range over {
		o.drop()
	}
	if first && waits {
		time.AfterFunc(partWithin, func() { c.cutOff(e) })
	}
	c.closeIfParted()
}

func (c *connection) closeIfParted() {
	c.mu.Lock()
	parting := c.parting
	if len(c.operations) > 0 {
		parting = nil
	}
	c.mu.Unlock()
	if parting != nil {
		c.cutOff(*parting)
	}
}

func (c *connection) cutOff(e Ending) { c.close(e.Code, e.Reason) }

// setKind records the operation's kind. If its connection is ending and does not wait for that kind, it drops the operation.
func (o *operation) setKind(k kind) {
	c := o.c
	c.mu.Lock()
	o.kind = k
	over := c.parting != nil && !c.parting.awaits(k)
	if over {
		c.operations = slices.DeleteFunc(c.operations, func(x *operation) bool { return x == o })
	}
	c.mu.Unlock()
	if over {
		o.drop()
		c.closeIfParted()
	}
}
