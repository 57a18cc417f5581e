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
	// maxUnsent is how many bytes may wait for a reader that is behind before its operations are asked to wait as well.
	maxUnsent = 32 << 10
	// maxWrite is the most that one write with a deadline carries.
	maxWrite = 16 << 10
)

// outbox writes frames to one peer, whole and in the order in which they came, and never makes its callers wait: a frame
// goes straight to the socket; only where that is full does a goroutine carry on with what is left. No lock is held
// while writing. A peer that takes nothing for WriteTimeout is closed with 1013.
//
// It is the net.Conn that gorilla reads from, so that the frames which gorilla sends by itself keep the order too.
type outbox struct {
	net.Conn
	raw                        syscall.RawConn // nil where only blocking writes are possible
	writeTimeout, closeTimeout time.Duration
	// onClose is called once, when nothing more is accepted.
	onClose func()

	mu      sync.Mutex
	busy    bool // someone is writing: whoever comes meanwhile leaves what they have in pending
	closing bool // nothing more is accepted
	pending []byte
	unsent  atomic.Int64 // bytes accepted that the peer's socket did not take yet
	begun   int          // bytes at the head of what is unsent that complete a frame of which a part is sent
	// farewell is the close frame, sent after all that was accepted before it.
	farewell []byte
	waiters  []func()
	over     bool
	flushed  chan struct{} // made with closing; closed when nothing will be written any more
}

// stream is the right of one operation to send. After its last frame nothing of it goes out, whatever is under way.
type stream struct {
	ended bool // guarded by the outbox's mutex
}

// put sends a frame that belongs to no operation. The caller sees to it that such frames are few.
func (o *outbox) put(frame []byte) {
	o.mu.Lock()
	if o.closing {
		o.mu.Unlock()
		return
	}
	o.enqueue(frame)
}

// offer sends frames of an operation, all or, where the reader is behind, none: then it returns false. Frames of an
// operation that has ended count as sent.
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

// end sends the last frame of an operation, unless that has ended before. It expects the mutex to be held, and releases it.
func (o *outbox) end(frame []byte, from *stream) {
	was := from.ended
	from.ended = true
	if was || o.closing {
		o.mu.Unlock()
		return
	}
	o.enqueue(frame)
}

// enqueue expects the mutex to be held, and releases it.
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
		o.rest()
		return
	}
	rest := append(make([]byte, 0, len(frames)-n+len(o.pending)), frames[n:]...)
	o.begun = begun(frames, 0, n)
	o.unsent.Add(int64(len(rest)))
	o.pending = append(rest, o.pending...)
	o.mu.Unlock()
	go o.drain()
}

// drain writes what is pending, waiting for the socket as long as it has to.
func (o *outbox) drain() {
	var b []byte
	var last time.Time // once the outbox is closing: when all has to be sent
	gaveUp := false
	for {
		if len(b) == 0 {
			if b = o.take(); b == nil {
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
		case stuck && n > 0 && last.IsZero(): // the peer reads, if slowly
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

// take returns what is to be written next, the close frame at the very last; nil: nothing, and the outbox rests.
func (o *outbox) take() []byte {
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
	_ = o.Conn.SetWriteDeadline(time.Time{}) // a deadline that has passed would fail the next direct write
	o.rest()
	return nil
}

// rest ends a time of writing: everything is with the socket. It expects the mutex to be held, and releases it.
func (o *outbox) rest() {
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
	// The peer reads the close frame, then the end; what it still sends is read away, else its system would be told to
	// drop what it has not read yet.
	if half, ok := o.Conn.(interface{ CloseWrite() error }); ok {
		_ = half.CloseWrite()
	}
	close(o.flushed)
}

// giveUp drops what a reader that takes nothing would have got, but for the frame already begun, and returns that with
// the close frame behind it: a reader that wakes up within CloseTimeout learns why.
func (o *outbox) giveUp(b []byte) []byte {
	o.mu.Lock()
	first := !o.closing
	if first {
		o.refuse(appendClose(nil, EndTooSlow.Code, EndTooSlow.Reason))
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

// refuse makes the outbox accept nothing more. It expects the mutex to be held.
func (o *outbox) refuse(farewell []byte) {
	o.closing, o.farewell = true, farewell
	o.flushed = make(chan struct{})
}

// close sends a close frame after all that was accepted so far. The first call decides.
func (o *outbox) close(code int, reason string) { o.finish(appendClose(nil, code, reason)) }

// finish accepts nothing more and sends the frame, if one is given, as the last one.
func (o *outbox) finish(farewell []byte) {
	o.mu.Lock()
	if o.closing {
		o.mu.Unlock()
		return
	}
	o.refuse(farewell)
	switch {
	case o.busy:
		o.mu.Unlock()
	case farewell == nil:
		o.rest()
	default:
		o.farewell = nil
		o.enqueue(farewell)
	}
	o.onClose()
}

// abort drops the connection and whatever is unsent.
func (o *outbox) abort() {
	// The peer takes nothing: without this its system's buffers would be kept for as long as it answers at all.
	if conn, ok := o.Conn.(interface{ SetLinger(int) error }); ok {
		_ = conn.SetLinger(0)
	}
	_ = o.Conn.Close()
	o.mu.Lock()
	first := !o.closing
	if first {
		o.refuse(nil)
	}
	o.pending, o.farewell = nil, nil
	o.rest()
	if first {
		o.onClose()
	}
}

// ready reports whether offer would accept.
func (o *outbox) ready() bool { return o.unsent.Load() < maxUnsent }

// whenReady calls f once, on a goroutine of its own: at once where offer would accept or the connection closes, else when
// everything is sent.
func (o *outbox) whenReady(f func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closing || o.ready() {
		go f()
		return
	}
	o.waiters = append(o.waiters, f)
}

// Write is for gorilla: the answer to the upgrade, and the close frame where the peer breaks RFC 6455.
func (o *outbox) Write(b []byte) (int, error) {
	o.put(b)
	return len(b), nil
}

// deadline is what sockets want in place of a duration; they know the system's clock alone.
func deadline(after time.Duration) time.Time {
	return time.Now().Add(after) //nolint:forbidigo // see above
}

// SetWriteDeadline does nothing: deadlines are the outbox's own affair.
func (o *outbox) SetWriteDeadline(time.Time) error { return nil }
