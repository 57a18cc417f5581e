//go:build linux

package main

import (
	"bufio"
	"fmt"
	"net"
	"net/textproto"
	"strings"
	"sync"
	"time"
)

// mailSink is a mail server that takes everything at once, and remembers whom it was for.
type mailSink struct {
	listener net.Listener
	mu       sync.Mutex
	got      map[string]int
	news     chan struct{}
}

func listenForMails() (*mailSink, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &mailSink{listener: listener, got: map[string]int{}, news: make(chan struct{}, 1)}
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go s.serve(conn)
		}
	}()
	return s, nil
}

func (s *mailSink) address() string { return s.listener.Addr().String() }

func (s *mailSink) close() { _ = s.listener.Close() }

// serve speaks the little of SMTP that a client without extensions needs (RFC 5321).
func (s *mailSink) serve(conn net.Conn) {
	defer conn.Close()
	in := textproto.NewReader(bufio.NewReader(conn))
	answer := func(text string) { _, _ = fmt.Fprintf(conn, "%s\r\n", text) }
	answer("220 sink.example")
	to := ""
	for {
		line, err := in.ReadLine()
		if err != nil {
			return
		}
		command, rest, _ := strings.Cut(line, ":")
		switch strings.ToUpper(command) {
		case "RCPT TO":
			to, _, _ = strings.Cut(strings.TrimLeft(rest, " <"), ">")
			answer("250 ok")
		case "DATA":
			answer("354 go on")
			if _, err := in.ReadDotBytes(); err != nil {
				return
			}
			s.take(to)
			answer("250 ok")
		case "QUIT":
			answer("221 bye")
			return
		default:
			answer("250 ok")
		}
	}
}

func (s *mailSink) take(to string) {
	s.mu.Lock()
	s.got[to]++
	s.mu.Unlock()
	select {
	case s.news <- struct{}{}:
	default:
	}
}

// count returns how many emails came.
func (s *mailSink) count() (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, some := range s.got {
		n += some
	}
	return n
}

// await waits until somebody has got an email.
func (s *mailSink) await(to string) error {
	deadline := time.After(30 * time.Second)
	for {
		s.mu.Lock()
		n := s.got[to]
		s.mu.Unlock()
		if n > 0 {
			return nil
		}
		select {
		case <-s.news:
		case <-deadline:
			return fmt.Errorf("no email came for %s", to)
		}
	}
}
