//go:build linux

package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"strconv"
	"strings"
	"time"
)

// line is a connection for one request after the other. It costs this process much less than net/http does, because it shares the
// processors with the server.
type line struct {
	conn net.Conn
	in   *bufio.Reader
}

// dial opens a line from one of the loopback addresses. An address has not enough ports for everyone.
func dial(host string, i int) (*line, error) {
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, byte(2+i/1000))}, Timeout: time.Minute}
	conn, err := dialer.Dial("tcp", host)
	if err != nil {
		return nil, err
	}
	return &line{conn, bufio.NewReaderSize(conn, 2<<10)}, nil
}

// posting returns the bytes of a request with a JSON body.
func posting(host string, headers []string, body []byte) []byte {
	all := append([]string{
		"POST /graphql HTTP/1.1", "Host: " + host, "Content-Type: application/json", "Accept: application/json",
		"Content-Length: " + strconv.Itoa(len(body)),
	}, headers...)
	return append([]byte(strings.Join(all, "\r\n")+"\r\n\r\n"), body...)
}

// ask sends a request and reads its answer. cookies are what the answer sets, as a request sends them back.
func (l *line) ask(request []byte) (body []byte, cookies string, err error) {
	_ = l.conn.SetDeadline(time.Now().Add(time.Minute))
	if _, err := l.conn.Write(request); err != nil {
		return nil, "", err
	}
	status, length := "", -1
	for {
		text, err := l.in.ReadSlice('\n')
		if err != nil {
			return nil, "", err
		}
		text = bytes.TrimRight(text, "\r\n")
		if status == "" {
			status = string(text)
			continue
		}
		if len(text) == 0 {
			break
		}
		name, value, _ := bytes.Cut(text, []byte(": "))
		switch textproto.CanonicalMIMEHeaderKey(string(name)) {
		case "Content-Length":
			if length, err = strconv.Atoi(string(value)); err != nil {
				return nil, "", err
			}
		case "Set-Cookie":
			cookie, _, _ := bytes.Cut(value, []byte(";"))
			if cookies != "" {
				cookies += "; "
			}
			cookies += string(cookie)
		}
	}
	if length < 0 {
		return nil, "", fmt.Errorf("%s, without Content-Length", status)
	}
	body = make([]byte, length)
	if _, err := io.ReadFull(l.in, body); err != nil {
		return nil, "", err
	}
	if !strings.HasPrefix(status, "HTTP/1.1 200") || bytes.Contains(body, []byte(`"errors":`)) || bytes.Contains(body, []byte(`"code":`)) {
		return nil, "", fmt.Errorf("%s: %.300s", status, body)
	}
	return body, cookies, nil
}
