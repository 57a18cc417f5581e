package room

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"entgo.io/ent/dialect/sql"

	"usher/live"
)

const (
	// retainBatch limits the rows that one transaction deletes, so that other writers do not wait long.
	retainBatch = 1000
	// retainPage limits how many rooms or sessions are chosen at once.
	retainPage = 100
	// retainPause leaves the database to other writers after a full batch.
	retainPause = 50 * time.Millisecond
	// retainTerm limits how long a run deletes rows of one kind.
	retainTerm = 2 * time.Minute
)

// errTermOver ends a run's work on one kind of rows. The next run continues.
var errTermOver = errors.New("the run's time for these rows is over")

// retention is one run of Retain.
type retention struct {
	*core
	at      time.Time
	deleted map[string]int // rows, by kind
	term    context.Context
}

// within runs the work on one kind of rows under the time limit.
func (r *retention) within(ctx context.Context, kind func(context.Context) error) error {
	var cancel context.CancelFunc
	r.term, cancel = context.WithTimeout(ctx, retainTerm)
	defer cancel()
	if err := kind(ctx); !errors.Is(err, errTermOver) {
		return err
	}
	return nil
}

// inPages calls use with what choose finds after a key, page by page, until a page is not full.
func (r *retention) inPages(ctx context.Context, full int, choose func(after string) ([]string, error), use func(page []string) error) error {
	for after := ""; ; {
		page, err := choose(after)
		if err != nil {
			return fmt.Errorf("choose what to delete: %w", err)
		}
		if len(page) == 0 {
			return nil
		}
		if err := use(page); err != nil {
			return err
		}
		if len(page) < full {
			return nil
		}
		if err := r.pause(ctx); err != nil {
			return err
		}
		after = page[len(page)-1]
	}
}

// inBatches runs a batch until it finds fewer rows than the most that it may delete. A batch returns how many rows it found and
// how many it deleted. Another server may have deleted the rest.
func (r *retention) inBatches(ctx context.Context, kind string, batch func(tx *live.Tx, most int) (found, deleted int, err error)) error {
	for found := retainBatch; ; {
		err := r.write(ctx, kind, func(tx *live.Tx) (deleted int, err error) {
			found, deleted, err = batch(tx, retainBatch)
			return deleted, err
		})
		if err != nil || found < retainBatch {
			return err
		}
		if err := r.pause(ctx); err != nil {
			return err
		}
	}
}

// write deletes rows of a kind in one transaction.
func (r *retention) write(ctx context.Context, kind string, drop func(tx *live.Tx) (int, error)) error {
	var deleted int
	err := r.log.Write(ctx, func(tx *live.Tx) (err error) {
		deleted, err = drop(tx)
		return err
	})
	if err != nil {
		return fmt.Errorf("delete %s: %w", kind, err)
	}
	r.deleted[kind] += deleted
	return nil
}

func (r *retention) pause(ctx context.Context) error {
	if await(r.term, time.After(retainPause)) {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return errTermOver
}

// report logs in one line what the run deleted, if anything.
func (r *retention) report(ctx context.Context) {
	var counts []any
	for _, kind := range slices.Sorted(maps.Keys(r.deleted)) {
		if n := r.deleted[kind]; n > 0 {
			counts = append(counts, kind, n)
		}
	}
	if counts != nil {
		r.options.Logger.InfoContext(ctx, "deleted expired data", counts...)
	}
}

// dropped deletes the rows that were found, if any.
func dropped[ID any](ids []ID, err error, drop func() (int, error)) (found, deleted int, _ error) {
	if err != nil || len(ids) == 0 {
		return 0, 0, err
	}
	deleted, err = drop()
	return len(ids), deleted, err
}

// refersTo selects the rows that a column of another table refers to.
func refersTo(table, column string) func(*sql.Selector) {
	return func(s *sql.Selector) {
		other := sql.Dialect(s.Dialect()).Table(table)
		s.Where(sql.Exists(sql.Dialect(s.Dialect()).Select(other.C(column)).From(other).Where(sql.ColumnsEQ(other.C(column), s.C("id")))))
	}
}
