package talk

import (
	"context"
	"fmt"
	"slices"
	"time"

	"usher/ent/message"
	"usher/ent/schema"
	"usher/live"
	"usher/problem"
	"usher/role"
	"usher/tools"
)

// A person writes or edits at most personalMost messages in personalWindow (C7).
const (
	personalMost   = 5
	personalWindow = 10 * time.Second
)

// The pace of a chat: viewers of a room whose chat is faster than paceLimit messages a second get longer and longer gaps, so that people
// can read it (C8). A burst of paceBurst messages passes at once.
const (
	paceLimit  = 10
	paceBurst  = 50
	paceRise   = 5 * time.Second  // between two steps up
	paceFall   = 30 * time.Second // of calm before a step down
	paceAmount = paceLimit * int(paceRise/time.Second)
)

// gaps are the steps of the pace. A room at step 0 has no gap.
var gaps = []time.Duration{0, 2 * time.Second, 5 * time.Second, 10 * time.Second, 20 * time.Second, 40 * time.Second, time.Minute, 2 * time.Minute, 5 * time.Minute}

// pace is the pace of a room's chat at a moment. It never changes.
type pace struct{ schema.Pace }

// at returns the pace at a later moment. Each span of paceRise counts by itself: one with more messages than the limit allows raises the
// step, and paceFall of spans with less than half of that lowers it.
func (p pace) at(now time.Time) pace {
	if p.At.IsZero() {
		return pace{schema.Pace{Tokens: paceBurst, At: now}}
	}
	for now.Sub(p.At) >= paceRise {
		if p.Step == 0 && p.Count == 0 && p.Tokens >= paceBurst { // nothing changes any more
			p.At = now
			break
		}
		switch {
		case p.Count > paceAmount:
			p.Step, p.Calm = min(p.Step+1, len(gaps)-1), 0
		case p.Count < paceAmount/2:
			p.Calm++
		default:
			p.Calm = 0
		}
		if p.Calm >= int(paceFall/paceRise) {
			p.Step, p.Calm = max(p.Step-1, 0), 0
		}
		p.At, p.Count, p.Tokens = p.At.Add(paceRise), 0, min(paceBurst, p.Tokens+float64(paceAmount))
	}
	return p
}

// take counts one message.
func (p pace) take() pace {
	p.Count++
	p.Tokens--
	return p
}

// full reports whether no message passes now.
func (p pace) full() bool { return p.Tokens < 1 }

// gap returns the least time between two messages of one viewer.
func (p pace) gap() time.Duration { return gaps[p.Step] }

// paced reports whether the pace holds for an author: for viewers.
func paced(a schema.Author) bool { return !a.Host && a.Role == role.Viewer }

// gap returns the least time between two messages in the chat of somebody with a role who does not moderate.
func (b *batch) gap(of role.RoomRole) time.Duration {
	slow := time.Duration(b.tools.Row.SlowSeconds) * time.Second
	if of == role.Viewer {
		return max(slow, b.pace.gap())
	}
	return slow
}

// slow returns SLOW_DOWN with the time of the next message for somebody who writes too fast.
func (b *batch) slow(author schema.Author, in Channel) error {
	recent := b.recent[tools.AuthorKey(author.ParticipantID, author.UserID)]
	next := personalNext(recent, b.tx.At)
	if moderates := author.Host || author.Role == role.Moderator; in == Chat && !moderates && len(recent) > 0 {
		next = later(next, recent[len(recent)-1].Add(b.gap(author.Role)))
	}
	if paced(author) && in == Chat && b.pace.full() {
		next = later(next, b.tx.At.Add(max(time.Second, b.pace.gap())))
	}
	if next.After(b.tx.At) {
		return problem.New(problem.SlowDown).Retry(next)
	}
	return nil
}

// personalNext returns when somebody may write again after recent messages.
func personalNext(recent []time.Time, now time.Time) time.Time {
	if n := len(recent); n >= personalMost {
		return recent[n-personalMost].Add(personalWindow)
	}
	return now
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// recentOf returns when authors wrote or edited messages of a session since a moment, ascending.
func recentOf(ctx context.Context, tx *live.Tx, sessionID string, authors []string, since time.Time) (map[string][]time.Time, error) {
	recent := map[string][]time.Time{}
	if len(authors) == 0 {
		return recent, nil
	}
	rows, err := tx.Message.Query().Where(
		message.SessionID(sessionID), message.Or(message.AuthorIDIn(authors...), message.AuthorUserIDIn(authors...)),
		message.Or(message.AtGT(since), message.EditedAtGT(since)),
	).Order(message.ByRevision(), message.ByNth()).
		Select(message.FieldAuthorID, message.FieldAuthorUserID, message.FieldAt, message.FieldEditedAt).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read recent messages: %w", err)
	}
	for _, m := range rows {
		who := tools.AuthorKey(m.AuthorID, m.AuthorUserID)
		if m.At.After(since) {
			recent[who] = append(recent[who], m.At)
		}
		if m.EditedAt != nil && m.EditedAt.After(since) {
			recent[who] = append(recent[who], *m.EditedAt)
		}
	}
	for who := range recent {
		slices.SortFunc(recent[who], time.Time.Compare)
	}
	return recent, nil
}
