// Package ask is a tool of rooms: the questions that people ask there, with their upvotes and answers. Only packages above it may
// import it: graph, site, and command for its demo.
package ask

import (
	"context"
	"fmt"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/predicate"
	"usher/ent/question"
	"usher/live"
	"usher/problem"
	"usher/role"
	"usher/room"
	"usher/tools"
)

// Topic is the topic of the events of questions.
const Topic room.Topic = "QUESTIONS"

// State is what became of a question.
type State string

const (
	Pending   State = "PENDING"
	Open      State = "OPEN"
	Answered  State = "ANSWERED"
	Dismissed State = "DISMISSED"
	Withdrawn State = "WITHDRAWN"
)

// Tool is the questions as rooms know them.
var Tool = room.Tool{
	Name: "questions", Written: written{}, Blocked: dismissNamed, Moved: releaseMoved, Resigned: releaseResigned, Over: releaseAll,
}

// Options are what the service is built from.
type Options struct {
	Database *live.Database
	Log      *live.Log
	Rooms    *room.Rooms
	// Window returns how long questions and upvotes gather before they are written together.
	Window func() time.Duration
}

// Questions asks, handles and lists questions.
type Questions struct {
	Rows     Rows
	db       *ent.Client // reads
	rooms    *room.Rooms
	asking   *live.Collect[asking, *Question] // by room
	upvoting *live.Collect[upvote, *Question] // by room
	places   *live.Lasting[string, string]    // the rooms of questions
}

// keptPlaces is the number of questions whose rooms are kept.
const keptPlaces = 10_000

// New builds the service. Close ends what it runs in the background.
func New(o Options) *Questions {
	q := &Questions{Rows: Rows{o.Database.Read, o.Log.Now}, db: o.Database.Read, rooms: o.Rooms}
	window := func(int) time.Duration { return o.Window() }
	q.asking = live.NewCollect(o.Log, q.beginAsking, window)
	q.upvoting = live.NewCollect(o.Log, q.beginUpvoting, window)
	q.places = live.NewLasting(keptPlaces, q.Rows.rooms)
	return q
}

// Close finishes the questions and upvotes in line.
func (q *Questions) Close() {
	q.asking.Close()
	q.upvoting.Close()
}

// askerOf returns the key of an asker in a room: their place in its current session, or else their account.
func askerOf(r *room.Room, actor auth.Actor) string {
	if own := r.MyParticipant(); own != nil {
		return own.ID
	}
	return actor.UserID()
}

// turnKey is askerOf for somebody whose turn has begun.
func turnKey(t *room.Turn) string {
	a := t.Author()
	return tools.AuthorKey(a.ParticipantID, a.UserID)
}

// askedBy selects the questions of people, by their keys.
func askedBy(keys ...string) predicate.Question {
	return question.Or(question.AskerIDIn(keys...), question.And(question.AskerID(""), question.AskerUserIDIn(keys...)))
}

// onQuestion runs a command on a question that the asker may read, and returns it afterwards. Returns problem.ErrNotFound,
// CHAT_AND_COLLABORATION_OFF.
func (q *Questions) onQuestion(
	ctx context.Context, actor auth.Actor, id string, do func(t *room.Turn, of *ent.Question) (*ent.Question, error),
) (after *Question, err error) {
	roomID, err := q.roomOf(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	err = q.rooms.Act(ctx, actor, roomID, role.SeeRoom, func(t *room.Turn) error {
		of, err := t.Tx.Question.Get(ctx, id)
		if ent.IsNotFound(err) {
			return problem.ErrNotFound
		}
		if err != nil {
			return fmt.Errorf("read question: %w", err)
		}
		switch current := t.Room.CurrentSessionID; {
		case current == nil || *current != of.SessionID || !visible(of, t.Sight, turnKey(t)):
			return problem.ErrNotFound
		case !t.Room.ChatAndCollaboration:
			return tools.ChatAndCollaborationOff()
		}
		if of, err = do(t, of); err != nil {
			return err
		}
		after = &Question{of, t.Sight}
		return nil
	})
	return after, err
}

// roomOf returns the room of a question. If no question has the id, it returns the error of room.Missing.
func (q *Questions) roomOf(ctx context.Context, actor auth.Actor, id string) (string, error) {
	roomID, err := q.places.Of(ctx, id)
	if err == nil && roomID == "" {
		err = room.Missing(ctx, q.rooms, actor)
	}
	return roomID, err
}

// opened returns the problem of using questions in a room now: CHAT_AND_COLLABORATION_OFF, SESSION_NOT_OPEN.
func opened(t *room.Turn) error {
	current, err := t.Session()
	if err != nil {
		return err
	}
	return tools.Open(t.Room, current)
}

func alreadyHandled() error { return problem.New(problem.AlreadyHandled) }
