package wire_test

import (
	"errors"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"

	"usher/wire"
)

func TestOperationsAreLimited(t *testing.T) {
	bubble(t, wire.WebSocketConfig{}, func(t *testing.T, s *server) {
		c := s.MustOpen(t)
		for i := range 16 {
			c.Subscribe(strconv.Itoa(i), `{ held }`)
			<-s.entered
		}
		const refused = `{"id":"16","type":"error","payload":[{"message":"16 operations on this connection are open, which is the maximum; end one of them first","extensions":{"code":"RATE_LIMITED"}}]}`
		c.Subscribe("16", `{ hello }`)
		c.Expect(refused)
		c.Sync()
		c.Send(`{"id":"3","type":"complete"}`)
		c.Subscribe("16", `{ hello }`)
		c.Expect(`{"id":"16","type":"next","payload":{"data":{"hello":"hello world"}}}`, `{"id":"16","type":"complete"}`)
	})
}

// A client that starts and completes operations faster than they end is read no further meanwhile.
func TestCompletedOperationsCountUntilTheyEnd(t *testing.T) {
	bubble(t, wire.WebSocketConfig{}, func(t *testing.T, s *server) {
		c := s.MustOpen(t)
		for i := range 32 {
			if i > 0 {
				c.Send(`{"id":"1","type":"complete"}`)
			}
			c.Subscribe("1", `{ stubborn }`)
			<-s.entered
		}
		read := make(chan struct{})
		go func() {
			c.Send(`{"type":"ping"}`)
			close(read)
		}()
		synctest.Wait()
		select {
		case <-read:
			t.Error("a message was read with 32 operations under way")
		default:
		}
		close(s.held)
		for c.Read() != `{"type":"pong"}` {
		}
		<-read
	})
}

func TestOperationsEnd(t *testing.T) {
	t.Run("with the client's complete", func(t *testing.T) {
		bubble(t, wire.WebSocketConfig{}, func(t *testing.T, s *server) {
			c := s.MustOpen(t)
			c.Subscribe("1", `subscription { events }`)
			c.Subscribe("2", `subscription { events }`)
			synctest.Wait()
			c.Send(`{"id":"1","type":"complete"}`)
			c.Sync()
			synctest.Wait()
			if opened, ended := s.opened.Load(), s.ended.Load(); opened != 2 || ended != 1 {
				t.Errorf("%d opened, %d ended", opened, ended)
			}
			s.events <- "a"
			c.Expect(`{"id":"2","type":"next","payload":{"data":{"events":"a"}}}`)
		})
	})
	t.Run("without a result, where the client has completed before it came", func(t *testing.T) {
		bubble(t, wire.WebSocketConfig{}, func(t *testing.T, s *server) {
			c := s.MustOpen(t)
			c.Subscribe("1", `mutation { held }`)
			<-s.entered
			c.Send(`{"id":"1","type":"complete"}`)
			c.Sync()
			close(s.held)
			synctest.Wait()
			c.Sync()
		})
	})
	t.Run("with the connection", func(t *testing.T) {
		for how, end := range map[string]func(c *client){
			"closed":  func(c *client) { _ = c.Close() },
			"misused": func(c *client) { c.Send("junk"); c.ExpectClose(4400, "*") },
			"finished": func(c *client) {
				_ = c.WriteControl(websocket.CloseMessage, nil, time.Now().Add(patience))
				c.ExpectClose(1005, "")
			},
		} {
			t.Run(how, func(t *testing.T) {
				bubble(t, wire.WebSocketConfig{}, func(t *testing.T, s *server) {
					c := s.MustOpen(t)
					c.Subscribe("1", `subscription { events }`)
					c.Subscribe("2", `{ held }`)
					<-s.entered
					synctest.Wait()
					end(c)
					synctest.Wait()
					if ended := s.ended.Load(); ended != 2 {
						t.Errorf("%d of 2 have ended", ended)
					}
					time.Sleep(2 * time.Second)
					synctest.Wait()
					if n := s.Len(); n != 0 {
						t.Errorf("%d connections left", n)
					}
				})
			})
		}
	})
}

func TestKeepAlive(t *testing.T) {
	bubble(t, wire.WebSocketConfig{}, func(t *testing.T, s *server) {
		start := time.Now()
		answers, silent := s.MustOpen(t), s.MustOpen(t)
		silent.SetPingHandler(func(string) error { return nil })
		pings := 0
		pong := answers.PingHandler()
		answers.SetPingHandler(func(payload string) error { pings++; return pong(payload) })

		dropped := make(chan time.Duration)
		go func() {
			_, _, err := silent.ReadMessage()
			var closed *websocket.CloseError
			if !errors.As(err, &closed) || closed.Code != websocket.CloseAbnormalClosure {
				t.Errorf("silent: %v", err)
			}
			dropped <- time.Since(start)
		}()
		read := make(chan string)
		_ = answers.SetReadDeadline(time.Time{})
		go func() {
			for {
				_, b, err := answers.ReadMessage()
				if err != nil {
					close(read)
					return
				}
				read <- string(b)
			}
		}()
		if took := <-dropped; took < 40*time.Second || took > 61*time.Second {
			t.Errorf("dropped after %v", took)
		}
		time.Sleep(time.Until(start.Add(time.Hour)))
		answers.Send(`{"type":"ping"}`)
		if got := <-read; got != `{"type":"pong"}` {
			t.Error(got)
		}
		if pings < 179 || pings > 181 {
			t.Errorf("%d pings in an hour", pings)
		}
		_ = answers.NetConn().Close()
		<-read
	})
}
