//go:build linux

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"syscall"
	"time"

	"usher/bench/socket"
)

// conn is a connection. One thread polls all of them, so that they cost little compared to the server.
type conn struct {
	fd      int
	i       int
	state   state
	partial []byte // of an incomplete frame
}

type state uint8

const (
	connecting state = iota
	upgrading
	initialising
	subscribed
	dead
)

// perAddress limits the connections of one local address, because it has not enough ports for all.
const perAddress = 8000

// connectAll returns when all connections are subscribed.
func (l *load) connectAll() (err error) {
	if l.poll, err = syscall.EpollCreate1(syscall.EPOLL_CLOEXEC); err != nil {
		return fmt.Errorf("poll connections: %w", err)
	}
	total := l.c.n + l.c.stalled
	l.opened.Add(total)
	go l.receive()
	first := 2 + int(time.Now().UnixMicro()%200) // another run's ports may still be in use
	deadline := time.After(l.c.connectTimeout)
	for i := range total {
		select {
		case l.opening <- struct{}{}:
		case <-deadline:
			return fmt.Errorf("connect: %d of %d are ready; %s", l.ready.Load(), total, l.firstError())
		}
		if err := l.open(i, [4]byte{127, 0, 0, byte(first + i/perAddress)}); err != nil {
			return err
		}
	}
	all := make(chan struct{})
	go func() {
		l.opened.Wait()
		close(all)
	}()
	select {
	case <-all:
	case <-deadline:
		return fmt.Errorf("connect: %d of %d are ready; %s", l.ready.Load(), total, l.firstError())
	}
	if l.ready.Load() == 0 {
		return errors.New("connect: " + l.firstError())
	}
	return nil
}

func (l *load) open(i int, from [4]byte) error {
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_NONBLOCK|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return fmt.Errorf("open socket: %w", err)
	}
	const bindAddressNoPort = 24 // IP_BIND_ADDRESS_NO_PORT: the port is chosen when connecting
	_ = syscall.SetsockoptInt(fd, syscall.IPPROTO_IP, bindAddressNoPort, 1)
	_ = syscall.SetsockoptInt(fd, syscall.IPPROTO_TCP, syscall.TCP_NODELAY, 1)
	if err := syscall.Bind(fd, &syscall.SockaddrInet4{Addr: from}); err != nil {
		return fmt.Errorf("bind socket: %w", err)
	}
	c := &conn{fd: fd, i: i}
	l.conns = append(l.conns, c)
	l.byFD[fd] = c
	if err := syscall.Connect(fd, &l.addr); err != nil && !errors.Is(err, syscall.EINPROGRESS) {
		return fmt.Errorf("connect: %w", err)
	}
	event := syscall.EpollEvent{Events: syscall.EPOLLOUT | syscall.EPOLLIN, Fd: int32(fd)}
	if err := syscall.EpollCtl(l.poll, syscall.EPOLL_CTL_ADD, fd, &event); err != nil {
		return fmt.Errorf("poll connection: %w", err)
	}
	return nil
}

func (l *load) receive() {
	runtime.LockOSThread()
	events := make([]syscall.EpollEvent, 512)
	buffer := make([]byte, 256<<10)
	for {
		n, err := syscall.EpollWait(l.poll, events, -1)
		if err != nil && !errors.Is(err, syscall.EINTR) {
			l.fail(fmt.Errorf("poll connections: %w", err))
			return
		}
		for _, event := range events[:max(n, 0)] {
			c := l.byFD[event.Fd]
			switch {
			case c.state == dead:
			case c.state == connecting && event.Events&(syscall.EPOLLERR|syscall.EPOLLHUP) != 0:
				l.drop(c, errors.New("connection refused"))
			case c.state == connecting:
				c.state = upgrading
				in := syscall.EpollEvent{Events: syscall.EPOLLIN, Fd: event.Fd}
				_ = syscall.EpollCtl(l.poll, syscall.EPOLL_CTL_MOD, c.fd, &in)
				l.write(c, l.upgrade(c.i))
			default:
				l.read(c, buffer)
			}
		}
	}
}

func (l *load) upgrade(i int) []byte {
	var b bytes.Buffer
	b.WriteString("GET " + l.path + " HTTP/1.1\r\nHost: " + l.host + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" +
		"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n")
	for _, header := range l.c.headers {
		b.WriteString(l.expand(header, i) + "\r\n")
	}
	b.WriteString("\r\n")
	return b.Bytes()
}

