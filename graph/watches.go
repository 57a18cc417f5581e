package graph

import (
	"context"
	"slices"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"usher/auth"
	"usher/wire"
)

// These limit what one principal watches of one room at once. Tabs with the same document count it once. A document that is executed
// for its asker alone counts for each execution.
const (
	maxDocuments = 8
	maxOwn       = 32
)

// watches counts what each principal watches of each room. The zero value is ready to use.
type watches struct {
	mu sync.Mutex
	by map[watched]*watchedBy
}

type watched struct {
	principal auth.Principal
	room      string
}

type watchedBy struct {
	documents []watchedDocument // a list, because most people have only one
	own       int
}

type watchedDocument struct {
	key   string
	times int
}

// watch is one counted subscription.
type watch struct {
	in       *watches
	of       watched
	document string
	own      bool
}

// enter counts a subscription to a room. It returns an error beyond the limit.
func (w *watches) enter(of watched, document string, own bool) (*watch, *gqlerror.Error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	by := w.by[of]
	if by == nil {
		by = &watchedBy{}
	}
	i := by.find(document)
	switch {
	case i < 0 && len(by.documents) >= maxDocuments:
		return nil, wire.RefuseMore(maxDocuments, "documents on this room")
	case own && by.own >= maxOwn:
		return nil, wire.RefuseMore(maxOwn, "individual subscriptions on this room")
	case i < 0:
		by.documents = append(by.documents, watchedDocument{document, 1})
	default:
		by.documents[i].times++
	}
	if own {
		by.own++
	}
	if w.by == nil {
		w.by = map[watched]*watchedBy{}
	}
	w.by[of] = by
	return &watch{w, of, document, own}, nil
}

func (by *watchedBy) find(document string) int {
	return slices.IndexFunc(by.documents, func(d watchedDocument) bool { return d.key == document })
}

// leave uncounts the subscription. It must be called only once.
func (w *watch) leave() {
	w.in.mu.Lock()
	defer w.in.mu.Unlock()
	by := w.in.by[w.of]
	i := by.find(w.document)
	if by.documents[i].times--; by.documents[i].times == 0 {
		by.documents = slices.Delete(by.documents, i, i+1)
	}
	if w.own {
		by.own--
	}
	if len(by.documents) == 0 {
		delete(w.in.by, w.of)
	}
}

// enterOwn counts a subscription that is executed for its asker alone.
func (w *watches) enterOwn(ctx context.Context, roomID string) (*watch, error) {
	op := graphql.GetOperationContext(ctx)
	document := op.RawQuery
	if root, ok := op.Operation.SelectionSet[0].(*ast.Field); ok {
		document, _ = documentKey(op, root)
	}
	entered, refusal := w.enter(watched{auth.From(ctx).Principal(), roomID}, document, true)
	if refusal != nil {
		return nil, refusal
	}
	return entered, nil
}
