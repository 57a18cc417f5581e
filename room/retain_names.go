package room

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"usher/ent"
	"usher/ent/event"
	"usher/live"
	"usher/text"
)

// names removes what names guests from the events of sessions whose places are deleted next (V7). Events may be kept for longer. Nothing
// would then lead from an email address to these names, so the person could not be erased.
func (r *retention) names(ctx context.Context, sessionIDs []string) error {
	sessions, err := r.db.Session.ByIDs(ctx, sessionIDs)
	if err != nil {
		return fmt.Errorf("read sessions: %w", err)
	}
	for _, of := range sessions {
		kept, err := r.db.Event.Query().Where(event.RoomID(of.RoomID), event.SessionID(of.ID)).Exist(ctx)
		if err != nil {
			return fmt.Errorf("look for events: %w", err)
		}
		for after := 0; kept; {
			found, last := 0, 0
			err := r.write(ctx, "names", func(tx *live.Tx) (changed int, err error) {
				page, err := tx.Event.Query().Where(event.RoomID(of.RoomID), event.SessionID(of.ID), event.RevisionGT(after)).
					Order(event.ByRevision()).Limit(unnamePage).All(ctx)
				if err != nil || len(page) == 0 {
					return 0, err
				}
				found, last = len(page), page[len(page)-1].Revision
				return forgetGuests(&Turn{Tx: tx, ctx: ctx}, page)
			})
			if err != nil {
				return err
			}
			if found < unnamePage {
				break
			}
			if err := r.pause(ctx); err != nil {
				return err
			}
			after = last
		}
	}
	return nil
}

// forgetGuests removes what names people from events that refer to no account of theirs. It returns the number of events that change.
func forgetGuests(t *Turn, page []*ent.Event) (changed int, err error) {
	var actors []any
	for _, e := range page {
		detail := e.Detail
		rewritten := e.UserID == "" && detail.Unname(text.FormerGuest)
		byGuest := e.Actor != "" && e.Actor != text.FormerGuest && e.ActorUserID == ""
		if rewritten {
			if err := setDetail(t, e.ID, detail); err != nil {
				return 0, err
			}
		}
		if byGuest {
			actors = append(actors, e.ID)
		}
		if rewritten || byGuest {
			changed++
		}
	}
	if len(actors) > 0 {
		err = execute(t, sql.Dialect(t.Tx.Dialect()).Update(event.Table).Set(event.FieldActor, text.FormerGuest).Where(sql.In(event.FieldID, actors...)))
	}
	return changed, wrapped("forget actors", err)
}
