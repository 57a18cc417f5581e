//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"usher/bench/program"
	"usher/bench/socket"
)

const (
	watchingManagers = 25
	emailed          = 2_000 // people whose emails wait
	askingForCodes   = 40
	reschedules      = 5
)

// measureMails invites 2,000 people with emails while managers watch, moves the session, and asks for codes while all these emails wait.
func measureMails(ctx context.Context, c config) (figures []figure, err error) {
	sink, err := listenForMails()
	if err != nil {
		return nil, err
	}
	defer sink.close()
	site, err := program.New(ctx, c.usher, c.folder, 2*emailed, false)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, site.Discard()) }()
	site.Set("--smtp-url=smtp://"+sink.address(), "--mail-from=usher@usher.example", "--mails-per-manager=100000")
	var managers []string
	for i := range watchingManagers {
		token, err := site.Manager(fmt.Sprintf("manager%d@usher.example", i), "--admin")
		if err != nil {
			return nil, err
		}
		managers = append(managers, token)
	}
	g := &guests{site: site}
	if err := g.begin(askingForCodes); err != nil {
		return nil, err
	}

	shown, err := g.inviteBefore(managers)
	if err != nil {
		return nil, err
	}
	figures = append(figures, figure{
		Part: "mails", Name: fmt.Sprintf("100 `InvitationCreated` reach %d managers: p50", watchingManagers), Value: program.Quantile(shown, 0.5), Unit: "ms", Target: 300,
		Beside: fmt.Sprintf("p99 %s ms, from the call of `InviteUsers` on", program.Short(program.Quantile(shown, 0.99))),
	})

	moved, err := g.rescheduleAll()
	if err != nil {
		return figures, err
	}
	figures = append(figures, figure{
		Part: "mails", Name: program.Thousands(emailed) + " people with emails: `RescheduleSession`, p50", Value: program.Quantile(moved, 0.5), Unit: "ms", Target: 250,
		Beside: fmt.Sprintf("the longest %s ms", program.Short(moved[len(moved)-1])),
	})

	sent, err := g.askForCodes(sink)
	if err != nil {
		return figures, err
	}
	return append(figures, figure{
		Part: "mails", Name: "a code's email, behind " + program.Thousands(emailed) + " that wait: p99 until the mail server has it", Value: program.Quantile(sent, 0.99), Unit: "ms",
		Target: 2000, Beside: fmt.Sprintf("p50 %s ms; the server looks for emails once a second", program.Short(program.Quantile(sent, 0.5))),
	}), nil
}

// inviteBefore invites people, 100 by each call, while managers follow the room. It returns the times until the last of them has all
// events of a call, in ms and sorted.
func (g *guests) inviteBefore(managers []string) (times []float64, err error) {
	lines := make([]*line, len(managers))
	defer func() {
		for _, l := range lines {
			if l != nil {
				_ = l.conn.Close()
			}
		}
	}()
	for i, token := range managers {
		if lines[i], err = g.followAs(token, i); err != nil {
			return nil, err
		}
	}
	for range emailed / rowsAtOnce {
		faults := make([]error, len(lines))
		var all sync.WaitGroup
		for i, l := range lines {
			all.Go(func() {
				for n := 0; n < rowsAtOnce && faults[i] == nil; n++ {
					faults[i] = l.await(`"InvitationCreated"`)
				}
			})
		}
		took, err := timed(func() error {
			err := g.inviteMore()
			if err == nil {
				all.Wait()
			}
			return err
		})
		if err := errors.Join(append(first(faults), err)...); err != nil {
			return nil, err
		}
		times = append(times, took)
	}
	slices.Sort(times)
	return times, nil
}

// followAs opens a WebSocket of an account, and follows the room from now on.
func (g *guests) followAs(token string, i int) (*line, error) {
	l, err := g.upgrade(i, "")
	if err != nil {
		return l, err
	}
	_ = l.conn.SetDeadline(time.Now().Add(10 * time.Minute))
	document, err := g.host.Documents.Quoted("RoomEvents")
	if err != nil {
		return l, err
	}
	if err := l.say(`{"type":"connection_init","payload":{"authorization":"Bearer %s"}}`, token); err != nil {
		return l, err
	}
	if err := l.await(`"connection_ack"`); err != nil {
		return l, err
	}
	if err := l.say(`{"id":%q,"type":"subscribe","payload":{"query":%s,"variables":{"roomId":%q}}}`, socket.UUID(), document, g.host.Room); err != nil {
		return l, err
	}
	if err := l.say(`{"type":"ping"}`); err != nil { // its answer comes once the server has read the subscription
		return l, err
	}
	return l, l.await(`"pong"`)
}

// rescheduleAll moves the session several times. It returns the times, in ms and sorted.
func (g *guests) rescheduleAll() (times []float64, err error) {
	for i := range reschedules {
		took, err := timed(func() error {
			return g.host.Ask(g.host.Token, "RescheduleSession", map[string]any{"input": map[string]any{
				"sessionId": g.host.Session, "startsAt": time.Now().Add(time.Duration(i+2) * time.Hour),
			}}, new(any))
		})
		if err != nil {
			return nil, err
		}
		times = append(times, took)
	}
	slices.Sort(times)
	return times, nil
}

// askForCodes has people open links that need a code, one after the other. It returns the times until the mail server has the email of each,
// in ms and sorted.
func (g *guests) askForCodes(sink *mailSink) (times []float64, err error) {
	if err := g.host.Ask(g.host.Inviters[0], "UpdateSitePolicy", map[string]any{"input": map[string]any{"proof": "EVERYONE"}}, new(any)); err != nil {
		return nil, err
	}
	l, err := dial(g.site.Host, 0)
	if err != nil {
		return nil, err
	}
	defer l.conn.Close()
	for i, one := range g.all {
		took, err := timed(func() error {
			if err := g.redeem(l, one); err == nil || !strings.Contains(err.Error(), "CODE_REQUIRED") {
				return errors.Join(fmt.Errorf("%s needs no code", one.Email), err)
			}
			return sink.await(one.Email)
		})
		if err != nil {
			return nil, err
		}
		times = append(times, took)
		time.Sleep(time.Duration(30+100*(i%10)) * time.Millisecond) // not in step with the server's looks
	}
	slices.Sort(times)
	return times, nil
}
