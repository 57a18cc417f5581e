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

// A process that has no file descriptor left can accept nothing, write nothing and tell nobody. So the listener takes fewer
// connections than there are descriptors, and a few more that may ask for the server's health alone.

const (
	// healthConnections is how many connections beyond the most may be open. Of more than that the oldest is closed: a probe
	// asks at once, and has its answer before so many others have come.
	healthConnections = 16
	// keptBySystem limits the bytes that the system keeps for a slow reader, on its side of the connection. Left alone it keeps
	// 4 MiB and more for each, and what it has can't be taken back when access is lost.
	keptBySystem = 256 << 10
	// fewestConnections are taken however few descriptors there are.
	fewestConnections = 16
)

// ConnectionsOf is how many connections may be open where there are so many descriptors: some are left for the database, the log
// and health probes.
func ConnectionsOf(descriptors int) int {
	kept := healthConnections + 48 + 4*runtime.NumCPU() // the database has two connections for each core, of two files each
	return max(fewestConnections, descriptors-kept)
}

// door is a listener that marks the connections beyond its most.
type door struct {
	net.Listener
	most int
	log  *slog.Logger

	mu     sync.Mutex
	open   int
	beyond []*visitor // the oldest first
	told   time.Time  // when the log was told last that it is full
}

// visitor is a connection that came in by a door. It is the socket itself for whoever writes past Go's buffers.
type visitor struct {
	*net.TCPConn
	door   *door
	beyond bool
	left   atomic.Bool
}

// Accept takes the next connection, whatever the number of those that are open.
func (d *door) Accept() (net.Conn, error) {
	conn, err := d.Listener.Accept()
	if err != nil {
		return nil, err
	}
	socket, ok := conn.(*net.TCPConn)
	if !ok {
		return nil, errors.Join(errors.New("accept: no TCP connection"), conn.Close())
	}
	_ = socket.SetWriteBuffer(keptBySystem) // fails only for a connection that is gone: its first read says so
	v := &visitor{TCPConn: socket, door: d}
	if oldest := d.enter(v); oldest != nil {
		_ = oldest.Close()
	}
	return v, nil
}

// enter counts a visitor. It returns the one that has to go for it, nil for none.
func (d *door) enter(v *visitor) (oldest *visitor) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.open < d.most {
		d.open++
		return nil
	}
	if now := time.Now(); now.Sub(d.told) >= time.Minute {
		d.told = now
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

// mark notes in the context of a connection's requests that it is beyond the most.
func mark(ctx context.Context, conn net.Conn) context.Context {
	if v, ok := conn.(*visitor); ok && v.beyond {
		return context.WithValue(ctx, beyondKey{}, true)
	}
	return ctx
}

// isBeyond reports whether a request came over a connection that may ask for the server's health alone.
func isBeyond(r *http.Request) bool { return r.Context().Value(beyondKey{}) != nil }

// unlimited is the number of descriptors where the system names none.
const unlimited = math.MaxInt32
