package command

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"

	"usher/ask"
	"usher/ent/participant"
	"usher/problem"
	"usher/room"
	"usher/talk"
)

// converse has the guest greet who enters, each of them once, and answer the first message that she reads. It ends with ctx, and with the
// room. Viewers do not see each other, so the stream is the manager's.
func (g *demoGuest) converse(ctx context.Context, stream *room.Stream, me string) error {
	for {
		seen, ended, err := stream.Next(ctx)
		if err != nil || ended {
			return err
		}
		for _, e := range seen {
			switch {
			case e.Row.Kind == "ParticipantChanged" && e.Row.Detail.State == string(participant.StateInRoom) && e.Row.ParticipantID != me:
				err = g.greet(ctx, e.Row.ParticipantID, e.Row.Detail.Subject)
			case e.Row.Kind == "MessagesPosted" && !g.answered:
				err = g.answer(ctx, me)
			}
			if err != nil {
				return err
			}
		}
	}
}

func (g *demoGuest) greet(ctx context.Context, participantID, name string) error {
	if g.greeted[participantID] {
		return nil
	}
	if len(g.greeted) == 0 {
		if err := g.askSomething(ctx); err != nil {
			return err
		}
	}
	g.greeted[participantID] = true
	return g.say(ctx, fmt.Sprintf("Welcome, %s! Write something here, and I answer.", name), nil)
}

// askSomething asks the question of the demo, so that there is one to answer.
func (g *demoGuest) askSomething(ctx context.Context) error {
	_, err := g.Ask.Ask(ctx, g.actor, ask.AskQuestionInput{RoomID: g.demo.room.ID, Text: "Can I get the slides afterwards?", Key: rand.Text()})
	if p, ok := errors.AsType[*problem.Problem](err); ok { // on a later visit she may have asked enough
		g.log.Debug("demo guest asks", "problem", p.Code)
		return nil
	}
	return err
}

// answer answers the newest message of the chat, if somebody else wrote it.
func (g *demoGuest) answer(ctx context.Context, me string) error {
	of, err := g.Rooms.Get(ctx, g.actor, g.demo.room.ID)
	if err != nil {
		return err
	}
	page, err := room.NewPage(nil, 1, nil)
	if err != nil {
		return err
	}
	list, err := g.Talk.List(ctx, of, talk.Chat, page)
	if err != nil || list == nil || len(list.Nodes) == 0 || list.Nodes[0].AuthorID == me {
		return err
	}
	g.answered = true
	return g.say(ctx, "Thank you! Everyone in the room reads this at once. Hosts can pin a message, hide it, or slow the chat down.", &list.Nodes[0].ID)
}

func (g *demoGuest) say(ctx context.Context, text string, replyTo *string) error {
	_, err := g.Talk.Send(ctx, g.actor, talk.SendMessageInput{RoomID: g.demo.room.ID, Channel: talk.Chat, Text: text, ReplyTo: replyTo, Key: rand.Text()})
	return err
}
