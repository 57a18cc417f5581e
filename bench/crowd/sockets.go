//go:build linux

package main

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"os"
	"runtime"
	"sync"
	"syscall"
	"time"

	"usher/bench/socket"
)

// sockets are the WebSockets of a load process. One thread polls all of them, so that they cost little compared to the server.
type sockets struct {
	poll int
	addr syscall.SockaddrInet4
	site string

	mu   sync.Mutex // of all sockets: the thread has it while it reads
	byFD map[int32]*conn
}

// conn is a WebSocket of a person's page.
type conn struct {
	all     *sockets
	fd      int
	request []byte // to upgrade
	init    []byte
	up      bool // the connection is upgraded
	partial []byte
	pinged  time.Time
	opened  chan error // gets nil once the server has acknowledged the page
	closing bool
	receive func(payload []byte, at time.Time)
	lost    func(error)
}

func openSockets(site, host string) (*sockets, error) {
	s := &sockets{site: site, byFD: map[int32]*conn{}}
	addr, err := net.ResolveTCPAddr("tcp4", host)
	if err != nil {
		return nil, fmt.Errorf("resolve %s: %w", host, err)
	}
	s.addr.Port = addr.Port
	copy(s.addr.Addr[:], addr.IP.To4())
	if s.poll, err = syscall.EpollCreate1(syscall.EPOLL_CLOEXEC); err != nil {
		return nil, fmt.Errorf("poll sockets: %w", err)
	}
	go s.read()
	go s.ping()
	return s, nil
}

// open connects and initialises a WebSocket. It returns when the server has acknowledged it.
func (s *sockets) open(from [4]byte, cookies string, init []byte, receive func([]byte, time.Time), lost func(error)) (*conn, error) {
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_NONBLOCK|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, fmt.Errorf("open socket: %w", err)
	}
	const bindAddressNoPort = 24 // IP_BIND_ADDRESS_NO_PORT: the port is chosen when connecting
	_ = syscall.SetsockoptInt(fd, syscall.IPPROTO_IP, bindAddressNoPort, 1)
	_ = syscall.SetsockoptInt(fd, syscall.IPPROTO_TCP, syscall.TCP_NODELAY, 1)
	c := &conn{all: s, fd: fd, init: init, opened: make(chan error, 1), receive: receive, lost: lost}
	c.request = fmt.Appendf(nil, "GET /graphql HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"+
		"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n"+
		"Origin: http://%s\r\nSec-Fetch-Site: same-origin\r\nCookie: %s\r\n\r\n", s.site, s.site, cookies)
	s.mu.Lock()
	s.byFD[int32(fd)] = c
	err = syscall.Bind(fd, &syscall.SockaddrInet4{Addr: from})
	if err == nil {
		err = syscall.Connect(fd, &s.addr)
	}
	if err == nil || errors.Is(err, syscall.EINPROGRESS) {
		event := syscall.EpollEvent{Events: syscall.EPOLLOUT, Fd: int32(fd)}
		err = syscall.EpollCtl(s.poll, syscall.EPOLL_CTL_ADD, fd, &event)
	}
	if err != nil {
		c.end()
	}
	s.mu.Unlock()
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	select {
	case err = <-c.opened:
	case <-time.After(time.Minute):
		err = errors.New("connect: no answer within a minute")
		c.close()
	}
	return c, err
}

// send sends a message. It is little enough to always fit into the socket's buffer.
func (c *conn) send(text []byte) error { return c.write(socket.Masked(1, text)) }

func (c *conn) write(frame []byte) error {
	if n, err := syscall.Write(c.fd, frame); n != len(frame) {
		return fmt.Errorf("write %d of %d bytes: %w", n, len(frame), err)
	}
	return nil
}

// reads stops reading the socket, or goes on with it.
func (c *conn) reads(on bool) error {
	event := syscall.EpollEvent{Fd: int32(c.fd)}
	if on {
		event.Events = syscall.EPOLLIN
	}
	return os.NewSyscallError("epoll_ctl", syscall.EpollCtl(c.all.poll, syscall.EPOLL_CTL_MOD, c.fd, &event))
}

