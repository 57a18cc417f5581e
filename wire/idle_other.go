//go:build !linux && !darwin && !dragonfly && !freebsd && !netbsd && !openbsd

package wire

import "errors"

func openPoll() (poll, error) { return nil, errors.ErrUnsupported }
