package problem

import (
	"cmp"
	"errors"
	"fmt"
	"time"
)

// These errors refuse a request. Package wire turns each into its code, and clients read their text.
var (
	// ErrUnauthenticated means that the request needs a signed-in user and has none.
	ErrUnauthenticated = errors.New("no valid credential was sent; sign in, then try again")
	// ErrForbidden means that the asker may see the object but not do this.
	ErrForbidden = errors.New("you do not have permission to do this")
	// ErrNotYourPlace means that the place that the request names does not exist or is not the asker's.
	ErrNotYourPlace = fmt.Errorf("%w: the place named in this request is not yours", ErrForbidden)
	// ErrNotFound means that the object does not exist, or that the asker may not know about it (R6).
	ErrNotFound = errors.New("not found")
	// ErrUnavailable means that the storage cannot answer now, so the client should retry later.
	ErrUnavailable = errors.New("the service is not available right now; try again later")
)

// BadInput means that the input is invalid because of an error in the client, not of the person.
type BadInput struct{ Message string }

func (e *BadInput) Error() string { return e.Message }

// RateLimited refuses for now. Of names what there is too much of, such as "searches".
type RateLimited struct {
	RetryAfter time.Duration
	Of         string
}

func (e *RateLimited) Error() string {
	return "too many " + cmp.Or(e.Of, "requests") + "; try again later"
}
