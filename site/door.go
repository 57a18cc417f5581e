package site

import (
	"context"
	"errors"
	"log/slog"
	"math"
	"net"
	"net/http"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// A process without free file descriptors can accept nothing, write nothing and log nothing. So the listener allows fewer
// connections than there are descriptors, and a few more that may only ask for the server's health.

const (
	// healthConnections is how many more connections are accepted at the limit, for health probes only. If there are more, the oldest
	// is closed. A probe asks at once, so it has its answer by then.
	healthConnections = 16
	// keptBySystem limits the bytes that the system buffers for a slow reader. By default it buffers 4 MiB and more for each, and they
	// cannot be recalled when access is lost.
	keptBySystem = 256 << 10
	// fewestConnections is the least limit, however few descriptors there are.
	fewestConnections = 16
)

// ConnectionsOf returns how many connections may be open with a number of descriptors. Some descriptors are left for the database, the
// log and health probes.
func ConnectionsOf(descriptors int) int {
	kept := healthConnections + 48 + 4*runtime.NumCPU() // the database has two connections for each core, with two files each
	return max(fewestConnections, descriptors-kept)
}

// door is a listener that counts its connections and marks those beyond the limit.
type door struct {
	net.Listener
	most int
	log  *slog.Logger

	mu     sync.Mutex
	open   int
	beyond []*visitor // oldest first
	warned time.Time  // when the last warning was logged
}

// visitor is a connection accepted by a door. It embeds the socket for code that bypasses Go's blocking writes.
type visitor struct {
	*net.TCPConn
	door   *door
	beyond bool
	left   atomic.Bool
}

// Accept accepts the next connection, however many are open.
func (d *door) Accept() (net.Conn, error) {
	conn, err := d.Listener.Accept()
	if err != nil {
		return nil, err
	}
	socket, ok := conn.(*net.TCPConn)
	if !ok {
		return nil, errors.Join(errors.New("accept: no TCP connection"), conn.Close())
	}
	_ = socket.SetWriteBuffer(keptBySystem) // fails only if the connection is gone, which its first read reports
	v := &visitor{TCPConn: socket, door: d}
	if oldest := d.enter(v); oldest != nil {
		_ = oldest.Close()
	}
	return v, nil
}

// enter counts a visitor. It returns the visitor to close for it, if any.
func (d *door) enter(v *visitor) (oldest *visitor) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.open < d.most {
		d.open++
		return nil
	}
	if now := time.Now(); now.Sub(d.warned) >= time.Minute {
		d.warned = now
		d.log.Warn("no new connections are accepted; raise the limit of open files (ulimit -n) to allow more", "open", d.open)
	}
	v.beyond = true
	d.beyond = append(d.beyond, v)
	if len(d.beyond) > healthConnections {
		return d.beyond[0]
	}
	return nil
}

// Close closes the connection and makes room for another.
func (v *visitor) Close() error {
	if v.left.CompareAndSwap(false, true) {
		v.door.leave(v)
	}
	return v.TCPConn.Close()
}

func (d *door) leave(v *visitor) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !v.beyond {
		d.open--
		return
	}
	d.beyond = slices.DeleteFunc(d.beyond, func(other *visitor) bool { return other == v })
}

type beyondKey struct{}

// mark records in the context of a connection's requests that it is beyond the limit.
func mark(ctx context.Context, conn net.Conn) context.Context {
	if v, ok := conn.(*visitor); ok && v.beyond {
		return context.WithValue(ctx, beyondKey{}, true)
	}
	return ctx
}

// isBeyond reports whether a request came over a connection that may only ask for the server's health.
func isBeyond(r *http.Request) bool { return r.Context().Value(beyondKey{}) != nil }

// unlimited is the number of descriptors if the system gives none.
const unlimited = math.MaxInt32
