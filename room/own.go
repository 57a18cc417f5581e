package room

import (
	"context"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/live"
)

// ownCommand is what somebody does with their own place in a room. p is their place in the current session of, nil if they have none.
// do returns the place afterwards. It changes places only by its turn, so that a refusal leaves nothing behind.
type ownCommand struct {
	actor auth.Actor
	do    func(t *Turn, of *ent.Session, p *ent.Participant) (*ent.Participant, error)
}

// inPlace runs a command on the asker's own place in a room. Commands of a crowd share transactions.
func (s *Places) inPlace(
	ctx context.Context, actor auth.Actor, roomID string, do func(t *Turn, of *ent.Session, p *ent.Participant) (*ent.Participant, error),
) (*Participant, error) {
	return s.crowds.Do(ctx, roomID, ownCommand{actor, do})
}

// ownCommands are the commands of a crowd on its own places.
type ownCommands struct {
	*Crowd
	commands []ownCommand
}

// ownWindow is the longest time between the starts of two transactions of such commands in one room. Those who enter together also share what
// their pages show at once.
const ownWindow = 50 * time.Millisecond

// beginOwn locks a room, and reads what commands need that people run on their own places in it.
func (s *core) beginOwn(ctx context.Context, tx *live.Tx, roomID string, commands []ownCommand) (live.Batch[*Participant], error) {
	actors := make([]auth.Actor, len(commands))
	for i, command := range commands {
		actors[i] = command.actor
	}
	c, err := s.Crowd(ctx, tx, roomID, actors)
	return ownCommands{c, commands}, err
}

// Run runs one command.
func (o ownCommands) Run(i int) (*Participant, error) {
	t, err := o.Turn(i)
	if err != nil {
		return nil, err
	}
	own := t.Sight.Own
	if own != nil && !current(o.Room, own) {
		own = nil
	}
	p, err := o.commands[i].do(t, o.Session, own)
	if err != nil {
		return nil, err
	}
	o.Keep(t)
	return t.ShowParticipant(p), nil
}
