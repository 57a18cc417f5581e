package wire

import (
	"math"
	"time"

	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Ending is why the server ends a connection or a stream: the content of a WebSocket's close frame. It is also an error, the cause of a
// context's end.
type Ending struct {
	// Code is one of the Close codes.
	Code int
	// Reason is a few words for developers.
	Reason string
}

// These endings are not the client's fault (V5, V9). After the first three, reconnecting with the same credentials is useless.
var (
	// EndUnauthorized means that its sign-in has ended.
	EndUnauthorized = Ending{CloseUnauthorized, "Unauthorized"}
	// EndForbidden means that its credentials no longer give access to anything.
	EndForbidden = Ending{CloseForbidden, "Forbidden"}
	// EndDisabled means that its account was disabled, and its credentials give access to nothing else. No event reports this.
	EndDisabled = Ending{CloseForbidden, "Account disabled"}
	// EndRestarting means that the server stops. Another server, or the next run, answers.
	EndRestarting = Ending{CloseRestarting, "Restarting"}
	// EndTryAgainLater means a temporary failure.
	EndTryAgainLater = Ending{CloseTryAgainLater, "Try again later"}
	// EndTooMany means that its principal has too many open connections.
	EndTooMany = Ending{CloseTryAgainLater, "Too many connections"}
	// EndTooSlow means that its client does not read.
	EndTooSlow = Ending{CloseTryAgainLater, "Too slow"}
)

// beside returns the ending for a connection with these credentials, one of which ended with e. EndDisabled is only for the last one.
func (e Ending) beside(credentials []string) Ending {
	if e == EndDisabled && len(credentials) > 1 {
		return EndTryAgainLater
	}
	return e
}

func (e Ending) Error() string { return e.Reason }

// finalError returns the ending as an error, because server-sent events have no close codes. It says when to reconnect, if that helps.
func (e Ending) finalError(reconnect time.Duration) *gqlerror.Error {
	switch e.Code {
	case CloseUnauthorized:
		return refuse(CodeUnauthenticated, "the sign-in that opened this stream has ended; sign in again")
	case CloseForbidden:
		return refuse(CodeForbidden, "the credentials of this stream no longer give access to anything")
	case CloseRestarting:
		return refuseFor(reconnect, CodeUnavailable, "the server is restarting; reconnect and resume after the last event")
	default:
		return refuseFor(reconnect, CodeUnavailable, "the stream cannot continue right now; reconnect and resume after the last event")
	}
}

// refuseFor is like refuse, with the time to wait in whole seconds, rounded up.
func refuseFor(wait time.Duration, code, message string) *gqlerror.Error {
	err := refuse(code, "%s", message)
	err.Extensions["retryAfterSeconds"] = wholeSeconds(wait)
	return err
}

func wholeSeconds(wait time.Duration) int { return max(1, int(math.Ceil(wait.Seconds()))) }
