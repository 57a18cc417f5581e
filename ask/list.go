package ask

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"entgo.io/ent/dialect/sql"

	"usher/auth"
	"usher/ent"
	"usher/ent/predicate"
	"usher/ent/question"
	entupvote "usher/ent/upvote"
	"usher/role"
	"usher/room"
	"usher/tools"
)

// QuestionOrder is the order of a list.
type QuestionOrder string

const (
	ByUpvotes QuestionOrder = "UPVOTES" // and the oldest first among equals
	Newest    QuestionOrder = "NEWEST"
)

// Selection selects questions of a list.
type Selection struct {
	States []State // empty: all
	Mine   bool    // the asker's own
	Order  QuestionOrder
}

// List returns the questions of the room's current session that the asker sees. It returns nil to those who may not ask.
func (q *Questions) List(ctx context.Context, actor auth.Actor, r *room.Room, which Selection, page room.Page) (*room.List[*Question], error) {
	if !r.Sight.Can(role.Ask) || !r.ChatAndCollaboration || r.CurrentSessionID == nil {
		return nil, nil
	}
	asker := askerOf(r, actor)
	where := []predicate.Question{question.SessionID(*r.CurrentSessionID)}
	if !r.Sight.Can(role.Moderate) {
		seen := question.And(question.PublishedAtNotNil(), question.StateIn(string(Open), string(Answered)))
		where = append(where, question.Or(askedBy(asker), seen))
	}
	if which.Mine {
		where = append(where, askedBy(asker))
	}
	if len(which.States) > 0 {
		states := make([]string, len(which.States))
		for i, state := range which.States {
			states[i] = string(state)
		}
		where = append(where, question.StateIn(states...))
	}
	below, err := after(page, which.Order)
	if err != nil {
		return nil, err
	}
	list := q.db.Question.Query().Where(where...).Where(below...).Limit(page.First + 1)
	if which.Order == Newest {
		list.Order(question.ByRevision(sql.OrderDesc()), question.ByNth(sql.OrderDesc()))
	} else {
		list.Order(question.ByUpvotes(sql.OrderDesc()), question.ByRevision(), question.ByNth())
	}
	rows, err := list.All(ctx)
	if err != nil {
		return nil, fmt.Errorf("list questions: %w", err)
	}
	total, err := room.TotalOf(ctx, page, len(rows), q.db.Question.Query().Where(where...).Count)
	if err != nil {
		return nil, fmt.Errorf("count questions: %w", err)
	}
	l := room.Cut(rows, page, func(row *ent.Question) *Question { return &Question{row, r.Sight} }, func(row *ent.Question) string {
		return room.Cursor(string(which.Order), strconv.Itoa(row.Upvotes), strconv.Itoa(row.Revision), strconv.Itoa(row.Nth))
	})
	l.Total = total
	return &l, nil
}

// after selects the questions after a page's position in an order.
func after(page room.Page, order QuestionOrder) ([]predicate.Question, error) {
	parts, ok, err := room.Position(page.After, 4)
	if err != nil || !ok {
		return nil, err
	}
	if parts[0] != string(order) {
		return nil, room.BadCursor
	}
	var at [3]int
	for i := range at {
		if at[i], err = room.PositionNumber(parts[i+1], 1<<52); err != nil {
			return nil, err
		}
	}
	upvotes, revision, nth := at[0], at[1], at[2]
	if order == Newest {
		return []predicate.Question{question.Or(
			question.RevisionLT(revision), question.And(question.Revision(revision), question.NthLT(nth)),
		)}, nil
	}
	return []predicate.Question{question.Or(
		question.UpvotesLT(upvotes),
		question.And(question.Upvotes(upvotes), question.Or(
			question.RevisionGT(revision), question.And(question.Revision(revision), question.NthGT(nth)),
		)),
	)}, nil
}

// Question returns a question by its id. It returns nil if it is not stored, or the asker may not read it.
func (q *Questions) Question(ctx context.Context, actor auth.Actor, id string) (*Question, error) {
	row, err := q.db.Question.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read question: %w", err)
	}
	r, err := q.rooms.Get(ctx, actor, row.RoomID)
	if err != nil || r == nil || !r.ChatAndCollaboration || r.CurrentSessionID == nil || *r.CurrentSessionID != row.SessionID {
		return nil, err
	}
	if !visible(row, r.Sight, askerOf(r, actor)) {
		return nil, nil
	}
	return &Question{row, r.Sight}, nil
}

// Rows loads rows by their keys. It checks no rights.
type Rows struct {
	db  *ent.Client
	now func() time.Time
}

// Questions reads questions by their ids.
func (r Rows) Questions(ctx context.Context, ids []string) (map[string]*ent.Question, error) {
	rows, err := r.db.Question.ByIDs(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("read questions: %w", err)
	}
	byID := make(map[string]*ent.Question, len(rows))
	for _, q := range rows {
		byID[q.ID] = q
	}
	return byID, nil
}

// VoteKey is the key of somebody's upvote of a question.
func VoteKey(questionID, voter string) string { return questionID + " " + voter }

// Upvoted reports which upvotes are given, by their keys.
func (r Rows) Upvoted(ctx context.Context, keys []string) (map[string]bool, error) {
	var questions, voters []string
	for _, key := range keys {
		of, voter := splitVote(key)
		questions, voters = append(questions, of), append(voters, voter)
	}
	rows, err := r.db.Upvote.Query().Where(entupvote.QuestionIDIn(questions...), entupvote.VoterIn(voters...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read upvotes: %w", err)
	}
	given := make(map[string]bool, len(rows))
	for _, v := range rows {
		given[VoteKey(v.QuestionID, v.Voter)] = true
	}
	return given, nil
}

// rooms reads the rooms of questions, by the questions' ids.
func (r Rows) rooms(ctx context.Context, ids []string) (map[string]string, error) {
	rows, err := r.db.Question.ByIDs(ctx, ids)
	return tools.RoomsOf(rows, err, func(q *ent.Question) (id, roomID string) { return q.ID, q.RoomID })
}
