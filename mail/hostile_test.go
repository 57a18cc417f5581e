package mail

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"usher/ent"
	"usher/ent/mail"
	"usher/room"
)

// hostile is a mail server that does what no mail server should. Its functions return what it answers, nil for success.
type hostile struct {
	from, to func() error
	data     func() error
	before   func(c *smtp.Conn) // before it answers DATA
	got      chan string
}

func (h *hostile) NewSession(c *smtp.Conn) (smtp.Session, error) { return &visit{h, c}, nil }

type visit struct {
	*hostile
	conn *smtp.Conn
}

func answer(by func() error) error {
	if by == nil {
		return nil
	}
	return by()
}

func (v *visit) Mail(string, *smtp.MailOptions) error { return answer(v.from) }
func (v *visit) Rcpt(string, *smtp.RcptOptions) error { return answer(v.to) }
func (v *visit) Reset()                               {}
func (v *visit) Logout() error                        { return nil }

func (v *visit) Data(r io.Reader) error {
	text, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	v.got <- string(text)
	if v.before != nil {
		v.before(v.conn)
	}
	return answer(v.data)
}

// serve runs a mail server until the test ends.
func serve(t *testing.T, h *hostile, with func(*smtp.Server)) Server {
	t.Helper()
	h.got = make(chan string, 100)
	s := smtp.NewServer(h)
	s.Domain, s.AllowInsecureAuth = "mail.example", true
	if with != nil {
		with(s)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	go func() { _ = s.Serve(listener) }()
	return at(listener)
}

func at(listener net.Listener) Server {
	return Server{Host: "127.0.0.1", Port: int(netip.MustParseAddrPort(listener.Addr().String()).Port()), Plain: true, Name: "site.example"}
}

// send makes one attempt, for as long as ctx lasts.
func send(ctx context.Context, s Server) result {
	sender := &lane{Sender: &Sender{server: s, writer: Writer{From: "usher@site.example", Host: "site.example"}, logger: slog.New(slog.DiscardHandler)}}
	defer sender.hangUp()
	return sender.deliver(ctx, &ent.Mail{ID: "ml_1", Edition: 1}, invitation())
}

func invitation() *room.Letter {
	return &room.Letter{
		Kind: mail.KindInvitation, Language: room.English, Site: "Usher", Address: "grace@example.org", Name: "Grace Guest", Inviter: "Ada Host",
		Room: "Town hall", TimeZone: "Europe/Berlin", Role: "VIEWER", StartsAt: time.Date(2027, 1, 8, 13, 0, 0, 0, time.UTC), Link: "https://site.example/join#u1_x",
	}
}

func says(code int, enhanced smtp.EnhancedCode, words string) func() error {
	return func() error { return &smtp.SMTPError{Code: code, EnhancedCode: enhanced, Message: words} }
}

func TestD7_WhatRepliesMean(t *testing.T) {
	for _, c := range []struct {
		name  string
		is    hostile
		state mail.State
		fault room.MailFault
		reply string
	}{
		{"accepted", hostile{}, mail.StateSent, "", ""},
		{"the sender is refused", hostile{from: says(550, smtp.EnhancedCode{5, 7, 1}, "usher@site.example may not send")}, mail.StateWaiting, room.FaultSite, "550 5.7.1 … may not send"},
		{"the service closes", hostile{from: says(421, smtp.EnhancedCode{4, 3, 2}, "closing")}, mail.StateWaiting, room.FaultSite, "421 4.3.2 closing"},
		{"an unknown address", hostile{to: says(550, smtp.EnhancedCode{5, 1, 1}, "<grace@example.org>: unknown, see https://help.example/x#y")}, mail.StateFailed, room.FaultUnknownAddress, "550 5.1.1 … unknown, see …"},
		{"an unknown domain", hostile{to: says(550, smtp.EnhancedCode{5, 1, 2}, "no such host")}, mail.StateFailed, room.FaultUnknownAddress, "550 5.1.2 no such host"},
		{"a full mailbox for good", hostile{to: says(552, smtp.EnhancedCode{5, 2, 2}, "full")}, mail.StateFailed, room.FaultMailboxFull, "552 5.2.2 full"},
		{"a full mailbox for now", hostile{to: says(452, smtp.EnhancedCode{4, 2, 2}, "full")}, mail.StateWaiting, room.FaultMailboxFull, "452 4.2.2 full"},
		{"a grey list", hostile{to: says(451, smtp.EnhancedCode{4, 7, 1}, "later")}, mail.StateWaiting, room.FaultRefused, "451 4.7.1 later"},
		{"the content is refused", hostile{data: says(554, smtp.EnhancedCode{5, 7, 1}, "spam")}, mail.StateFailed, room.FaultRefused, "554 5.7.1 spam"},
		{"the content is refused for now", hostile{data: says(421, smtp.EnhancedCode{4, 3, 2}, "busy")}, mail.StateWaiting, room.FaultOther, "421 4.3.2 busy"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := send(t.Context(), serve(t, &c.is, nil))
			if r.state != c.state || r.fault != c.fault || r.reply != c.reply {
				t.Errorf("%s %s %q, want %s %s %q", r.state, r.fault, r.reply, c.state, c.fault, c.reply)
			}
		})
	}
}

