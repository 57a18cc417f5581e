package room

import (
	"context"

	"usher/ent/predicate"
	"usher/ent/session"
	"usher/live"
)

// talk deletes what people wrote in sessions that ended long ago (T9). Nothing leads from an email address to it without the places.
func (r *retention) talk(ctx context.Context) error {
	return r.dropTalk(ctx, session.EndedAtLT(r.at.Add(-min(r.options.Terms.Talk, r.options.Terms.Places))))
}

func (r *retention) dropTalk(ctx context.Context, in predicate.Session) error {
	for _, tool := range r.options.Tools {
		if tool.Written == nil {
			continue
		}
		err := r.inBatches(ctx, tool.Name, func(tx *live.Tx, most int) (int, int, error) { return tool.Written.Drop(ctx, tx, in, most) })
		if err != nil {
			return err
		}
	}
	return nil
}
