package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"

	gomail "github.com/wneessen/go-mail"

	"usher/ent"
	"usher/ent/mail"
	"usher/room"
)

// Server is the site's mail server.
type Server struct {
	Host           string
	Port           int
	User, Password string
	Direct         bool // TLS from the first byte, otherwise by STARTTLS
	Plain          bool // no encryption: a server on this machine
	// Name is what this server calls itself when it greets.
	Name string
}

// String keeps the password out of logs.
func (s Server) String() string { return s.Host }

// GoString keeps the password out of logs.
func (s Server) GoString() string { return s.Host }

// maxReplies limits what a connection reads from the mail server, so that a broken one cannot fill the memory.
const maxReplies = 1 << 20

// line is an open connection to the mail server.
type line struct {
	*gomail.Client
	connection net.Conn
}

// cut ends the connection at once.
func (l *line) cut() { _ = l.connection.Close() }

// connect opens a connection, greets and authenticates.
func (s Server) connect(ctx context.Context) (*line, error) {
	l := &line{}
	dial := func(ctx context.Context, network, address string) (_ net.Conn, err error) {
		l.connection, err = s.dial(ctx, network, address)
		return l.connection, err
	}
	options := []gomail.Option{
		gomail.WithPort(s.Port), gomail.WithTimeout(DefaultLease / 2), gomail.WithHELO(s.Name), gomail.WithoutNoop(),
		gomail.WithDialContextFunc(dial), gomail.WithTLSConfig(&tls.Config{ServerName: s.Host, MinVersion: tls.VersionTLS12}),
	}
	switch {
	case s.Direct:
		options = append(options, gomail.WithSSL())
	case s.Plain:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if s.User != "" {
		auth := gomail.SMTPAuthAutoDiscover
		if s.Plain {
			auth = gomail.SMTPAuthPlainNoEnc
		}
		options = append(options, gomail.WithSMTPAuth(auth), gomail.WithUsername(s.User), gomail.WithPassword(s.Password))
	}
	var err error
	if l.Client, err = gomail.NewClient(s.Host, options...); err != nil {
		return nil, err
	}
	if err := l.DialWithContext(ctx); err != nil {
		if l.connection != nil {
			l.cut()
		}
		return nil, err
	}
	return l, nil
}

// dial opens a connection that ends with ctx and reads at most maxReplies.
func (s Server) dial(ctx context.Context, network, address string) (net.Conn, error) {
	dialer := &net.Dialer{}
	connection, err := dialer.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	limited := &limitedConn{Conn: connection, left: maxReplies}
	if !s.Direct {
		return limited, nil
	}
	secure := tls.Client(limited, &tls.Config{ServerName: s.Host, MinVersion: tls.VersionTLS12})
	if err := secure.HandshakeContext(ctx); err != nil {
		return nil, errors.Join(err, connection.Close())
	}
	return secure, nil
}

// limitedConn is a connection that ends after so many bytes were read.
type limitedConn struct {
	net.Conn
	left int
}

func (c *limitedConn) Read(p []byte) (int, error) {
	if c.left <= 0 {
		return 0, io.ErrUnexpectedEOF
	}
	n, err := c.Conn.Read(p[:min(len(p), c.left)])
	c.left -= n
	return n, err
}

// Try connects, greets and authenticates, and sends nothing. Its error is for an operator to read.
func (s Server) Try(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, finishWithin)
	defer cancel()
	l, err := s.connect(ctx)
	if err != nil {
		return errors.New(saidBy(err))
	}
	_ = l.Close()
	return nil
}

// SendTest sends one email at once. Its error is for an operator to read.
func (s Server) SendTest(ctx context.Context, w Writer, id string, letter *room.Letter) error {
	m, err := w.write(id, letter)
	if err != nil {
		return err
	}
	l, err := s.connect(ctx)
	if err != nil {
		return errors.New(saidBy(err))
	}
	defer func() { _ = l.Close() }()
	if err := l.Send(m); err != nil && !m.IsDelivered() {
		return errors.New(saidBy(err))
	}
	return nil
}

// deliver hands an email to the mail server. An open connection may have been closed by the mail server meanwhile, so the next one
// decides whether the mail server can be used.
func (s *lane) deliver(ctx context.Context, row *ent.Mail, letter *room.Letter) result {
	m, err := s.writer.write(messageID(row), letter)
	if err != nil {
		s.logger.Error("write email", "id", row.ID, "error", err)
		return result{state: mail.StateFailed, fault: room.FaultOther}
	}
	for {
		fresh := s.line == nil
		if fresh {
			if s.line, err = s.server.connect(ctx); err != nil {
				s.line = nil
				return result{state: mail.StateWaiting, fault: room.FaultSite, reply: saidBy(err)}
			}
		}
		stop := context.AfterFunc(ctx, s.line.cut)
		err = s.line.Send(m)
		stop()
		if err == nil || m.IsDelivered() {
			if err != nil {
				s.hangUp()
			}
			return result{state: mail.StateSent, letter: letter}
		}
		r := read(err)
		r.letter = letter
		if r.code == 0 || r.fault == room.FaultSite {
			s.hangUp()
		}
		if r.fault != room.FaultSite || fresh || ctx.Err() != nil {
			return r
		}
	}
}

// hangUp closes the connection, if one is open.
func (s *lane) hangUp() {
	if s.line != nil {
		_ = s.line.Close()
		s.line = nil
	}
}
