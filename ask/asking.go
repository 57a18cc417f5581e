package ask

import (
	"context"
	"fmt"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/question"
	"usher/ent/schema"
	"usher/live"
	"usher/problem"
	"usher/role"
	"usher/room"
	"usher/text"
	"usher/tools"
)

// A person has at most openMost questions that wait or are open, and asks one every pause (Q1).
const (
	openMost = 3
	pause    = 10 * time.Second
)

// AskQuestionInput is a question to ask.
type AskQuestionInput struct {
	RoomID    string
	Text      string
	Anonymous bool
	// Key is the author's own id of the question.
	Key string
}

// asking is a question in line.
type asking struct {
	actor auth.Actor
	in    AskQuestionInput
}

// Ask asks a question. It returns the first that applies: problem.ErrNotFound, problem.ErrForbidden, the question that this key asked,
// CHAT_AND_COLLABORATION_OFF, SESSION_NOT_OPEN, QUESTIONS_OFF, MUTED, INVALID_VALUE, QUOTA_EXCEEDED, SLOW_DOWN (Q1).
func (q *Questions) Ask(ctx context.Context, actor auth.Actor, in AskQuestionInput) (*Question, error) {
	return q.asking.Do(ctx, in.RoomID, asking{actor, in})
}

// askBatch is a transaction in which people ask questions in one room.
type askBatch struct {
	*room.Crowd
	ctx      context.Context
	tx       *live.Tx
	commands []asking
	tools    tools.RoomTools
	earlier  map[string][]*ent.Question // what each author asked before, as far as it matters
	asked    []*ent.Question
}

// beginAsking locks a room, and reads what questions to it need.
func (q *Questions) beginAsking(ctx context.Context, tx *live.Tx, roomID string, commands []asking) (live.Batch[*Question], error) {
	actors, keys := make([]auth.Actor, len(commands)), make([]string, len(commands))
	for i, command := range commands {
		actors[i], keys[i] = command.actor, command.in.Key
	}
	crowd, err := q.rooms.Crowd(ctx, tx, roomID, actors)
	if err != nil {
		return nil, err
	}
	b := &askBatch{Crowd: crowd, ctx: ctx, tx: tx, commands: commands, earlier: map[string][]*ent.Question{}}
	if crowd.Room == nil || crowd.Session == nil {
		return b, nil
	}
	if b.tools, err = tools.Read(ctx, tx.Client(), roomID); err != nil {
		return nil, err
	}
	var authors []string
	for i := range commands {
		if t, err := b.Turn(i); err == nil {
			authors = append(authors, turnKey(t))
		}
	}
	rows, err := tx.Question.Query().Where(question.SessionID(crowd.Session.ID), askedBy(authors...), question.Or(
		question.ClientKeyIn(keys...), question.StateIn(string(Pending), string(Open)), question.AtGT(tx.At.Add(-pause)), question.AskerMuted(true),
	)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read earlier questions: %w", err)
	}
	for _, row := range rows {
		b.earlier[key(row)] = append(b.earlier[key(row)], row)
	}
	return b, nil
}

// Run asks one question by the rights that its author has now.
func (b *askBatch) Run(i int) (*Question, error) {
	t, err := b.Turn(i)
	if err != nil {
		return nil, err
	}
	if !t.Sight.Can(role.Ask) {
		return nil, problem.ErrForbidden
	}
	in, author := b.commands[i].in, t.Author()
	who := turnKey(t)
	for _, earlier := range b.earlier[who] {
		if earlier.ClientKey == in.Key {
			return &Question{earlier, t.Sight}, nil
		}
	}
	clean, err := b.check(t, who, in)
	if err != nil {
		return nil, err
	}
	row := &ent.Question{
		ID: schema.NewID("q"), RoomID: t.Room.ID, SessionID: b.Session.ID, AskerID: author.ParticipantID, AskerUserID: author.UserID,
		Anonymous: in.Anonymous, Text: clean, State: string(Pending), ClientKey: in.Key, At: b.tx.At,
	}
	if !in.Anonymous {
		row.AuthorName, row.AuthorRole, row.AuthorHost = author.Name, author.Role, author.Host
	}
	if b.tools.Questions() == tools.QuestionsOpen {
		row.State, row.PublishedAt = string(Open), &b.tx.At
	}
	b.Keep(t)
	b.earlier[who] = append(b.earlier[who], row)
	b.asked = append(b.asked, row)
	return &Question{row, t.Sight}, nil
}

