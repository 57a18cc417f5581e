package ask

import (
	"context"
	"fmt"

	"usher/auth"
	"usher/ent"
	"usher/ent/question"
	entupvote "usher/ent/upvote"
	"usher/live"
	"usher/problem"
	"usher/role"
	"usher/room"
	"usher/tools"
)

// upvote is an upvote in line, given or taken back.
type upvote struct {
	actor auth.Actor
	id    string // of the question
	on    bool
}

// Upvote gives or takes back the asker's upvote. It is a count and no event (V12). The same state again changes nothing. Returns
// problem.ErrForbidden for the asker's own question, SESSION_NOT_OPEN, ALREADY_HANDLED unless it is open.
func (q *Questions) Upvote(ctx context.Context, actor auth.Actor, id string, on bool) (*Question, error) {
	roomID, err := q.roomOf(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	return q.upvoting.Do(ctx, roomID, upvote{actor, id, on})
}

// vote is one person's upvote of one question.
type vote struct{ question, voter string }

// upvoteBatch is a transaction in which people upvote questions of one room.
type upvoteBatch struct {
	*room.Crowd
	ctx       context.Context
	tx        *live.Tx
	commands  []upvote
	questions map[string]*ent.Question
	stored    map[vote]bool
	now       map[vote]bool // those of the commands
}

// beginUpvoting locks a room, and reads the questions and the upvotes of who gives or takes back one.
func (q *Questions) beginUpvoting(ctx context.Context, tx *live.Tx, roomID string, commands []upvote) (live.Batch[*Question], error) {
	actors, ids := make([]auth.Actor, len(commands)), make([]string, len(commands))
	for i, command := range commands {
		actors[i], ids[i] = command.actor, command.id
	}
	crowd, err := q.rooms.Crowd(ctx, tx, roomID, actors)
	if err != nil {
		return nil, err
	}
	b := &upvoteBatch{
		Crowd: crowd, ctx: ctx, tx: tx, commands: commands, questions: map[string]*ent.Question{}, stored: map[vote]bool{}, now: map[vote]bool{},
	}
	if crowd.Room == nil || crowd.Session == nil {
		return b, nil
	}
	rows, err := tx.Question.Query().Where(question.IDIn(ids...), question.SessionID(crowd.Session.ID)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read questions: %w", err)
	}
	for _, row := range rows {
		b.questions[row.ID] = row
	}
	var voters []string
	for i := range commands {
		if t, err := b.Turn(i); err == nil {
			voters = append(voters, turnKey(t))
		}
	}
	votes, err := tx.Upvote.Query().Where(entupvote.QuestionIDIn(ids...), entupvote.VoterIn(voters...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read upvotes: %w", err)
	}
	for _, v := range votes {
		b.stored[vote{v.QuestionID, v.Voter}] = true
	}
	return b, nil
}

// Run gives or takes back one upvote.
func (b *upvoteBatch) Run(i int) (*Question, error) {
	t, err := b.Turn(i)
	if err != nil {
		return nil, err
	}
	command, who := b.commands[i], turnKey(t)
	of := b.questions[command.id]
	if of == nil || !visible(of, t.Sight, who) {
		return nil, problem.ErrNotFound
	}
	if !t.Sight.Can(role.Ask) || who == key(of) {
		return nil, problem.ErrForbidden
	}
	if err := tools.Open(t.Room, b.Session); err != nil {
		return nil, err
	}
	v := vote{of.ID, who}
	is, changed := b.now[v]
	if !changed {
		is = b.stored[v]
	}
	if is != command.on {
		if State(of.State) != Open {
			return nil, alreadyHandled()
		}
		if b.now[v] = command.on; command.on {
			of.Upvotes++
		} else {
			of.Upvotes--
		}
	}
	b.Keep(t)
	shown := *of // as it is now, also if others of the batch upvote it later
	return &Question{&shown, t.Sight}, nil
}

// Flush writes what changed.
func (b *upvoteBatch) Flush() error {
	var added []*ent.UpvoteCreate
	removed, moved := map[string][]string{}, map[string]int{} // by question
	for v, on := range b.now {
		switch {
		case on == b.stored[v]:
		case on:
			added = append(added, b.tx.Upvote.Create().SetQuestionID(v.question).SetVoter(v.voter))
			moved[v.question]++
		default:
			removed[v.question] = append(removed[v.question], v.voter)
			moved[v.question]--
		}
	}
	if added != nil {
		if err := b.tx.Upvote.CreateBulk(added...).Exec(b.ctx); err != nil {
			return fmt.Errorf("write upvotes: %w", err)
		}
	}
	for id, voters := range removed {
		if _, err := b.tx.Upvote.Delete().Where(entupvote.QuestionID(id), entupvote.VoterIn(voters...)).Exec(b.ctx); err != nil {
			return fmt.Errorf("delete upvotes: %w", err)
		}
	}
	if len(moved) > 0 {
		b.tx.Stir(b.Room.ID)
	}
	for id, by := range moved {
		if by == 0 {
			continue
		}
		if err := b.tx.Question.UpdateOneID(id).AddUpvotes(by).Exec(b.ctx); err != nil {
			return fmt.Errorf("count upvotes: %w", err)
		}
	}
	return b.Crowd.Flush()
}
