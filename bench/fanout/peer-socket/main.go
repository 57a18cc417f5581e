// Command peer-socket is Usher's WebSocket transport with the smallest feeder that shares results: one group for all, and a writer for
// each processor. The rest of Usher's cost comes from rooms, rights and logs.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"net/http"
	"os"
	"runtime"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2/ast"

	"usher/bench/fanout/hub"
	"usher/bench/fanout/schema"
	"usher/wire"
)

// maxBatch limits the events of one write.
const maxBatch = 16

// feeder executes the first subscription and sends its results to all with the same document.
type feeder struct {
	exec   graphql.GraphExecutor
	mu     sync.Mutex
	groups map[string]*group
}

func (f *feeder) Share(ctx context.Context, op *graphql.OperationContext, out wire.Sink) (func(), bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	g := f.groups[op.RawQuery]
	if g == nil {
		g = newGroup()
		f.groups[op.RawQuery] = g
		next, ctx := f.exec.DispatchOperation(context.WithoutCancel(ctx), op)
		go g.pump(ctx, next)
	}
	return g.add(out), true
}

type group struct {
	mu     sync.Mutex
	next   int
	shards []*shard
}

// shard is a part of a group with its own writer. The list is replaced, never changed, so that the writer reads it without a lock.
type shard struct {
	mu    sync.Mutex
	sinks []wire.Sink
	queue [][]byte
	wake  chan struct{}
}

func newGroup() *group {
	g := new(group)
	for range runtime.GOMAXPROCS(0) {
		s := &shard{wake: make(chan struct{}, 1)}
		g.shards = append(g.shards, s)
		go s.write()
	}
	return g
}

func (g *group) add(out wire.Sink) (stop func()) {
	g.mu.Lock()
	s := g.shards[g.next%len(g.shards)]
	g.next++
	g.mu.Unlock()
	s.mu.Lock()
	s.sinks = append(s.sinks, out)
	s.mu.Unlock()
	return func() {} // the clients end with the measurement
}

func (g *group) pump(ctx context.Context, next graphql.ResponseHandler) {
	for response := next(ctx); response != nil; response = next(ctx) {
		payload, err := json.Marshal(response)
		if err != nil {
			return
		}
		for _, s := range g.shards {
			s.mu.Lock()
			s.queue = append(s.queue, payload)
			s.mu.Unlock()
			select {
			case s.wake <- struct{}{}:
			default:
			}
		}
	}
}

func (s *shard) write() {
	for range s.wake {
		for {
			s.mu.Lock()
			n := min(len(s.queue), maxBatch)
			batch, sinks := s.queue[:n:n], s.sinks
			s.queue = s.queue[n:]
			s.mu.Unlock()
			if n == 0 {
				break
			}
			for _, out := range sinks {
				if !out.Next(batch...) {
					out.EndConnection(wire.EndTooSlow) // there is no log to resume from
				}
			}
		}
	}
}

func main() {
	addr := flag.String("addr", "127.0.0.1:7003", "where to listen")
	alone := flag.Bool("alone", false, "share nothing: each subscription is executed on its own")
	flag.Parse()
	if err := serve(*addr, *alone); err != nil {
		_, _ = os.Stderr.WriteString(err.Error() + "\n")
		os.Exit(1)
	}
}

func serve(addr string, alone bool) error {
	f := &feeder{groups: map[string]*group{}}
	config := wire.WebSocketConfig{Share: f, MaxAnonymousPerAddress: 1 << 20, MaxAnonymous: 1 << 20}
	if alone {
		config.Share = nil
	}
	socket := wire.NewWebSocket(config)
	server := handler.New(schema.NewExecutableSchema(schema.Config{Resolvers: &schema.Resolver{Hub: hub.New[*schema.RoomEvent]()}}))
	server.AddTransport(executorOf{socket, f})
	server.AddTransport(transport.POST{})
	server.SetQueryCache(lru.New[*ast.QueryDocument](1000))
	http.Handle("/graphql", server)
	return http.ListenAndServe(addr, nil)
}

// executorOf gives the feeder the transport's executor.
type executorOf struct {
	*wire.WebSocket
	f *feeder
}

func (t executorOf) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	t.f.mu.Lock()
	t.f.exec = exec
	t.f.mu.Unlock()
	t.WebSocket.Do(w, r, exec)
}
