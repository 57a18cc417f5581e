package wire

import (
	"math"
	"time"

	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Ending is why the server ends a connection or a stream: what a WebSocket's close frame says. As an error it is the cause of
// a context's end.
type Ending struct {
	// Code is one of the Close codes.
	Code int
	// Reason is a few words for developers.
	Reason string
}

// The endings of what has done nothing wrong (V5, V9). With the first three coming back with the same credentials is of no use.
var (
	// EndUnauthorized: the sign-in it was opened with has ended.
	EndUnauthorized = Ending{CloseUnauthorized, "Unauthorized"}
	// EndForbidden: nothing is left that its credentials open.
	EndForbidden = Ending{CloseForbidden, "Forbidden"}
	// EndDisabled: an account was disabled, and that was the last that its credentials opened. No event says so.
	EndDisabled = Ending{CloseForbidden, "Account disabled"}
	// EndRestarting: the server stops; another, or the next, answers.
	EndRestarting = Ending{CloseRestarting, "Restarting"}
	// EndTryAgainLater: a fault that may pass.
	EndTryAgainLater = Ending{CloseTryAgainLater, "Try again later"}
	// EndTooMany: its principal has as many connections open as they may.
	EndTooMany = Ending{CloseTryAgainLater, "Too many connections"}
	// EndTooSlow: its reader takes nothing.
	EndTooSlow = Ending{CloseTryAgainLater, "Too slow"}
)

// beside is the ending of what is held with these credentials where one of them ends so: EndDisabled is for the last one.
func (e Ending) beside(credentials []string) Ending {
	if e == EndDisabled && len(credentials) > 1 {
		return EndTryAgainLater
	}
	return e
}

func (e Ending) Error() string { return e.Reason }

// lastWord is the ending as server-sent events, which have no close codes, tell it: an error that says after how long to come
// back, where that is of use.
func (e Ending) lastWord(comeBack time.Duration) *gqlerror.Error {
	switch e.Code {
	case CloseUnauthorized:
		return refuse(CodeUnauthenticated, "the sign-in that opened this stream has ended; sign in again")
	case CloseForbidden:
		return refuse(CodeForbidden, "the credentials of this stream no longer give access to anything")
	case CloseRestarting:
		return refuseFor(comeBack, CodeUnavailable, "the server is restarting; reconnect and resume after the last event")
	default:
		return refuseFor(comeBack, CodeUnavailable, "the stream cannot continue right now; reconnect and resume after the last event")
	}
}

// refuseFor is refuse with the time to wait, rounded up to whole seconds.
func refuseFor(wait time.Duration, code, message string) *gqlerror.Error {
	err := refuse(code, "%s", message)
	err.Extensions["retryAfterSeconds"] = wholeSeconds(wait)
	return err
}

func wholeSeconds(wait time.Duration) int { return max(1, int(math.Ceil(wait.Seconds()))) }
