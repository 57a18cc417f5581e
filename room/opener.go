package room

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"usher/ent"
	"usher/ent/invitation"
	"usher/live"
	"usher/problem"
)

// opener notes behind the answers which links were opened: a look neither waits for the note nor fails with it (L1). Notes are
// written in batches, so that redemptions do not queue behind one commit for each look.
type opener struct {
	rooms   *Rooms
	queue   chan *ent.Invitation
	closing context.Context
	stop    context.CancelFunc
	writing context.Context // ends when no more is written
	cut     context.CancelFunc
	done    sync.WaitGroup
}

const (
	// openerQueue is how many notes wait at most.
	openerQueue = 4096
	// openerPause is the least time between two batches: what is looked at meanwhile goes together.
	openerPause = 20 * time.Millisecond
	// openerBatch is the most notes that one transaction writes.
	openerBatch = 128
	// openerTerm is how long one batch may take.
	openerTerm = 5 * time.Second
	// openerCloses is how long closing takes at most. A link whose note is lost is noted at the next look.
	openerCloses = 2 * time.Second
)

func startOpener(s *Rooms) *opener {
	o := &opener{rooms: s, queue: make(chan *ent.Invitation, openerQueue)}
	o.closing, o.stop = context.WithCancel(context.Background())
	o.writing, o.cut = context.WithCancel(context.Background())
	o.done.Go(o.run)
	return o
}

// note remembers that the link was looked at. Where too many wait to be noted it is passed over: the next look notes it.
func (o *opener) note(i *ent.Invitation) {
	select {
	case o.queue <- i:
	default:
	}
}

func (o *opener) run() {
	for batch := o.gather(); len(batch) > 0; batch = o.gather() {
		if err := o.write(batch); err != nil {
			o.rooms.Logger.Warn("mark opened links", "links", len(batch), "error", err)
		}
		if o.writing.Err() != nil {
			o.rooms.Logger.Warn("some opened links are not marked yet; the next look marks them", "links", len(o.queue))
			return
		}
		await(o.closing, time.After(openerPause))
	}
}

// gather waits for a note and takes those that wait beside it; none where the opener closes and nothing is left.
func (o *opener) gather() (batch []*ent.Invitation) {
	select {
	case i := <-o.queue:
		batch = append(batch, i)
	case <-o.closing.Done():
	}
	for len(batch) < openerBatch {
		select {
		case i := <-o.queue:
			batch = append(batch, i)
		default:
			return batch
		}
	}
	return batch
}

// write notes a batch in one transaction. Rooms are locked in one order, so that servers do not block each other.
func (o *opener) write(batch []*ent.Invitation) error {
	ctx, cancel := context.WithTimeout(o.writing, openerTerm)
	defer cancel()
	rooms := map[string]map[string]int{} // the generations of links, by room and invitation
	for _, i := range batch {
		if rooms[i.RoomID] == nil {
			rooms[i.RoomID] = map[string]int{}
		}
		rooms[i.RoomID][i.ID] = i.Generation
	}
	return o.rooms.Log.Write(ctx, func(tx *live.Tx) error {
		for _, roomID := range slices.Sorted(maps.Keys(rooms)) {
			err := noteOpened(ctx, tx, roomID, rooms[roomID])
			if err != nil && !errors.Is(err, problem.ErrNotFound) { // the room may have been deleted in the meantime
				return err
			}
		}
		return nil
	})
}

// noteOpened notes of invitations of a room that their links were opened, where these are still the newest.
func noteOpened(ctx context.Context, tx *live.Tx, roomID string, generations map[string]int) error {
	if _, err := tx.Lock(ctx, roomID); err != nil {
		return err
	}
	rows, err := tx.Invitation.Query().
		Where(invitation.IDIn(slices.Collect(maps.Keys(generations))...), invitation.OpenedAtIsNil(), invitation.RevokedAtIsNil()).
		Order(ent.Asc(invitation.FieldID)).All(ctx)
	if err != nil {
		return fmt.Errorf("read invitations: %w", err)
	}
	rows = slices.DeleteFunc(rows, func(i *ent.Invitation) bool { return i.Generation != generations[i.ID] })
	ids := make([]string, len(rows))
	for n, i := range rows {
		ids[n] = i.ID
	}
	if len(ids) == 0 {
		return nil
	}
	if err := tx.Invitation.Update().Where(invitation.IDIn(ids...)).SetOpenedAt(tx.At).Exec(ctx); err != nil {
		return fmt.Errorf("note opened links: %w", err)
	}
	for _, i := range rows {
		err := tx.Emit(ctx, roomID, live.Entry{Kind: live.InvitationOpened, SessionID: i.SessionID, InvitationID: i.ID})
		if err != nil {
			return err
		}
	}
	return nil
}

// close writes down what is left, as far as that goes in time.
func (o *opener) close() {
	o.stop()
	cut := time.AfterFunc(openerCloses, o.cut)
	defer cut.Stop()
	o.done.Wait()
	o.cut()
}
