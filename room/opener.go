package room

import (
	"cmp"
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

// opener notes which links were opened, after the answer: a look neither waits for the note nor fails with it (L1). It writes
// in batches, so that redemptions do not wait for one commit for each look.
type opener struct {
	*core
	queue   chan *ent.Invitation
	closing context.Context
	stop    context.CancelFunc
	writing context.Context // ends when no more is written
	cut     context.CancelFunc
	done    sync.WaitGroup
}

const (
	// openerQueue limits the notes that wait.
	openerQueue = 4096
	// openerPause is the least time between two batches. It gathers the looks of that time.
	openerPause = 20 * time.Millisecond
	// openerBatch limits the notes that one transaction writes.
	openerBatch = 128
	// openerTerm limits how long one batch takes.
	openerTerm = 5 * time.Second
	// openerCloses limits how long closing takes. The next look repeats a note that is lost.
	openerCloses = 2 * time.Second
)

func startOpener(c *core) *opener {
	o := &opener{core: c, queue: make(chan *ent.Invitation, openerQueue)}
	o.closing, o.stop = context.WithCancel(context.Background())
	o.writing, o.cut = context.WithCancel(context.Background())
	o.done.Go(o.run)
	return o
}

// note remembers that the link was looked at. If too many notes wait, it drops this one: the next look repeats it.
func (o *opener) note(i *ent.Invitation) {
	select {
	case o.queue <- i:
	default:
	}
}

func (o *opener) run() {
	for batch := o.gather(); len(batch) > 0; batch = o.gather() {
		if err := o.write(batch); err != nil {
			o.options.Logger.Warn("mark opened links", "links", len(batch), "error", err)
		}
		if o.writing.Err() != nil {
			o.options.Logger.Warn("some opened links are not marked yet; the next look marks them", "links", len(o.queue))
			return
		}
		await(o.closing, time.After(openerPause))
	}
}

// gather waits for a note and adds those that wait too. It returns none when the opener closes and nothing is left.
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

// write notes a batch in one transaction. It locks rooms in the order of their ids, so that servers do not block each other.
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
	return o.log.Write(ctx, func(tx *live.Tx) error {
		for _, roomID := range slices.Sorted(maps.Keys(rooms)) {
			err := noteOpened(ctx, tx, roomID, rooms[roomID])
			if err != nil && !errors.Is(err, problem.ErrNotFound) { // the room may have been deleted meanwhile
				return err
			}
		}
		return nil
	})
}

// noteOpened notes that links of a room were opened, as far as they are still the newest of their invitations.
func noteOpened(ctx context.Context, tx *live.Tx, roomID string, generations map[string]int) error {
	if _, err := tx.Lock(ctx, roomID); err != nil {
		return err
	}
	rows, err := tx.Invitation.ByIDs(ctx, slices.Sorted(maps.Keys(generations)))
	if err != nil {
		return fmt.Errorf("read invitations: %w", err)
	}
	rows = slices.DeleteFunc(rows, func(i *ent.Invitation) bool {
		return i.OpenedAt != nil || i.RevokedAt != nil || i.Generation != generations[i.ID]
	})
	slices.SortFunc(rows, func(i, j *ent.Invitation) int { return cmp.Compare(i.ID, j.ID) })
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
		err := emit(ctx, tx, roomID, invitationOpened, aboutInvitee(i))
		if err != nil {
			return err
		}
	}
	return nil
}

// close writes the notes that are left, as far as time allows.
func (o *opener) close() {
	o.stop()
	cut := time.AfterFunc(openerCloses, o.cut)
	defer cut.Stop()
	o.done.Wait()
	o.cut()
}
