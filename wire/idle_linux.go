package wire

import (
	"errors"
	"fmt"
	"syscall"
)

// epoll watches sockets by epoll(7). A socket leaves it when it is closed.
type epoll struct {
	fd     int
	events [128]syscall.EpollEvent
}

func openPoll() (poll, error) {
	fd, err := syscall.EpollCreate1(syscall.EPOLL_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("open epoll: %w", err)
	}
	return &epoll{fd: fd}, nil
}

func (p *epoll) watch(fd int) error {
	event := syscall.EpollEvent{Events: syscall.EPOLLIN | syscall.EPOLLRDHUP | syscall.EPOLLONESHOT, Fd: int32(fd)}
	err := syscall.EpollCtl(p.fd, syscall.EPOLL_CTL_MOD, fd, &event)
	if errors.Is(err, syscall.ENOENT) {
		err = syscall.EpollCtl(p.fd, syscall.EPOLL_CTL_ADD, fd, &event)
	}
	if err != nil {
		return fmt.Errorf("watch socket: %w", err)
	}
	return nil
}

func (p *epoll) wait(f func(fd int)) error {
	n, err := syscall.EpollWait(p.fd, p.events[:], -1)
	if err != nil && !errors.Is(err, syscall.EINTR) {
		return fmt.Errorf("wait for sockets: %w", err)
	}
	for _, event := range p.events[:max(n, 0)] {
		f(int(event.Fd))
	}
	return nil
}
