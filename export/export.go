// Package export writes what people left in the tools of a session to a file for its managers. It knows no tool: each lists its contents.
// Only packages above it may import it: graph and site.
package export

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/session"
	"usher/live"
	"usher/problem"
	"usher/role"
	"usher/room"
	"usher/tools"
)

// A manager runs one export at a time, and starts perMinute in a minute (T10).
const (
	perMinute = 10
	rateKeys  = 10_000
)

// Exported reports that somebody exported what a session has.
type Exported struct {
	room.Event
	Session *ent.Session
	What    string
}

var exported = room.Register(room.Kind{
	Name: "Exported", Audience: room.Managers.Always,
	Show: func(h *room.Happening, e room.Event) room.RoomEvent {
		if h.Session == nil {
			return nil
		}
		return Exported{e, h.Session, h.Row.Detail.Channel}
	},
})

// Exports writes exports.
type Exports struct {
	db       *ent.Client // reads
	rooms    *room.Rooms
	contents []tools.Content
	rate     *auth.Rates // of one account

	mu      sync.Mutex
	running map[string]bool // by account
}

// New builds the service.
func New(database *live.Database, log *live.Log, rooms *room.Rooms, contents []tools.Content) *Exports {
	return &Exports{
		db: database.Read, rooms: rooms, contents: contents, running: map[string]bool{},
		rate: auth.NewRates(perMinute, time.Minute, perMinute, rateKeys, log.Now),
	}
}

// busy refuses an export that its account may start later.
type busy struct {
	message string
	after   time.Duration
}

func (b *busy) Error() string { return b.message }

// An export is what somebody may now write to a file.
type export struct {
	content tools.Content
	session *ent.Session
	tx      *ent.Tx
	end     func()
}

// begin checks that the asker may export, and begins a snapshot. The caller calls end. It returns the first that applies:
// problem.ErrUnauthenticated, problem.BadInput, problem.ErrNotFound, problem.ErrForbidden, busy.
func (x *Exports) begin(ctx context.Context, actor auth.Actor, sessionID, what string) (*export, error) {
	u, err := actor.SignedIn()
	if err != nil {
		return nil, err
	}
	found := &export{}
	for _, c := range x.contents {
		if c.Name == what {
			found.content = c
		}
	}
	if found.content.Read == nil {
		return nil, &problem.BadInput{Message: "what must name something that can be exported"}
	}
	of, err := x.db.Session.Query().Where(session.ID(sessionID)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, problem.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("read session: %w", err)
	}
	found.session = of
	var end func()
	err = x.rooms.Act(ctx, actor, of.RoomID, role.Export, func(t *room.Turn) error {
		if end == nil { // the turn may run again after a conflict
			if end, err = x.enter(u.ID); err != nil {
				return err
			}
		}
		e := live.Entry{SessionID: of.ID}
		e.Detail.Channel = what
		return t.Emit(exported, e)
	})
	if err == nil {
		found.tx, err = x.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	}
	if err != nil {
		if end != nil {
			end()
		}
		return nil, err
	}
	found.end = func() {
		_ = found.tx.Rollback()
		end()
	}
	return found, nil
}

// enter counts an export of an account until end is called.
func (x *Exports) enter(account string) (end func(), err error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.running[account] {
		return nil, &busy{"another export of yours is running; wait until it ends", time.Second}
	}
	if after, ok := x.rate.Allow(account); !ok {
		return nil, &busy{fmt.Sprintf("you may start %d exports in a minute", perMinute), after}
	}
	x.running[account] = true
	return func() {
		x.mu.Lock()
		defer x.mu.Unlock()
		delete(x.running, account)
	}, nil
}
