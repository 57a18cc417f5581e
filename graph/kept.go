package graph

import (
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"usher/room"
)

// rendering identifies a rendered event, or a rendered count of who is in a room.
type rendering struct {
	group    *group
	room     string
	at       int // the event's revision, or the number of the count
	audience room.Audience
	kind     string // of the event
	since    int    // of the count: the one before, for its readers
	read     int    // of a tool's event: the room's revision when it was read. What it says may be hidden or deleted later (V12)
}

type rendered struct {
	payload []byte
	at      time.Time
}

// Rendered events are kept briefly for subscribers who read the same events at about the same time, such as many that resume together.
const (
	keepRendered = time.Second
	keptBytes    = 4 << 20
	keptEvents   = 4 << 10
)

// kept is a cache of recently rendered events of all documents, up to keptBytes.
type kept struct {
	now   func() time.Time
	mu    sync.Mutex
	bytes int
	lru   *simplelru.LRU[rendering, rendered]
}

func newKept(now func() time.Time) *kept {
	k := &kept{now: now}
	lru, err := simplelru.NewLRU(keptEvents, func(_ rendering, r rendered) { k.bytes -= len(r.payload) })
	if err != nil {
		panic(err) // the size is above 0
	}
	k.lru = lru
	return k
}

// get returns a recently rendered event.
func (k *kept) get(what rendering) (payload []byte, ok bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	r, ok := k.lru.Get(what)
	if ok && k.now().Sub(r.at) >= keepRendered {
		k.lru.Remove(what)
		return nil, false
	}
	return r.payload, ok
}

// add stores a rendered event and evicts those that are too old or too many.
func (k *kept) add(what rendering, payload []byte) {
	now := k.now()
	k.mu.Lock()
	defer k.mu.Unlock()
	k.lru.Remove(what) // uncounts the payload it replaces
	k.bytes += len(payload)
	k.lru.Add(what, rendered{payload, now})
	for {
		_, oldest, ok := k.lru.GetOldest()
		if !ok || k.bytes <= keptBytes && now.Sub(oldest.at) < keepRendered {
			return
		}
		k.lru.RemoveOldest()
	}
}
