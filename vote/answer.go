package vote

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"strings"

	"usher/auth"
	"usher/ent"
	"usher/ent/answer"
	"usher/ent/interaction"
	"usher/ent/schema"
	"usher/live"
	"usher/problem"
	"usher/role"
	"usher/room"
	"usher/tools"
)

// AnswerInteractionInput is an answer to give. Without choices and texts, it takes the asker's answer back.
type AnswerInteractionInput struct {
	InteractionID  string
	Choices, Texts []string
}

// answering is an answer in line.
type answering struct {
	actor auth.Actor
	in    AnswerInteractionInput
}

// Answer gives, replaces or takes back the asker's answer. It returns the first that applies: problem.ErrNotFound, problem.ErrForbidden,
// CHAT_AND_COLLABORATION_OFF, INTERACTION_NOT_OPEN, MUTED for a text, INVALID_VALUE (N5). The same answer again changes nothing.
func (s *Interactions) Answer(ctx context.Context, actor auth.Actor, in AnswerInteractionInput) (*Interaction, error) {
	roomID, err := s.places.Of(ctx, in.InteractionID)
	if err != nil {
		return nil, err
	}
	if roomID == "" {
		return nil, room.Missing(ctx, s.rooms, actor)
	}
	return s.answering.Do(ctx, roomID, answering{actor, in})
}

// batch is a transaction in which people answer in one room. It reads and writes with a constant number of statements.
type batch struct {
	*room.Crowd
	ctx      context.Context
	tx       *live.Tx
	commands []answering
	known    map[string]*ent.Interaction // those that are answered, by id
	open     *ent.Interaction            // the open one, if it is among them
	earlier  map[string]*ent.Answer      // to the open one, by person
	written  map[string]*ent.Answer      // to write, by id
	taken    map[string]bool             // the ids of answers to delete
	answers  int                         // by how much the number of answers rises
	choices  []int                       // by how much the counter of each option rises
	words    map[string]*wordChange      // by folded word
}

// beginAnswering locks a room, and reads what answers in it need.
func (s *Interactions) beginAnswering(ctx context.Context, tx *live.Tx, roomID string, commands []answering) (live.Batch[*Interaction], error) {
	actors, ids := make([]auth.Actor, len(commands)), make([]string, len(commands))
	for i, c := range commands {
		actors[i], ids[i] = c.actor, c.in.InteractionID
	}
	crowd, err := s.rooms.Crowd(ctx, tx, roomID, actors)
	if err != nil {
		return nil, err
	}
	b := &batch{
		Crowd: crowd, ctx: ctx, tx: tx, commands: commands, known: map[string]*ent.Interaction{}, earlier: map[string]*ent.Answer{},
		written: map[string]*ent.Answer{}, taken: map[string]bool{}, words: map[string]*wordChange{},
	}
	if crowd.Room == nil || crowd.Session == nil {
		return b, nil
	}
	slices.Sort(ids)
	rows, err := withChoices(tx.Interaction.Query().Where(interaction.IDIn(slices.Compact(ids)...))).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read interactions: %w", err)
	}
	for _, of := range rows {
		b.known[of.ID] = of
		if State(of.State) == Open {
			b.open = of
			b.choices = make([]int, len(of.Edges.Choices))
		}
	}
	return b, b.readEarlier()
}

// readEarlier reads the earlier answers of those who answer.
func (b *batch) readEarlier() error {
	if b.open == nil {
		return nil
	}
	var people []string
	for i := range b.commands {
		if t, err := b.Turn(i); err == nil {
			people = append(people, identities(t.Author())...)
		}
	}
	rows, err := b.tx.Answer.Query().Where(answer.InteractionID(b.open.ID), answer.PersonIn(people...)).All(b.ctx)
	if err != nil {
		return fmt.Errorf("read earlier answers: %w", err)
	}
	for _, a := range rows {
		b.earlier[*a.Person] = a
	}
	return nil
}

// identities returns what may identify somebody in an answer: their place, and the account with which they answered before they had one.
func identities(a schema.Author) (ids []string) {
	for _, id := range []string{a.ParticipantID, a.UserID} {
		if id != "" {
			ids = append(ids, id)
		}
	}
	return ids
}

// Run takes one answer by the rights that the person has now.
func (b *batch) Run(i int) (*Interaction, error) {
	t, err := b.Turn(i)
	if err != nil {
		return nil, err
	}
	in, of := b.commands[i].in, b.known[b.commands[i].in.InteractionID]
	if err := b.may(t, of); err != nil {
		return nil, err
	}
	author := t.Author()
	before := b.before(author)
	next, err := cleanAnswer(of, in)
	if err != nil {
		return nil, err
	}
	if next == nil {
		b.take(before)
	} else {
		if len(next.Texts) > 0 {
			if err := tools.Unmuted(t, b.tx.At); err != nil {
				return nil, err
			}
		}
		next = b.put(author, before, next)
	}
	b.Keep(t)
	return &Interaction{Interaction: of, Sight: t.Sight, Around: []string{of.ID}, mine: next, own: true}, nil
}

// may returns the problem of somebody who must not answer an interaction now.
func (b *batch) may(t *room.Turn, of *ent.Interaction) error {
	switch {
	case of == nil || b.Session == nil || of.SessionID != b.Session.ID:
		return problem.ErrNotFound
	case !t.Sight.Can(role.Vote):
		return problem.ErrForbidden
	case State(of.State) == Draft && !t.Sight.Can(role.Initiate):
		return problem.ErrNotFound
	case !t.Room.ChatAndCollaboration:
		return tools.ChatAndCollaborationOff()
	case State(of.State) != Open || over(of, b.tx.At):
		return notOpen()
	}
	return nil
}

// before returns somebody's earlier answer, nil if they have none.
func (b *batch) before(author schema.Author) *ent.Answer {
	for _, id := range identities(author) {
		if a := b.earlier[id]; a != nil {
			return a
		}
	}
	return nil
}

// timeless returns a new id. Nothing in it tells when it was made, unlike in other ids.
func timeless(prefix string) string { return prefix + "_" + strings.ToLower(rand.Text()) }

// put gives or replaces an answer.
func (b *batch) put(author schema.Author, before, next *ent.Answer) *ent.Answer {
	if before == nil {
		next.ID = timeless("a")
		person := tools.AuthorKey(author.ParticipantID, author.UserID)
		next.Person = &person
		if b.open.Named {
			next.Author = &author
		}
		b.answers++
	} else {
		if before.Choices == next.Choices && slices.Equal(before.Texts, next.Texts) {
			return before
		}
		next.ID, next.Person, next.Author, next.Hidden = before.ID, before.Person, before.Author, before.Hidden
		b.count(before, -1)
	}
	b.count(next, 1)
	b.earlier[*next.Person], b.written[next.ID] = next, next
	delete(b.taken, next.ID)
	return next
}

// take takes an answer back.
func (b *batch) take(before *ent.Answer) {
	if before == nil {
		return
	}
	b.answers--
	b.count(before, -1)
	delete(b.earlier, *before.Person)
	delete(b.written, before.ID)
	b.taken[before.ID] = true
}