// close closes the socket as a page does that is left.
func (c *conn) close() {
	c.all.mu.Lock()
	defer c.all.mu.Unlock()
	if !c.closing {
		_ = c.write(socket.Masked(8, []byte{3, 232})) // 1000
		c.end()
	}
}

// end needs the lock.
func (c *conn) end() {
	c.closing = true
	delete(c.all.byFD, int32(c.fd))
	_ = syscall.Close(c.fd)
}

func (c *conn) fail(err error) {
	c.end()
	select {
	case c.opened <- err:
	default:
		c.lost(err)
	}
}

func (s *sockets) read() {
	runtime.LockOSThread()
	events := make([]syscall.EpollEvent, 512)
	buffer := make([]byte, 256<<10)
	for {
		n, err := syscall.EpollWait(s.poll, events, -1)
		if err != nil && !errors.Is(err, syscall.EINTR) {
			panic(err) // the load generator is broken
		}
		s.mu.Lock()
		for _, event := range events[:max(n, 0)] {
			switch c := s.byFD[event.Fd]; {
			case c == nil: // closed meanwhile
			case c.request != nil && event.Events&(syscall.EPOLLERR|syscall.EPOLLHUP) != 0:
				c.fail(errors.New("connection refused"))
			case c.request != nil:
				in := syscall.EpollEvent{Events: syscall.EPOLLIN, Fd: event.Fd}
				_ = syscall.EpollCtl(s.poll, syscall.EPOLL_CTL_MOD, c.fd, &in)
				if err := c.write(c.request); err != nil {
					c.fail(err)
				}
				c.request = nil
			default:
				c.read(buffer)
			}
		}
		s.mu.Unlock()
	}
}

func (c *conn) read(buffer []byte) {
	n, err := syscall.Read(c.fd, buffer)
	switch {
	case errors.Is(err, syscall.EAGAIN) || errors.Is(err, syscall.EINTR):
		return
	case err != nil:
		c.fail(fmt.Errorf("read: %w", err))
		return
	case n == 0:
		c.fail(errors.New("closed by the server"))
		return
	}
	at, data := time.Now(), buffer[:n]
	if len(c.partial) > 0 {
		c.partial = append(c.partial, data...)
		data = c.partial
	}
	if !c.up {
		end := bytes.Index(data, []byte("\r\n\r\n"))
		if end < 0 {
			c.partial = bytes.Clone(data)
			return
		}
		if !bytes.HasPrefix(data, []byte("HTTP/1.1 101")) {
			c.fail(fmt.Errorf("upgrade: %.200s", data))
			return
		}
		data = data[end+4:]
		c.up = true
		if err := c.send(c.init); err != nil {
			c.fail(err)
			return
		}
	}
	for !c.closing {
		opcode, payload, rest, ok := socket.Frame(data)
		if !ok {
			break
		}
		data = rest
		c.frame(opcode, payload, at)
	}
	c.partial = nil
	if len(data) > 0 {
		c.partial = bytes.Clone(data)
	}
}

func (c *conn) frame(opcode byte, payload []byte, at time.Time) {
	switch {
	case opcode == 8:
		c.fail(fmt.Errorf("closed by the server: %q", payload))
	case opcode == 9:
		_ = c.write(socket.Masked(10, payload))
	case opcode != 1:
	case bytes.HasPrefix(payload, []byte(`{"type":"connection_ack"`)):
		c.pinged = at
		c.opened <- nil
	case bytes.HasPrefix(payload, []byte(`{"type":"ping"`)):
		_ = c.send([]byte(`{"type":"pong"}`))
	case bytes.HasPrefix(payload, []byte(`{"type":"pong"`)):
	default:
		c.receive(payload, at)
	}
}

// pingEvery is how often a page sends a ping, as in web/src/graphql/socket.ts.
const pingEvery = 15 * time.Second

func (s *sockets) ping() {
	for now := range time.Tick(100 * time.Millisecond) {
		s.mu.Lock()
		for _, c := range s.byFD {
			if !c.pinged.IsZero() && now.Sub(c.pinged) > pingEvery {
				c.pinged = now
				_ = c.send([]byte(`{"type":"ping"}`))
			}
		}
		s.mu.Unlock()
	}
}
