package live

import (
	"log/slog"
	"sync"
	"sync/atomic"
	"time"
)

// progressEvery is the time between two lines about the progress of long work.
const progressEvery = 10 * time.Second

// Progress reports long work to the log: a line when it begins, one every 10 seconds, and one when it ends.
type Progress struct {
	log   *slog.Logger
	unit  string
	total int
	done  atomic.Int64
	stop  chan struct{}
	ended sync.WaitGroup
}

// Begin reports that work begins on so many rows or other units, such as "accounts". End must follow.
func Begin(log *slog.Logger, work, unit string, total int) *Progress {
	p := &Progress{log: log.With("work", work), unit: unit, total: total, stop: make(chan struct{})}
	p.log.Info("preparing the database; the server is not ready until it ends", "of", total, "unit", unit)
	p.ended.Go(func() {
		tick := time.NewTicker(progressEvery)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				p.report("still preparing the database")
			case <-p.stop:
				return
			}
		}
	})
	return p
}

// Add notes that n more units are done.
func (p *Progress) Add(n int) { p.done.Add(int64(n)) }

// End reports that the work ended, unless it failed: then its error says so.
func (p *Progress) End(err error) {
	close(p.stop)
	p.ended.Wait()
	if err == nil {
		p.report("the database is prepared")
	}
}

func (p *Progress) report(says string) {
	p.log.Info(says, "done", p.done.Load(), "of", p.total, "unit", p.unit)
}
