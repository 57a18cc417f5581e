package ask

import (
	"context"
	"fmt"
	"slices"
	"time"

	"usher/ent"
	"usher/ent/question"
	"usher/ent/schema"
	"usher/live"
	"usher/role"
	"usher/room"
)

// The events of questions.
type (
	// QuestionsAsked reports all questions that one transaction wrote.
	QuestionsAsked struct {
		room.Event
		Questions []*Question
	}
	// QuestionChanged reports what became of a question. It shows the question to those who still see it.
	QuestionChanged struct {
		room.Event
		QuestionID                           string
		Question                             *Question
		PreviousQuestionState, QuestionState State
		PrivateAnswer                        *string
	}
	// OwnQuestionChanged reports to who asked a question what QuestionChanged does not show them.
	OwnQuestionChanged struct {
		room.Event
		QuestionID    string
		Question      *Question
		QuestionState State
		PrivateAnswer *string
	}
	// AskerMuted reports to who asked a question that they may ask no more, or again.
	AskerMuted struct {
		room.Event
		QuestionID string
		Muted      bool
		Until      *time.Time
	}
)

// audienceOf returns the audience of an event: everyone in the room once the question is or was published.
func audienceOf(d schema.EventDetail) room.Audience {
	if d.Published {
		return room.InRoom
	}
	return room.Moderators
}

var (
	questionsAsked = room.Register(room.Kind{
		Name: "QuestionsAsked", Topic: Topic.Always, Audience: audienceOf, Read: readAsked, Show: showAsked,
	})
	questionChanged = room.Register(room.Kind{
		Name: "QuestionChanged", Topic: Topic.Always, Audience: audienceOf, Read: readNamed, Show: showChanged, Discreet: true,
	})
	ownQuestionChanged = room.Register(room.Kind{
		Name: "OwnQuestionChanged", Topic: Topic.Always, Audience: room.Concerned.Always, Read: readNamed, Show: showOwn,
	})
	askerMuted = room.Register(room.Kind{
		Name: "AskerMuted", Topic: Topic.Always, Audience: room.Concerned.Always,
		Show: func(h *room.Happening, e room.Event) room.RoomEvent {
			d := h.Row.Detail
			return AskerMuted{e, d.Question, d.Blocked, d.Until}
		},
	})
)

// about returns the entry of an event about a question that changed.
func about(before, after *ent.Question) live.Entry {
	e := live.Entry{SessionID: after.SessionID}
	e.Detail.Question, e.Detail.Published = after.ID, before.PublishedAt != nil || after.PublishedAt != nil
	e.Detail.PreviousState, e.Detail.State = before.State, after.State
	return e
}

// toAuthor returns the entry of an event for the author of a question alone. It does not name who did it.
func toAuthor(e live.Entry, of *ent.Question) live.Entry {
	e.Unsigned, e.ParticipantID, e.UserID = true, of.AskerID, of.AskerUserID
	return e
}

func showAsked(h *room.Happening, e room.Event) room.RoomEvent {
	rows, _ := h.Subject.([]*ent.Question)
	asked := QuestionsAsked{e, []*Question{}}
	for _, q := range rows {
		if readable(h, q) && visible(q, e.Sight(), "") {
			asked.Questions = append(asked.Questions, &Question{q, e.Sight()})
		}
	}
	return asked
}

func showChanged(h *room.Happening, e room.Event) room.RoomEvent {
	d := h.Row.Detail
	changed := QuestionChanged{Event: e, QuestionID: d.Question, PreviousQuestionState: State(d.PreviousState), QuestionState: State(d.State)}
	if q, ok := h.Subject.(*ent.Question); ok && readable(h, q) && visible(q, e.Sight(), "") {
		changed.Question = &Question{q, e.Sight()}
		if e.Sight().Can(role.Moderate) {
			changed.PrivateAnswer = changed.Question.privately()
		}
	}
	return changed
}

// showOwn shows the question to its author while they may use the tool.
func showOwn(h *room.Happening, e room.Event) room.RoomEvent {
	d := h.Row.Detail
	changed := OwnQuestionChanged{Event: e, QuestionID: d.Question, QuestionState: State(d.State)}
	if q, ok := h.Subject.(*ent.Question); ok && readable(h, q) && e.Sight().Can(role.Ask) {
		changed.Question = &Question{q, e.Sight()}
		changed.PrivateAnswer = changed.Question.privately()
	}
	return changed
}

// readable reports whether anybody may read a question of an event: not while Chat & Collaboration is off, nor in another session (T2, T8).
func readable(h *room.Happening, q *ent.Question) bool {
	of := h.Room
	return of.ChatAndCollaboration && of.CurrentSessionID != nil && q.SessionID == *of.CurrentSessionID
}

// readAsked reads the questions that events report: those with their revisions.
func readAsked(ctx context.Context, c *ent.Client, rows []*ent.Event) (map[int]any, error) {
	var sessions []string
	revisions := make([]int, len(rows))
	for i, e := range rows {
		revisions[i] = e.Revision
		if !slices.Contains(sessions, e.SessionID) {
			sessions = append(sessions, e.SessionID)
		}
	}
	questions, err := c.Question.Query().Where(question.SessionIDIn(sessions...), question.RevisionIn(revisions...)).
		Order(question.ByRevision(), question.ByNth()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read questions: %w", err)
	}
	found := map[int]any{}
	for _, q := range questions {
		before, _ := found[q.Revision].([]*ent.Question)
		found[q.Revision] = append(before, q)
	}
	return found, nil
}

// readNamed reads the questions whose ids events have.
func readNamed(ctx context.Context, c *ent.Client, rows []*ent.Event) (map[int]any, error) {
	ids := make([]string, len(rows))
	for i, e := range rows {
		ids[i] = e.Detail.Question
	}
	byID, err := Rows{db: c}.Questions(ctx, ids)
	if err != nil {
		return nil, err
	}
	found := map[int]any{}
	for _, e := range rows {
		if q := byID[e.Detail.Question]; q != nil {
			found[e.Revision] = q
		}
	}
	return found, nil
}