func (l *load) read(c *conn, buffer []byte) {
	n, err := syscall.Read(c.fd, buffer)
	switch {
	case errors.Is(err, syscall.EAGAIN) || errors.Is(err, syscall.EINTR):
		return
	case err != nil:
		l.drop(c, fmt.Errorf("read: %w", err))
		return
	case n == 0:
		l.drop(c, errors.New("closed by the server"))
		return
	}
	at, data := time.Now(), buffer[:n]
	if len(c.partial) > 0 {
		c.partial = append(c.partial, data...)
		data = c.partial
	}
	if c.state == upgrading {
		end := bytes.Index(data, []byte("\r\n\r\n"))
		if end < 0 {
			c.partial = bytes.Clone(data)
			return
		}
		if !bytes.HasPrefix(data, []byte("HTTP/1.1 101")) {
			l.drop(c, fmt.Errorf("upgrade: %.200s", data))
			return
		}
		data = data[end+4:]
		c.state = initialising
		init := `{"type":"connection_init"}`
		if l.c.init != "" {
			init = `{"type":"connection_init","payload":` + l.expand(l.c.init, c.i) + `}`
		}
		l.write(c, socket.Masked(1, []byte(init)))
	}
	for c.state != dead {
		opcode, payload, rest, ok := socket.Frame(data)
		if !ok {
			break
		}
		data = rest
		switch opcode {
		case 1:
			l.message(c, payload, at)
		case 8:
			l.drop(c, fmt.Errorf("closed by the server: %q", payload))
		case 9:
			l.write(c, socket.Masked(10, payload))
		}
	}
	c.partial = nil
	if len(data) > 0 {
		c.partial = bytes.Clone(data)
	}
}

func (l *load) message(c *conn, payload []byte, at time.Time) {
	if c.state == subscribed {
		if k := bytes.Index(payload, l.needle); k >= 0 {
			l.deliver(c, sequence(payload[k+len(l.needle):]), at)
			return
		}
	}
	var m struct{ Type string }
	if err := json.Unmarshal(payload, &m); err != nil {
		l.fail(fmt.Errorf("read message: %w", err))
	}
	switch m.Type {
	case "connection_ack":
		l.write(c, socket.Masked(1, []byte(`{"id":"`+socket.UUID()+`","type":"subscribe","payload":{"query":`+quote(l.expand(l.c.query, c.i))+
			`,"variables":`+l.expand(l.c.variables, c.i)+`}}`)))
		c.state = subscribed
		if c.i < l.c.n {
			l.ready.Add(1)
		} else {
			_ = syscall.EpollCtl(l.poll, syscall.EPOLL_CTL_DEL, c.fd, nil)
		}
		<-l.opening
		l.opened.Done()
	case "ping":
		l.write(c, socket.Masked(1, []byte(`{"type":"pong"}`)))
	case "error", "complete":
		l.fail(fmt.Errorf("%.300s", payload))
	}
}

// write sends little enough to always fit into the socket's buffer.
func (l *load) write(c *conn, b []byte) {
	if n, err := syscall.Write(c.fd, b); n != len(b) {
		l.drop(c, fmt.Errorf("write %d of %d bytes: %w", n, len(b), err))
	}
}

func (l *load) drop(c *conn, err error) {
	was := c.state
	c.state = dead
	_ = syscall.Close(c.fd)
	switch {
	case l.over.Load():
		return
	case was == subscribed:
		l.closed.Add(1)
	default:
		<-l.opening
		l.opened.Done()
	}
	l.fail(err)
}

// closeAll resets the connections, so that their ports are free at once.
func (l *load) closeAll() {
	l.over.Store(true)
	for _, c := range l.conns {
		if c.state != dead {
			_ = syscall.SetsockoptLinger(c.fd, syscall.SOL_SOCKET, syscall.SO_LINGER, &syscall.Linger{Onoff: 1})
			_ = syscall.Close(c.fd)
		}
	}
}

// sequence parses the number at the beginning of b.
func sequence(b []byte) (n int64) {
	for _, digit := range bytes.TrimLeft(b, ` "`) {
		if digit < '0' || digit > '9' {
			break
		}
		n = 10*n + int64(digit-'0')
	}
	return n
}
