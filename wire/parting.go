package wire

import (
	"slices"
	"time"
)

// partWithin is how long a connection that ends waits for its operations: as long as an answer may take.
const partWithin = 10 * time.Second

// kind is how an operation ends, as far as a connection that ends has to know.
type kind int

const (
	// answers: with its answer, for which its client waits. What it is before it is known.
	answers kind = iota
	// streams: a subscription, when its client has enough.
	streams
	// follows: a subscription that also ends by itself where its asker loses access, with a last word that says why.
	follows
)

// awaits reports whether an operation is to end by itself before its connection does.
func (e Ending) awaits(k kind) bool { return k == answers || k == follows && e == EndForbidden }

// part closes the connection once its operations have said what they have to say. Those that do not come to an end by themselves
// are dropped, and none begins any more: who resumes elsewhere misses nothing.
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

// become says what kind the operation turns out to be. A connection that is about to end may not wait for such a one.
func (o *operation) become(k kind) {
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
