package site

import (
	"io"
	"log/slog"
	"net"
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

// piper is a listener of connections in memory.
type piper struct{ conns chan net.Conn }

func (p piper) Accept() (net.Conn, error) {
	c, ok := <-p.conns
	if !ok {
		return nil, net.ErrClosed
	}
	return c, nil
}
func (p piper) Close() error   { return nil }
func (p piper) Addr() net.Addr { return &net.TCPAddr{} }

func TestA10_SlowReadersOfPagesAreDropped(t *testing.T) {
	for name, every := range map[string]time.Duration{"a byte a second": time.Second, "nothing": time.Hour} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				served := make(chan error, 1)
				site := newServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
					_, err := w.Write(make([]byte, 1<<20))
					served <- err
				}), slog.New(slog.DiscardHandler))
				wire := piper{make(chan net.Conn)}
				go func() { _ = site.Serve(wire) }()
				client, conn := net.Pipe()
				wire.conns <- conn
				began := time.Now()
				if _, err := io.WriteString(client, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
					t.Fatal(err)
				}
				over := make(chan struct{})
				defer close(over)
				go func() {
					tick := time.NewTicker(every)
					defer tick.Stop()
					for {
						if _, err := client.Read(make([]byte, 1)); err != nil {
							return
						}
						select {
						case <-tick.C:
						case <-over:
							return
						}
					}
				}()
				if err := <-served; err == nil {
					t.Error("all of it was read")
				}
				if took := time.Since(began); took != time.Minute {
					t.Errorf("dropped after %v", took)
				}
				close(wire.conns)
				_ = client.Close()
				_ = site.Close()
			})
		})
	}
}
