package wire

import (
	"bufio"
	"errors"
	"io"
	"net"
	"sync"
	"time"
)

// inbox reads what a connection's peer sends. It is what gorilla reads from. It has a buffer only while it reads.
type inbox struct {
	c      *connection
	buffer bufio.Reader
	first  [1]byte // a byte that wait has read
	early  bool    // first is next
	polled bool    // Read must not block
}

// inboxBuffer is the size of a buffer. Most messages fit. gorilla would not use one of 256 bytes or less.
const inboxBuffer = 4 << 10

var inboxBuffers = sync.Pool{New: func() any { return bufio.NewReaderSize(nil, inboxBuffer) }}

// errNothing means that nothing has arrived.
var errNothing = errors.New("nothing to read")

// serve reads until the connection ends or rests. Where it cannot rest, serve waits for each message. While it waits, its calls fit into
// the smallest stack of a goroutine (2 KB), so messages are handled on other goroutines.
func (i *inbox) serve() {
	for {
		read := make(chan bool)
		go func() { read <- i.read() }()
		if !<-read {
			break
		}
		if i.c.idle.rest(i.c) {
			return
		}
		if !i.wait() {
			break
		}
	}
	i.c.leave()
}

// wait blocks until something arrives. It reports whether anything did before the end.
func (i *inbox) wait() bool {
	n, err := i.c.Conn.Read(i.first[:])
	i.early = n > 0
	return err == nil
}

// wake reads what has arrived for a connection that rested.
func (i *inbox) wake() {
	if !i.readArrived() || !i.c.idle.rest(i.c) {
		i.c.leave()
	}
}

// read reads messages until nothing more is buffered, and at first until connection_init has come. It reports whether the connection
// goes on.
func (i *inbox) read() bool {
	defer i.lend()()
	return i.readMessages()
}

// readArrived is like read, but does not block if nothing has arrived.
func (i *inbox) readArrived() bool {
	defer i.lend()()
	i.polled = true
	_, err := i.buffer.Peek(1)
	i.polled = false
	return errors.Is(err, errNothing) || i.readMessages()
}

func (i *inbox) readMessages() bool {
	for i.readMessage() && i.c.waitForPeer() {
		if i.buffer.Buffered() == 0 && i.c.greeted() {
			return true
		}
	}
	return false
}

// readMessage reads and handles a message, or a ping or pong. It reports whether the connection goes on.
func (i *inbox) readMessage() bool {
	late := Ending{CloseInitTimeout, "Connection initialisation timeout"}
	if i.limit(deadline(i.c.socket.config.MessageTimeout)) {
		late = EndTooSlow
	}
	kind, data := 0, []byte(nil)
	control, err := i.control()
	if err == nil && !control {
		var message io.Reader
		if kind, message, err = i.c.ws.NextReader(); err == nil {
			data, err = io.ReadAll(message)
		}
	}
	i.limit(time.Time{})
	if err != nil {
		if timeout, ok := errors.AsType[net.Error](err); ok && timeout.Timeout() { // has no effect if the connection is already closing
			i.c.close(late.Code, late.Reason)
		}
		return false
	}
	i.c.silent.Store(0)
	return control || i.c.handle(kind, data)
}

// control handles the next frame if it is a ping or pong. gorilla would go on reading after it, and keep a goroutine until the next
// message. gorilla reads all other frames, and reports those that break the protocol.
func (i *inbox) control() (handled bool, err error) {
	head, err := i.buffer.Peek(2)
	if err != nil {
		return false, err //nolint:wrapcheck // as gorilla returns it
	}
	handle := i.c.ws.PongHandler()
	n := int(head[1] & 0x7f)
	switch {
	case head[1] < 0x80 || n > maxControlPayload:
		return false, nil
	case head[0] == 0x80|opPing:
		handle = i.c.ws.PingHandler()
	case head[0] != 0x80|opPong:
		return false, nil
	}
	const start = 2 + 4 // of the payload, after the mask
	frame, err := i.buffer.Peek(start + n)
	if err != nil {
		return false, err //nolint:wrapcheck // likewise
	}
	for k := range n {
		frame[start+k] ^= frame[2+k%4]
	}
	err = handle(string(frame[start:]))
	_, _ = i.buffer.Discard(len(frame))
	return true, err
}

// limit sets the read deadline. It does nothing before connection_init, which has its own deadline, or while the connection closes. It
// reports whether it set the deadline.
func (i *inbox) limit(until time.Time) bool {
	i.c.mu.Lock()
	defer i.c.mu.Unlock()
	if i.c.closing || i.c.request != nil {
		return false
	}
	_ = i.c.Conn.SetReadDeadline(until)
	return true
}

// Read reads from the socket.
func (i *inbox) Read(b []byte) (int, error) {
	switch {
	case i.early:
		i.early = false
		return copy(b, i.first[:]), nil
	case i.polled:
		return readNow(i.c.raw, b)
	}
	return i.c.Conn.Read(b) //nolint:wrapcheck // the connection's own errors
}

// lend gives the inbox a buffer until giveBack is called.
func (i *inbox) lend() (giveBack func()) {
	lent := inboxBuffers.Get().(*bufio.Reader)
	lent.Reset(i)
	i.buffer = *lent
	return func() {
		i.buffer = bufio.Reader{}
		lent.Reset(nil)
		inboxBuffers.Put(lent)
	}
}
