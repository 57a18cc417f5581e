package wire

import (
	"errors"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

const (
	// maxUnsent is how many unsent bytes make a reader count as behind. Its operations must wait then.
	maxUnsent = 32 << 10
	// maxWrite limits the bytes of one write with a deadline.
	maxWrite = 16 << 10
)

// outbox writes whole frames to one peer, in order, and never blocks its callers. A frame goes straight to the socket; if that is full,
// a goroutine writes the rest. No lock is held while writing. A peer that accepts nothing for WriteTimeout is closed with 1013.
//
// It is the net.Conn that gorilla uses, so that gorilla's own frames keep the order too.
type outbox struct {
	net.Conn
	raw                        syscall.RawConn // nil if only blocking writes are possible
	writeTimeout, closeTimeout time.Duration
	// onClose is called once, when the outbox stops accepting frames.
	onClose func()

	mu      sync.Mutex
	busy    bool // somebody is writing; others add to pending
	closing bool // no more frames are accepted
	slow    bool // closed because the peer does not read
	code    uint16
	pending []byte
	unsent  atomic.Int64 // accepted bytes that the socket has not taken yet
	begun   int          // bytes at the start of the unsent ones that complete a partly sent frame
	// farewell is the close frame, sent after all accepted frames.
	farewell []byte
	waiters  []func()
	over     bool
	flushed  chan struct{} // made when closing is set; closed after the last write
}

// stream is one operation's right to send. Nothing of the operation is sent after its last frame.
type stream struct {
	ended bool // guarded by the outbox's mutex
}

// put sends a frame that belongs to no operation. The caller must ensure that such frames are few.
func (o *outbox) put(frame []byte) {
	o.mu.Lock()
	if o.closing {
		o.mu.Unlock()
		return
	}
	o.enqueue(frame)
}

// offer sends an operation's frames. If the reader is behind, it sends none and returns false. Frames of an ended operation are dropped
// and count as sent.
func (o *outbox) offer(frames []byte, from *stream) bool {
	o.mu.Lock()
	if o.closing || from.ended {
		o.mu.Unlock()
		return true
	}
	if o.unsent.Load() >= maxUnsent {
		o.mu.Unlock()
		return false
	}
	o.enqueue(frames)
	return true
}

// end sends an operation's last frame, unless it has already ended. The caller holds the mutex; end releases it.
func (o *outbox) end(frame []byte, from *stream) {
	was := from.ended
	from.ended = true
	if was || o.closing {
		o.mu.Unlock()
		return
	}
	o.enqueue(frame)
}

// enqueue sends or queues frames. The caller holds the mutex; enqueue releases it.
func (o *outbox) enqueue(frames []byte) {
	if o.busy {
		o.pending = append(o.pending, frames...)
		o.unsent.Add(int64(len(frames)))
		o.mu.Unlock()
		return
	}
	o.busy = true
	o.mu.Unlock()

	n, err := writeNow(o.raw, frames)
	if err != nil {
		o.abort()
		return
	}
	o.mu.Lock()
	if n == len(frames) && len(o.pending) == 0 && o.farewell == nil {
		o.idle()
		return
	}
	rest := append(make([]byte, 0, len(frames)-n+len(o.pending)), frames[n:]...)
	o.begun = begun(frames, 0, n)
	o.unsent.Add(int64(len(rest)))
	o.pending = append(rest, o.pending...)
	o.mu.Unlock()
	go o.drain()
}

// drain writes the pending frames and waits for the socket as needed.
func (o *outbox) drain() {
	var b []byte
	var last time.Time // the final deadline, once the outbox is closing
	gaveUp := false
	for {
		if len(b) == 0 {
			if b = o.nextPending(); b == nil {
				return
			}
		}
		until := last
		if until.IsZero() {
			until = deadline(o.writeTimeout)
		}
		_ = o.Conn.SetWriteDeadline(until)
		n, err := o.Conn.Write(b[:min(len(b), maxWrite)])
		o.mu.Lock()
		o.begun = begun(b, o.begun, n)
		o.unsent.Add(-int64(n))
		if o.closing && last.IsZero() {
			last = deadline(o.writeTimeout)
		}
		o.mu.Unlock()
		b = b[n:]
		stuck := errors.Is(err, os.ErrDeadlineExceeded)
		switch {
		case err == nil:
		case stuck && n > 0 && last.IsZero(): // the peer reads, but slowly
		case stuck && !gaveUp:
			gaveUp, last = true, deadline(o.closeTimeout)
			if b = o.giveUp(b); len(b) > 0 {
				continue
			}
			fallthrough
		default:
			o.abort()
			return
		}
	}
}

// nextPending returns the bytes to write next, the close frame last. It returns nil if there are none, and the outbox becomes idle.
func (o *outbox) nextPending() []byte {
	o.mu.Lock()
	b := o.pending
	o.pending = nil
	if len(b) == 0 {
		b, o.farewell = o.farewell, nil
	}
	if len(b) > 0 {
		o.mu.Unlock()
		return b
	}
	_ = o.Conn.SetWriteDeadline(time.Time{}) // a past deadline would fail the next direct write
	o.idle()
	return nil
}

// idle ends a period of writing, when the socket has taken everything. The caller holds the mutex; idle releases it.
func (o *outbox) idle() {
	o.busy = false
	waiters := o.waiters
	o.waiters = nil
	last := o.closing && !o.over
	o.over = o.closing
	o.mu.Unlock()
	for _, f := range waiters {
		go f()
	}
	if !last {
		return
	}
	// The peer reads the close frame, then the end. What it still sends must be read and discarded. Otherwise its system would drop
	// what it has not read yet.
	if half, ok := o.Conn.(interface{ CloseWrite() error }); ok {
		_ = half.CloseWrite()
	}
	close(o.flushed)
}

// giveUp drops what is queued for a reader that accepts nothing, except the frame already begun. It returns the rest of that frame and
// the close frame, so that a reader that wakes up within CloseTimeout learns why.
func (o *outbox) giveUp(b []byte) []byte {
	o.mu.Lock()
	first := !o.closing
	if first {
		o.stopAccepting(appendClose(nil, EndTooSlow.Code, EndTooSlow.Reason))
	}
	b = append(append([]byte(nil), b[:o.begun]...), o.farewell...)
	o.pending, o.farewell = nil, nil
	o.unsent.Store(int64(len(b)))
	o.mu.Unlock()
	if first {
		o.onClose()
	}
	return b
}

// stopAccepting makes the outbox accept no more frames. The caller holds the mutex.
func (o *outbox) stopAccepting(farewell []byte) {
	o.closing, o.farewell = true, farewell
	o.code, o.slow = closedBy(farewell)
	o.flushed = make(chan struct{})
}

// close sends a close frame after all accepted frames. Only the first call counts.
func (o *outbox) close(code int, reason string) { o.finish(nil, appendClose(nil, code, reason)) }

// finish stops accepting frames and sends the farewell, if any, last. If the socket takes it, a frame before goes out in the same write.
func (o *outbox) finish(before, farewell []byte) {
	o.mu.Lock()
	if o.closing {
		o.mu.Unlock()
		return
	}
	o.stopAccepting(farewell)
	switch {
	case o.busy:
		o.pending = append(o.pending, before...)
		o.unsent.Add(int64(len(before)))
		o.mu.Unlock()
	case farewell == nil:
		o.idle()
	default:
		o.farewell = nil
		o.enqueue(append(before, farewell...))
	}
	o.onClose()
}

// abort drops the connection and whatever is unsent.
func (o *outbox) abort() {
	// Without this, the system would keep its buffers for as long as the peer responds at all.
	if conn, ok := o.Conn.(interface{ SetLinger(int) error }); ok {
		_ = conn.SetLinger(0)
	}
	_ = o.Conn.Close()
	o.mu.Lock()
	first := !o.closing
	if first {
		o.stopAccepting(nil)
	}
	o.pending, o.farewell = nil, nil
	o.idle()
	if first {
		o.onClose()
	}
}

// ready reports whether offer would accept.
func (o *outbox) ready() bool { return o.unsent.Load() < maxUnsent }

// whenReady calls f once, on its own goroutine: at once if offer would accept or the connection is closing, otherwise when everything
// is sent.
func (o *outbox) whenReady(f func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closing || o.ready() {
		go f()
		return
	}
	o.waiters = append(o.waiters, f)
}

// Write is for gorilla: the answer to the upgrade, and the close frame if the peer violates RFC 6455.
func (o *outbox) Write(b []byte) (int, error) {
	o.put(b)
	return len(b), nil
}

// deadline returns a time in the system clock, which sockets need for their deadlines.
func deadline(after time.Duration) time.Time {
	return time.Now().Add(after) //nolint:forbidigo // see above
}

// SetWriteDeadline does nothing: the outbox sets its own deadlines.
func (o *outbox) SetWriteDeadline(time.Time) error { return nil }