func TestD5_AMailServerThatHangsOrCutsLeavesTheEmailWaiting(t *testing.T) {
	t.Run("it hangs after the content", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		h := &hostile{before: func(*smtp.Conn) {
			cancel()
			<-t.Context().Done()
		}}
		if r := send(ctx, serve(t, h, nil)); r.state != mail.StateWaiting || r.fault != room.FaultOther {
			t.Errorf("%+v", r)
		}
	})
	t.Run("it cuts the connection instead of an answer", func(t *testing.T) {
		h := &hostile{before: func(c *smtp.Conn) { _ = c.Conn().Close() }}
		if r := send(t.Context(), serve(t, h, nil)); r.state != mail.StateWaiting || r.fault != room.FaultOther {
			t.Errorf("%+v", r)
		}
	})
	t.Run("it cuts the connection after its answer", func(t *testing.T) {
		listener := script(t, func(line string, w *bufio.Writer) bool {
			switch {
			case line == begins:
				_, _ = w.WriteString("220 mail.example\r\n")
			case strings.HasPrefix(line, "EHLO"), strings.HasPrefix(line, "MAIL"), strings.HasPrefix(line, "RCPT"):
				_, _ = w.WriteString("250 fine\r\n")
			case line == "DATA":
				_, _ = w.WriteString("354 go on\r\n")
			case line == ".":
				_, _ = w.WriteString("250 taken\r\n")
				return false
			}
			return true
		})
		if r := send(t.Context(), at(listener)); r.state != mail.StateSent {
			t.Errorf("%+v", r)
		}
	})
	t.Run("it answers without end", func(t *testing.T) {
		listener := script(t, func(_ string, w *bufio.Writer) bool {
			for range 10 << 10 {
				if _, err := w.WriteString("220-" + strings.Repeat("x", 1000) + "\r\n"); err != nil {
					return false
				}
			}
			return true
		})
		if r := send(t.Context(), at(listener)); r.state != mail.StateWaiting || r.fault != room.FaultSite || len(r.reply) > 4*maxReply {
			t.Errorf("%s %s, a reply of %d bytes", r.state, r.fault, len(r.reply))
		}
	})
	t.Run("nobody is there", func(t *testing.T) {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		_ = listener.Close()
		if r := send(t.Context(), at(listener)); r.state != mail.StateWaiting || r.fault != room.FaultSite || !strings.Contains(r.reply, "refused") {
			t.Errorf("%+v", r)
		}
	})
}

func TestD14_NothingLeavesWithoutEncryptionOrToAStranger(t *testing.T) {
	h := &hostile{}
	open := serve(t, h, nil)
	open.Plain = false
	if r := send(t.Context(), open); r.fault != room.FaultSite || !strings.Contains(r.reply, "STARTTLS") {
		t.Errorf("without STARTTLS: %+v", r)
	}
	expired := serve(t, h, func(s *smtp.Server) {
		s.TLSConfig = &tls.Config{Certificates: []tls.Certificate{expiredCertificate(t)}}
	})
	expired.Plain = false
	if r := send(t.Context(), expired); r.fault != room.FaultSite || !strings.Contains(r.reply, "certificate") {
		t.Errorf("with an expired certificate: %+v", r)
	}
	if len(h.got) != 0 {
		t.Error("the email left")
	}
	if err := open.Try(t.Context()); err == nil || !strings.Contains(err.Error(), "STARTTLS") {
		t.Errorf("trying says %v", err)
	}
}

// begins is what a script answers first.
const begins = "a connection begins"

// script runs a mail server that answers each line by itself, and first begins. A connection ends once it returns false.
func script(t *testing.T, answer func(line string, w *bufio.Writer) bool) net.Listener {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			c, err := listener.Accept()
			if errors.Is(err, net.ErrClosed) {
				return
			}
			go func() {
				defer func() { _ = c.Close() }()
				w := bufio.NewWriter(c)
				lines := bufio.NewScanner(c)
				for line := begins; answer(line, w) && w.Flush() == nil && lines.Scan(); {
					line = lines.Text()
				}
				_ = w.Flush()
			}()
		}
	}()
	return listener
}

func expiredCertificate(t *testing.T) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	of := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "mail.example"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Unix(0, 0), NotAfter: time.Unix(1000, 0),
	}
	raw, err := x509.CreateCertificate(rand.Reader, of, of, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{raw}, PrivateKey: key}
}
