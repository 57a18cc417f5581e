//go:build darwin || dragonfly || freebsd || netbsd || openbsd

package wire

import (
	"errors"
	"fmt"
	"syscall"
)

// kqueue watches sockets by kqueue(2). A socket leaves it when it is closed.
type kqueue struct {
	fd     int
	events [128]syscall.Kevent_t
}

func openPoll() (poll, error) {
	fd, err := syscall.Kqueue()
	if err != nil {
		return nil, fmt.Errorf("open kqueue: %w", err)
	}
	syscall.CloseOnExec(fd)
	return &kqueue{fd: fd}, nil
}

func (p *kqueue) watch(fd int) error {
	var event [1]syscall.Kevent_t
	syscall.SetKevent(&event[0], fd, syscall.EVFILT_READ, syscall.EV_ADD|syscall.EV_ONESHOT)
	for {
		_, err := syscall.Kevent(p.fd, event[:], nil, nil)
		switch {
		case err == nil:
			return nil
		case !errors.Is(err, syscall.EINTR):
			return fmt.Errorf("watch socket: %w", err)
		}
	}
}

func (p *kqueue) wait(f func(fd int)) error {
	n, err := syscall.Kevent(p.fd, nil, p.events[:], nil)
	if err != nil && !errors.Is(err, syscall.EINTR) {
		return fmt.Errorf("wait for sockets: %w", err)
	}
	for _, event := range p.events[:max(n, 0)] {
		f(int(event.Ident))
	}
	return nil
}
