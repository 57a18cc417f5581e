package live

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"usher/problem"
)

const (
	// collectMost limits the commands of one transaction.
	collectMost = 256
	// collectLimit limits how long a transaction of several commands takes.
	collectLimit = 2 * writeLimit
	// crowdedStep is the window for each command after the first.
	crowdedStep = 10 * time.Millisecond
)

// Batch does the work of one transaction on commands that share a key.
type Batch[V any] interface {
	// Run runs the i-th command and returns its answer. An error refuses that command alone.
	Run(i int) (V, error)
	// Flush writes what the commands left to be written at the end.
	Flush() error
}

// Collect lets commands that share a key share a transaction. A command that arrives alone runs at once. One that arrives while a
// transaction of its key runs joins the next. A window is the least time between the starts of two transactions, so that a crowd costs
// few commits.
//
// Commands run in the order in which they arrive. Each gets its own answer or error, after the commit. A refused command leaves
// nothing behind and does not affect the others: if it wrote something, or if any statement failed, the transaction is rolled back,
// and each of its commands runs alone. If the storage fails, or a commit has no answer, all get problem.ErrUnavailable.
type Collect[C, V any] struct {
	log   *Log
	begin func(ctx context.Context, tx *Tx, key string, commands []C) (Batch[V], error)
	// window returns the window after a transaction of n commands.
	window func(n int) time.Duration

	running sync.WaitGroup
	mu      sync.Mutex
	closed  bool
	lines   map[string][]*queued[C, V] // the commands that wait, by key; an entry exists while a goroutine works on the key
}

// queued is a command in line. Whoever closes done has set the other results before.
type queued[C, V any] struct {
	ctx      context.Context // of the caller
	command  C
	done     chan struct{}
	value    V
	err      error
	panicked *panicked
}

// panicked is a panic of a command. It goes on in the command's own caller.
type panicked struct {
	value any
	stack []byte
}

func (p *panicked) Error() string { return fmt.Sprintf("panic: %v\n%s", p.value, p.stack) }

// Crowded returns the window of commands that come one by one or all at once. A command that comes alone delays none after it. The more come
// together, the longer the window is, up to most, so that more share a transaction and what their answers read.
func Crowded(most time.Duration) func(n int) time.Duration {
	return func(n int) time.Duration { return min(time.Duration(n-1)*crowdedStep, most) }
}

// NewCollect returns a Collect that writes with a log. begin locks what the key names, and reads what all commands need. It may be
// called several times with the same commands, so they must keep no state between its calls.
func NewCollect[C, V any](
	log *Log, begin func(ctx context.Context, tx *Tx, key string, commands []C) (Batch[V], error), window func(n int) time.Duration,
) *Collect[C, V] {
	return &Collect[C, V]{log: log, begin: begin, window: window, lines: map[string][]*queued[C, V]{}}
}

// Do runs a command and returns its answer once it is committed. If ctx ends first, the caller stops waiting: then the command is
// left out, or finishes without an answer.
func (c *Collect[C, V]) Do(ctx context.Context, key string, command C) (v V, err error) {
	q := &queued[C, V]{ctx: ctx, command: command, done: make(chan struct{})}
	if !c.join(key, q) {
		return v, fmt.Errorf("the server stops: %w", problem.ErrUnavailable)
	}
	resume := rest(ctx)
	select {
	case <-q.done:
	case <-ctx.Done():
		return v, unavailable("wait for other commands", ctx.Err())
	}
	if err := resume(ctx); err != nil {
		return v, unavailable("go on after waiting", err)
	}
	if q.panicked != nil {
		panic(q.panicked)
	}
	return q.value, q.err
}

// Close refuses further commands, and returns once those that were in line are done.
func (c *Collect[C, V]) Close() {
	c.mu.Lock()
	c.closed = true
	c.mu.Unlock()
	c.running.Wait()
}

// join puts a command in line and has its key worked on. It returns false after Close.
func (c *Collect[C, V]) join(key string, q *queued[C, V]) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return false
	}
	line, working := c.lines[key]
	c.lines[key] = append(line, q)
	if !working {
		c.running.Go(func() { c.work(key) })
	}
	return true
}

// work runs the commands of a key until none waits.
func (c *Collect[C, V]) work(key string) {
	for batch := c.take(key); batch != nil; batch = c.take(key) {
		window := time.NewTimer(c.window(len(batch)))
		c.run(key, batch)
		if !c.full(key) {
			<-window.C
		}
		window.Stop()
	}
}

// take returns the next commands in line, without those whose callers have left. It returns nil, and forgets the key, if there are none.
func (c *Collect[C, V]) take(key string) (batch []*queued[C, V]) {
	c.mu.Lock()
	defer c.mu.Unlock()
	line := c.lines[key]
	for len(line) > 0 && len(batch) < collectMost {
		if q := line[0]; q.ctx.Err() == nil {
			batch = append(batch, q)
		}
		line = line[1:]
	}
	c.lines[key] = line
	if batch == nil {
		delete(c.lines, key)
	}
	return batch
}

// full reports whether the commands in line fill a transaction.
func (c *Collect[C, V]) full(key string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.lines[key]) >= collectMost
}

// run runs commands together. If that fails, but not because of the storage, each runs alone, so that none fails the others.
func (c *Collect[C, V]) run(key string, batch []*queued[C, V]) {
	c.log.metrics.together.Observe(float64(len(batch)))
	err := c.together(key, batch)
	if err != nil && len(batch) > 1 && !errors.Is(err, problem.ErrUnavailable) {
		for i := range batch {
			alone := batch[i : i+1]
			c.finish(alone, c.together(key, alone))
		}
		return
	}
	c.finish(batch, err)
}

// finish answers the commands of a transaction that was committed, or failed with err.
func (c *Collect[C, V]) finish(batch []*queued[C, V], err error) {
	for _, q := range batch {
		if err != nil {
			var none V
			q.value, q.err = none, err
			if p, ok := errors.AsType[*panicked](err); ok {
				q.panicked = p
			}
		}
		close(q.done)
	}
}

// together runs commands in one transaction. A command alone is rolled back by its own refusal, which together returns.
func (c *Collect[C, V]) together(key string, batch []*queued[C, V]) (err error) {
	// The transaction serves several callers, so it does not end with the context of any of them.
	ctx, cancel := context.WithTimeout(context.Background(), collectLimit)
	defer cancel()
	defer func() {
		if value := recover(); value != nil {
			err = &panicked{value, debug.Stack()}
		}
	}()
	commands := make([]C, len(batch))
	for i, q := range batch {
		commands[i] = q.command
	}
	return c.log.Write(ctx, func(tx *Tx) error {
		work, err := c.begin(ctx, tx, key, commands)
		if err != nil {
			return err
		}
		for i, q := range batch {
			changes := tx.did.changes
			q.value, q.err = work.Run(i)
			if q.err != nil && (len(batch) == 1 || tx.did.failed || tx.did.changes > changes) {
				return q.err
			}
		}
		return work.Flush()
	})
}
