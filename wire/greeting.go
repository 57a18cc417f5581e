package wire

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"time"

	"usher/problem"
)

// greet answers connection_init. Reading continues meanwhile: a second connection_init, or an operation before the answer, is an error.
func (c *connection) greet(payload json.RawMessage) bool {
	c.mu.Lock()
	r := c.request
	c.request = nil
	if r != nil && !c.closing {
		_ = c.Conn.SetReadDeadline(time.Time{})
	}
	c.mu.Unlock()
	if r == nil {
		c.close(CloseTooManyInits, "Too many initialisation requests")
		return false
	}
	c.socket.identify(c)
	go func() {
		asker, err := c.init(r, payload)
		if err != nil {
			c.socket.identified(c, nil)
			c.close(c.refusal(r, err))
			return
		}
		c.mu.Lock()
		c.asker = asker
		c.mu.Unlock()
		if !c.reseat(asker.Principal) {
			c.socket.identified(c, nil)
			c.close(EndTooMany.Code, EndTooMany.Reason)
			return
		}
		c.socket.identified(c, asker.Credentials)
		c.mu.Lock()
		if c.closing {
			c.mu.Unlock()
			return
		}
		c.acknowledged = true
		c.enqueue(appendFrame(nil, opText, `{"type":"connection_ack"}`))
	}()
	return true
}

// greeted reports whether connection_init has come.
func (c *connection) greeted() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.request == nil
}

// reseat counts the connection for the principal that Init found. It reports whether that is within the limit.
func (c *connection) reseat(of Principal) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closing || of.Key == "" || of.Key == c.seat.key {
		return true
	}
	seat, status := c.socket.seat(of)
	if status != 0 {
		return false
	}
	c.seat.leave()
	c.seat = seat
	return true
}

// init identifies the asker. Its context lasts as long as the connection.
func (c *connection) init(r *http.Request, payload json.RawMessage) (asker Asker, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("init panicked: %v\n%s", fault, debug.Stack())
		}
	}()
	if c.socket.config.Init != nil {
		asker, err = c.socket.config.Init(c.ctx, r, payload)
	}
	if asker.Context == nil {
		asker.Context = c.ctx
	}
	return asker, err
}

// refusal turns an error of Init into a close code and reason. Other failures may be temporary, so their code makes clients retry.
func (c *connection) refusal(r *http.Request, err error) (code int, reason string) {
	var bad *problem.BadInput
	switch {
	case errors.Is(err, problem.ErrUnauthenticated):
		return EndUnauthorized.Code, EndUnauthorized.Reason
	case errors.Is(err, problem.ErrForbidden):
		return EndForbidden.Code, EndForbidden.Reason
	case errors.As(err, &bad):
		return CloseBadRequest, reasonInvalidMessage + "connection_init's payload is not valid"
	case !errors.Is(err, problem.ErrUnavailable) && c.ctx.Err() == nil:
		c.socket.config.Log.ErrorContext(r.Context(), "initialise connection", "error", err)
	}
	return EndTryAgainLater.Code, EndTryAgainLater.Reason
}
