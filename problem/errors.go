package problem

import (
	"cmp"
	"errors"
	"fmt"
	"time"
)

// Errors that say that the caller may not ask. graph turns each into its code; their text reaches clients.
var (
	// ErrUnauthenticated: nobody is signed in where somebody must be.
	ErrUnauthenticated = errors.New("no valid credential was sent; sign in, then try again")
	// ErrForbidden: the asker may see it but not do this.
	ErrForbidden = errors.New("you do not have permission to do this")
	// ErrNotYourPlace: the request names a place to act as that is not one of the asker's, or does not exist.
	ErrNotYourPlace = fmt.Errorf("%w: the place named in this request is not yours", ErrForbidden)
	// ErrNotFound: it does not exist, or the asker may not know that it does (R6).
	ErrNotFound = errors.New("not found")
	// ErrUnavailable: storage cannot answer now; trying again later makes sense.
	ErrUnavailable = errors.New("the service is not available right now; try again later")
)

// BadInput is input that is no valid input: a fault of the client's program rather than of the person.
type BadInput struct{ Message string }

func (e *BadInput) Error() string { return e.Message }

// RateLimited refuses for now. Of says what there is too much of, as in "searches".
type RateLimited struct {
	RetryAfter time.Duration
	Of         string
}

func (e *RateLimited) Error() string {
	return "too many " + cmp.Or(e.Of, "requests") + "; try again later"
}