// check returns the clean text of a question that may be asked now.
func (b *askBatch) check(t *room.Turn, who string, in AskQuestionInput) (clean string, err error) {
	if err := tools.Open(t.Room, b.Session); err != nil {
		return "", err
	}
	if b.tools.Questions() == tools.QuestionsOff {
		return "", problem.New(problem.QuestionsOff)
	}
	if err := tools.Unmuted(t, b.tx.At); err != nil {
		return "", err
	}
	earlier := b.earlier[who]
	if err := mutedAsker(earlier, b.tx.At); err != nil {
		return "", err
	}
	clean, wrong := text.CleanQuestion(in.Text)
	switch {
	case wrong != nil:
		return "", problem.New(problem.InvalidValue).At("text").Saying(wrong.Message)
	case in.Anonymous && !b.tools.AnonymousQuestions():
		return "", problem.New(problem.InvalidValue).At("anonymous").Saying("This room takes no anonymous questions.")
	}
	if err := tools.CheckKey(in.Key); err != nil {
		return "", err
	}
	return clean, limit(earlier, b.tx.At)
}

// limit returns the problem of asking one more question.
func limit(earlier []*ent.Question, at time.Time) error {
	open, last := 0, time.Time{}
	for _, q := range earlier {
		if State(q.State) == Pending || State(q.State) == Open {
			open++
		}
		if q.At.After(last) {
			last = q.At
		}
	}
	if open >= openMost {
		return problem.New(problem.QuotaExceeded).Saying("You have 3 open questions. Wait for an answer, or withdraw one.")
	}
	if next := last.Add(pause); !last.IsZero() && next.After(at) {
		return problem.New(problem.SlowDown).Retry(next)
	}
	return nil
}

// mutedAsker returns MUTED if one of somebody's questions had them muted.
func mutedAsker(earlier []*ent.Question, at time.Time) error {
	paused := pauseOf(earlier, at)
	if paused == nil {
		return nil
	}
	p := problem.New(problem.Muted)
	if paused.Until != nil {
		p.Retry(*paused.Until)
	}
	return p
}

// Flush writes the questions, with one event that names nobody.
func (b *askBatch) Flush() error {
	if len(b.asked) == 0 {
		return b.Crowd.Flush()
	}
	e := live.Entry{SessionID: b.Session.ID}
	e.Detail.Published = b.tools.Questions() == tools.QuestionsOpen
	revision := b.Emit(questionsAsked, e)
	rows := make([]*ent.QuestionCreate, len(b.asked))
	for nth, q := range b.asked {
		q.Revision, q.Nth = revision, nth
		rows[nth] = b.tx.Question.Create().SetID(q.ID).SetRoomID(q.RoomID).SetSessionID(q.SessionID).SetRevision(revision).SetNth(nth).
			SetAskerID(q.AskerID).SetAskerUserID(q.AskerUserID).SetAuthorName(q.AuthorName).SetAuthorRole(q.AuthorRole).
			SetAuthorHost(q.AuthorHost).SetAnonymous(q.Anonymous).SetText(q.Text).SetState(q.State).SetNillablePublishedAt(q.PublishedAt).
			SetClientKey(q.ClientKey).SetAt(q.At)
	}
	if err := b.tx.Question.CreateBulk(rows...).Exec(b.ctx); err != nil {
		return fmt.Errorf("write questions: %w", err)
	}
	return b.Crowd.Flush()
}
