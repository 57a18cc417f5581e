package room

import (
	"context"

	"usher/ent"
	"usher/ent/predicate"
	"usher/live"
)

// Tool is a tool of rooms, as far as what happens there concerns it. What is nil does nothing.
type Tool struct {
	// Name is what people leave in the tool, in the plural, for the log.
	Name string
	// Written is what people wrote, for erasing and for deleting it in time.
	Written Written
	// Blocked runs in the transaction that blocks a participant, before its events.
	Blocked func(ctx context.Context, t *Turn, p *ent.Participant) error
	// Moved runs in the transaction that changes a participant's state or role, after its event. The end of a session is not such a
	// change.
	Moved func(ctx context.Context, t *Turn, before, after *ent.Participant) error
	// Resigned runs in the transaction that ends somebody's managing, after its event and before their place changes, if they have one.
	Resigned func(ctx context.Context, t *Turn, userID string) error
	// Over runs in the transaction that ends or cancels a session, before anybody leaves and before its event.
	Over func(ctx context.Context, t *Turn, of *ent.Session) error
	// Planned runs in the transaction that plans a session, before it replaces the room's current one.
	Planned func(ctx context.Context, t *Turn, created *ent.Session) error
	// Off runs in the transaction that turns Chat & Collaboration off, before its event.
	Off func(ctx context.Context, t *Turn) error
}

// Written finds and erases what a person wrote in rooms.
type Written interface {
	// Rooms returns the rooms in which an account wrote something.
	Rooms(ctx context.Context, c *ent.Client, account string) ([]string, error)
	// Erase erases what the person wrote in a room, in the transaction that erases their name there.
	Erase(ctx context.Context, t *Turn, of Traces) error
	// Drop deletes what people wrote in sessions, at most so many rows. It returns how many it found, and how many it deleted.
	Drop(ctx context.Context, tx *live.Tx, in predicate.Session, most int) (found, deleted int, err error)
}

// toolset are all tools of rooms.
type toolset []Tool

// moved runs what the tools do when a participant's state or role has changed.
func (all toolset) moved(t *Turn, before, after *ent.Participant) error {
	for _, tool := range all {
		if tool.Moved != nil {
			if err := tool.Moved(t.ctx, t, before, after); err != nil {
				return err
			}
		}
	}
	return nil
}

// blocked runs what the tools do when a participant is blocked.
func (all toolset) blocked(t *Turn, p *ent.Participant) error {
	for _, tool := range all {
		if tool.Blocked != nil {
			if err := tool.Blocked(t.ctx, t, p); err != nil {
				return err
			}
		}
	}
	return nil
}

// resigned runs what the tools do when somebody manages the room no longer.
func (all toolset) resigned(t *Turn, userID string) error {
	for _, tool := range all {
		if tool.Resigned != nil {
			if err := tool.Resigned(t.ctx, t, userID); err != nil {
				return err
			}
		}
	}
	return nil
}

// planned runs what the tools do when a session is planned.
func (all toolset) planned(t *Turn, created *ent.Session) error {
	for _, tool := range all {
		if tool.Planned != nil {
			if err := tool.Planned(t.ctx, t, created); err != nil {
				return err
			}
		}
	}
	return nil
}

// off runs what the tools do when Chat & Collaboration is turned off.
func (all toolset) off(t *Turn) error {
	for _, tool := range all {
		if tool.Off != nil {
			if err := tool.Off(t.ctx, t); err != nil {
				return err
			}
		}
	}
	return nil
}

// over runs what the tools do when a session is over.
func (all toolset) over(t *Turn, of *ent.Session) error {
	for _, tool := range all {
		if tool.Over != nil {
			if err := tool.Over(t.ctx, t, of); err != nil {
				return err
			}
		}
	}
	return nil
}
