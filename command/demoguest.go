package command

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"time"

	"usher/auth"
	"usher/ent/participant"
	"usher/role"
	"usher/room"
	"usher/site"
	"usher/talk"
)

// pace is how the demo's guest spends her time.
type pace struct {
	arrive time.Duration // before her first visit
	stay   time.Duration // in the room
	away   time.Duration // between two visits
	hoping time.Duration // before she tries again after she was turned away
}

// demoPace makes a few entries of Activity an hour, so that it stays readable.
var demoPace = pace{arrive: 15 * time.Second, stay: 12 * time.Minute, away: 4 * time.Minute, hoping: 20 * time.Minute}

// playGuest simulates the demo's guest. She redeems her link, waits for the start, enters, confirms changes of her role, talks in the chat, and stays. Later
// she leaves, and comes back after some minutes. If she was removed, she asks the host to let her in.
func playGuest(ctx context.Context, p *site.Parts, logger *slog.Logger, d *demo, at pace) {
	g := &demoGuest{
		Parts: p, demo: d, pace: at, log: logger, greeted: map[string]bool{},
		actor: auth.Actor{Device: auth.AttemptDevice(rand.Text()), Browser: "Firefox on Linux", Address: "demo"},
	}
	next := at.arrive
	for {
		select {
		case <-time.After(next):
		case <-ctx.Done():
			return
		}
		next = at.away
		if err := g.visit(ctx); err != nil {
			logger.Debug("demo guest", "error", err)
			next = at.hoping
		}
	}
}

type demoGuest struct {
	*site.Parts
	pace
	demo  *demo
	actor auth.Actor
	link  string
	email string

	log      *slog.Logger
	greeted  map[string]bool // places of people
	answered bool
}

// visit is one visit of the guest, from opening her link to leaving.
func (g *demoGuest) visit(ctx context.Context) error {
	if g.link == "" {
		g.email = "noor@example.net"
		i, err := g.Invitations.Invite(ctx, auth.Actor{User: g.demo.manager}, room.InviteUserInput{
			RoomID: g.demo.room.ID, Email: g.email, FirstName: "Noor", LastName: "Haddad", Role: role.Viewer,
		})
		if err != nil {
			return err
		}
		g.link = g.Invitations.LinkOf(i.Invitation)
	}
	_, token, _ := strings.Cut(g.link, "#")
	if _, err := g.Links.Look(ctx, g.actor, token); err != nil {
		return err
	}
	if _, err := g.Links.Redeem(ctx, g.actor, room.Redemption{Token: token, Email: &g.email, Device: g.actor.Device}); err != nil {
		askAgain := "May I come in again?"
		_, asked := g.Links.AskHost(ctx, g.actor, room.AskHostInput{Token: token, Message: &askAgain})
		return errors.Join(err, asked)
	}
	return g.attend(ctx)
}

// attend waits for the start, enters, and leaves after a while. The visit also ends when somebody else ends it.
func (g *demoGuest) attend(ctx context.Context) error {
	stream, err := g.News.Stream(ctx, g.actor, g.demo.room.ID, nil, nil)
	if err != nil {
		return err
	}
	defer stream.Close()
	g.News.Connect(stream.Watcher)
	defer g.News.Disconnect(stream.Watcher)
	heard, err := g.News.Stream(ctx, auth.Actor{User: g.demo.manager}, g.demo.room.ID, nil, room.Topics{room.Topic(talk.Chat)})
	if err != nil {
		return err
	}
	defer heard.Close()
	waiting, leave := context.WithCancel(ctx)
	var talking sync.WaitGroup
	defer talking.Wait()
	defer leave()
	for entered := false; ; {
		if !entered {
			if me, err := g.Places.Enter(ctx, g.actor, g.demo.room.ID); err == nil {
				entered = true
				time.AfterFunc(g.stay, leave)
				talking.Go(func() {
					if err := g.converse(waiting, heard, me.ID); err != nil && waiting.Err() == nil {
						g.log.Debug("demo guest talks", "error", err)
					}
				})
			}
		}
		if present, err := g.confirm(ctx); err != nil || entered && !present {
			return err
		}
		_, ended, err := stream.Next(waiting)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case waiting.Err() != nil:
			_, err := g.Places.Leave(ctx, g.actor, g.demo.room.ID)
			return err
		case ended || err != nil:
			return err
		}
	}
}

// confirm confirms the guest's role, if she is in the room. It reports whether she is there or waits to be let in.
func (g *demoGuest) confirm(ctx context.Context) (present bool, err error) {
	own, err := g.Places.Own(ctx, g.actor)
	if err != nil {
		return false, err
	}
	for _, p := range own {
		switch {
		case p.RoomID != g.demo.room.ID:
		case p.State == participant.StateWaiting:
			present = true
		case p.State == participant.StateInRoom:
			_, err = g.Places.AcknowledgeRole(ctx, g.actor, g.demo.room.ID, p.RoleRevision)
			present = true
		}
	}
	return present, err
}
