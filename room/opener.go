package room

import (
	"context"
	"errors"
	"sync"
	"time"

	"usher/ent"
	"usher/ent/invitation"
	"usher/live"
	"usher/problem"
)

// opener notes behind the answers which links were opened: a look neither waits for the note nor fails with it (L1).
type opener struct {
	rooms *Rooms
	queue chan *ent.Invitation
	stop  context.CancelFunc
	done  sync.WaitGroup
}

// openerTerm is how long one note may take.
const openerTerm = 5 * time.Second

func startOpener(s *Rooms) *opener {
	ctx, stop := context.WithCancel(context.Background())
	o := &opener{rooms: s, queue: make(chan *ent.Invitation, 4096), stop: stop}
	o.done.Go(func() { o.run(ctx) })
	return o
}

// note remembers that the link was looked at. Where too many wait to be noted it is passed over: the next look notes it.
func (o *opener) note(i *ent.Invitation) {
	select {
	case o.queue <- i:
	default:
	}
}

func (o *opener) run(ctx context.Context) {
	for {
		select {
		case i := <-o.queue:
			o.write(i)
		case <-ctx.Done():
			for {
				select {
				case i := <-o.queue:
					o.write(i)
				default:
					return
				}
			}
		}
	}
}

func (o *opener) write(i *ent.Invitation) {
	ctx, cancel := context.WithTimeout(context.Background(), openerTerm)
	defer cancel()
	err := o.rooms.Log.Write(ctx, func(tx *live.Tx) error {
		if _, err := tx.Lock(ctx, i.RoomID); err != nil {
			return err
		}
		n, err := tx.Invitation.Update().
			Where(invitation.ID(i.ID), invitation.Generation(i.Generation), invitation.OpenedAtIsNil(), invitation.RevokedAtIsNil()).
			SetOpenedAt(tx.At).Save(ctx)
		if err != nil || n == 0 {
			return err
		}
		return tx.Emit(ctx, i.RoomID, live.Entry{Kind: live.InvitationOpened, SessionID: i.SessionID, InvitationID: i.ID})
	})
	if err != nil && !errors.Is(err, problem.ErrNotFound) { // the room may have been deleted in the meantime
		o.rooms.Logger.Warn("note that a link was opened", "invitation", i.ID, "error", err)
	}
}

func (o *opener) close() {
	o.stop()
	o.done.Wait()
}
