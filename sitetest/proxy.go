package sitetest

import (
	"io"
	"math/rand/v2"
	"net"
	"sync/atomic"
	"testing"
)

// Proxy forwards connections and cuts each one at a random moment, unless it is calm.
type Proxy struct {
	net.Listener
	to   string
	Cuts atomic.Int64
	calm atomic.Bool
}

func StartProxy(t *testing.T, to string) *Proxy {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &Proxy{Listener: listener, to: to}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for seed := uint64(0); ; seed++ {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go p.pass(client, rand.New(rand.NewPCG(seed, 11)).Int64N(12_000)+800)
		}
	}()
	return p
}

// pass forwards some bytes of answers and then cuts the connection, wherever it is.
func (p *Proxy) pass(client net.Conn, bytes int64) {
	defer client.Close()
	server, err := net.Dial("tcp", p.to)
	if err != nil {
		return
	}
	defer server.Close()
	go func() {
		_, _ = io.Copy(server, client)
		_ = server.Close()
	}()
	if n, _ := io.CopyN(client, server, bytes); n == bytes && !p.calm.Load() {
		p.Cuts.Add(1)
		return
	}
	_, _ = io.Copy(client, server)
}
