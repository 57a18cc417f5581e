package wire_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"usher/problem"
	"usher/wire"
)

func TestConnectionsBegin(t *testing.T) {
	for _, protocol := range []string{"none", "graphql-ws"} {
		t.Run("subprotocol "+protocol+" is not acceptable", func(t *testing.T) {
			bubble(t, wire.WebSocketConfig{}, func(t *testing.T, s *server) {
				c, _ := s.Dial(t, dialing{subprotocol: protocol})
				c.ExpectClose(4406, "Subprotocol not acceptable")
			})
		})
	}
	t.Run("connection_init must come within 5 s, whatever else comes", func(t *testing.T) {
		bubble(t, wire.WebSocketConfig{}, func(t *testing.T, s *server) {
			start := time.Now()
			late, early := s.MustDial(t), s.MustDial(t)
			time.Sleep(4999 * time.Millisecond)
			early.Send(initMessage)
			early.Expect(ack)
			late.Sync()
			late.ExpectClose(4408, "Connection initialisation timeout")
			if took := time.Since(start); took < 5*time.Second || took > 7*time.Second {
				t.Errorf("closed after %v", took)
			}
			time.Sleep(10 * time.Second)
			early.Sync()
		})
	})
	t.Run("the protocol holds while Init is looking", func(t *testing.T) {
		for send, code := range map[string]int{initMessage: 4429, subscribe("1", `{ hello }`): 4401} {
			cancelled := make(chan struct{})
			config := wire.WebSocketConfig{Init: func(ctx context.Context, _ *http.Request, _ json.RawMessage) (wire.Asker, error) {
				<-ctx.Done()
				close(cancelled)
				return wire.Asker{}, ctx.Err()
			}}
			synctest.Test(t, func(t *testing.T) {
				cancelled = make(chan struct{})
				c := MustServe(t, config).MustDial(t)
				c.Send(initMessage)
				c.Sync()
				c.Send(send)
				c.ExpectClose(code, "*")
				<-cancelled
			})
		}
	})
}

func TestInitIdentifiesTheAsker(t *testing.T) {
	for name, test := range map[string]struct {
		err    error
		code   int
		reason string
	}{
		"nobody where somebody must be": {fmt.Errorf("look up token: %w", problem.ErrUnauthenticated), 4401, "Unauthorized"},
		"somebody who may not":          {problem.ErrForbidden, 4403, "Forbidden"},
		"a payload that makes no sense": {&problem.BadInput{Message: "authorization is no text"}, 4400, "Invalid message received: connection_init's payload is not valid"},
		"storage that does not answer":  {problem.ErrUnavailable, 1013, "Try again later"},
		"a fault":                       {errors.New("secret of the program"), 1013, "Try again later"},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, wire.WebSocketConfig{Init: func(context.Context, *http.Request, json.RawMessage) (wire.Asker, error) {
				return wire.Asker{}, test.err
			}}, func(t *testing.T, s *server) {
				c := s.MustDial(t)
				c.Send(initMessage)
				c.ExpectClose(test.code, test.reason)
			})
		})
	}
	t.Run("a panic", func(t *testing.T) {
		bubble(t, wire.WebSocketConfig{Init: func(context.Context, *http.Request, json.RawMessage) (wire.Asker, error) {
			panic("secret of the program")
		}}, func(t *testing.T, s *server) {
			c := s.MustDial(t)
			c.Send(initMessage)
			c.ExpectClose(1013, "Try again later")
		})
	})
	t.Run("it sees the request and the payload", func(t *testing.T) {
		type seen struct{ cookie, payload string }
		saw := make(chan seen, 1)
		bubble(t, wire.WebSocketConfig{Init: func(ctx context.Context, r *http.Request, payload json.RawMessage) (wire.Asker, error) {
			if err := errors.Join(ctx.Err(), r.Context().Err()); err != nil {
				t.Error(err)
			}
			saw <- seen{r.Header.Get("Cookie"), string(payload)}
			return wire.Asker{}, nil
		}}, func(t *testing.T, s *server) {
			c, _ := s.Dial(t, dialing{header: http.Header{"Origin": {"https://usher.example"}, "Cookie": {"a=b"}}})
			c.Send(`{"type":"connection_init","payload":{"authorization":"Bearer t"}}`)
			c.Expect(ack)
		})
		if got := <-saw; got != (seen{"a=b", `{"authorization":"Bearer t"}`}) {
			t.Errorf("saw %+v", got)
		}
	})
}
