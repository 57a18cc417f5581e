package chaos

import (
	"errors"

	. "usher/sitetest"
)

// errAway is the answer SERVICE_UNAVAILABLE. Whether the change was written is unknown, so it is retried.
var errAway = errors.New("storage is away")

// refusal is an unexpected answer.
type refusal string

func (r refusal) Error() string { return string(r) }

func refused(what string, r *Reply) error {
	if r.Code() == "SERVICE_UNAVAILABLE" {
		return errAway
	}
	return refusal(what + " answered " + r.Raw)
}
