//go:build !unix

package wire

import (
	"net"
	"syscall"
)

// Every write blocks, with a deadline, on the outbox's own goroutine.

func rawOf(net.Conn) syscall.RawConn { return nil }

func writeNow(syscall.RawConn, []byte) (int, error) { return 0, nil }

func readNow(syscall.RawConn, []byte) (int, error) { return 0, errNothing }
