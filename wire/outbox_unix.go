//go:build unix

package wire

import (
	"errors"
	"io"
	"net"
	"sync"
	"syscall"
)

// rawOf returns access to the socket without blocking, if the connection is a socket or embeds one. TLS and other wrappers have no such
// access, because they must process each write.
func rawOf(conn net.Conn) syscall.RawConn {
	socket, ok := conn.(syscall.Conn)
	if !ok {
		return nil
	}
	raw, err := socket.SyscallConn()
	if err != nil {
		return nil
	}
	return raw
}

// directWrite is one write(2). It is reused, because the function that RawConn needs would cost an allocation each time.
type directWrite struct {
	b   []byte
	n   int
	err error
	f   func(fd uintptr) bool
}

var directWrites = sync.Pool{New: func() any {
	w := new(directWrite)
	w.f = func(fd uintptr) bool {
		for {
			if w.n, w.err = syscall.Write(int(fd), w.b); !errors.Is(w.err, syscall.EINTR) {
				return true // never wait here
			}
		}
	}
	return w
}}

// writeNow writes what the socket accepts without blocking, possibly nothing.
func writeNow(raw syscall.RawConn, b []byte) (int, error) {
	if raw == nil {
		return 0, nil
	}
	w := directWrites.Get().(*directWrite)
	w.b = b
	err := raw.Write(w.f)
	n, failed := w.n, w.err
	w.b = nil
	directWrites.Put(w)
	switch {
	case err != nil:
		return 0, err
	case errors.Is(failed, syscall.EAGAIN):
		return 0, nil
	}
	return max(n, 0), failed
}

// readNow reads what has arrived, without blocking. It returns errNothing if nothing has, and io.EOF at the end.
func readNow(raw syscall.RawConn, b []byte) (n int, err error) {
	closed := raw.Read(func(fd uintptr) bool {
		for {
			if n, err = syscall.Read(int(fd), b); !errors.Is(err, syscall.EINTR) {
				return true // never wait here
			}
		}
	})
	switch {
	case closed != nil:
		return 0, closed //nolint:wrapcheck // as net.Conn returns it
	case errors.Is(err, syscall.EAGAIN):
		return 0, errNothing
	case err == nil && n == 0:
		return 0, io.EOF
	}
	return max(n, 0), err
}
