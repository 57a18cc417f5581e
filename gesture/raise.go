package gesture

import (
	"context"

	"usher/auth"
	"usher/ent"
	"usher/live"
	"usher/problem"
	"usher/role"
	"usher/room"
	"usher/text"
	"usher/tools"
)

// raising is a hand in line.
type raising struct {
	actor auth.Actor
	as    role.RoomRole
	note  string
}

// maxDeclined limits how often a request is declined in one session before no other is accepted (H3).
const maxDeclined = 2

// Raise raises the asker's hand: they ask for a higher role. If the hand is up, it changes the role and the note, but not the position.
// It returns the first that applies: problem.ErrNotFound, problem.ErrForbidden, CHAT_AND_COLLABORATION_OFF, SESSION_NOT_OPEN, HANDS_OFF,
// INVALID_VALUE, REQUEST_DECLINED, MUTED for a note.
func (h *Hands) Raise(ctx context.Context, actor auth.Actor, roomID string, as role.RoomRole, note *string) (*room.Participant, error) {
	r := raising{actor: actor, as: as}
	if note != nil {
		r.note = *note
	}
	return h.raising.Do(ctx, roomID, r)
}

// hands is a transaction in which people raise their hands in one room.
type hands struct {
	*room.Crowd
	tx     *live.Tx
	on     bool
	line   []raising
	raised []*ent.Participant
}

func (h *Hands) beginRaising(ctx context.Context, tx *live.Tx, roomID string, line []raising) (live.Batch[*room.Participant], error) {
	actors := make([]auth.Actor, len(line))
	for i, r := range line {
		actors[i] = r.actor
	}
	crowd, err := h.rooms.Crowd(ctx, tx, roomID, actors)
	if err != nil || crowd.Room == nil {
		return &hands{Crowd: crowd}, err
	}
	of, err := tools.Read(ctx, tx.Client(), roomID)
	if err != nil {
		return nil, err
	}
	return &hands{Crowd: crowd, tx: tx, line: line, on: of.Hands()}, nil
}

// Run raises one hand by the rights that its owner has now.
func (b *hands) Run(i int) (*room.Participant, error) {
	t, err := b.Turn(i)
	if err != nil {
		return nil, err
	}
	own, asked := t.Sight.Own, b.line[i]
	if own == nil || !t.Sight.InRoom {
		return nil, problem.ErrForbidden
	}
	note, err := b.check(t, own, asked)
	if err != nil {
		return nil, err
	}
	if own.HandAt != nil && own.HandRole == asked.as && own.HandNote == note {
		return t.ShowParticipant(own), nil
	}
	after := *own
	after.HandRole, after.HandNote = asked.as, note
	if own.HandAt == nil {
		after.HandAt = &b.tx.At
	}
	if err := t.Change(&after); err != nil {
		return nil, err
	}
	b.raised = append(b.raised, &after)
	b.Keep(t)
	return t.ShowParticipant(&after), nil
}

// check returns the clean note of a hand that may be raised now.
func (b *hands) check(t *room.Turn, own *ent.Participant, asked raising) (note string, err error) {
	if err := tools.Open(t.Room, b.Session); err != nil {
		return "", err
	}
	switch {
	case !b.on:
		return "", problem.New(problem.HandsOff)
	case asked.as.Rank() <= own.Role.Rank():
		return "", problem.New(problem.InvalidValue).At("role").Saying("Ask for a role above your own.")
	}
	note, wrong := text.CleanNote(asked.note)
	switch {
	case wrong != nil:
		return "", problem.New(problem.InvalidValue).At("note").Saying(wrong.Message)
	case own.HandDenials >= maxDeclined:
		return "", problem.New(problem.RequestDeclined)
	}
	if note == "" || note == own.HandNote {
		return note, nil
	}
	return note, tools.Unmuted(t, b.tx.At)
}

// Flush writes the hands, with one event for all of them.
func (b *hands) Flush() error {
	if len(b.raised) > 0 {
		b.Emit(handsRaised, aboutHands(b.raised))
	}
	return b.Crowd.Flush()
}
