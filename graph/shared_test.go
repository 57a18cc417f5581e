package graph

import (
	"context"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/ast"

	"usher/graph/generated"
	"usher/web/documents"
)

// A page with a document that depends on its asker costs the server a hundred times as much in a full room.
func TestEachSubscriptionOfTheAppToARoomsEventsIsShared(t *testing.T) {
	all, err := documents.Read("../web/src")
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	for name, document := range all {
		op, errs := executor.New(generated.NewExecutableSchema(generated.Config{})).CreateOperationContext(
			graphql.StartOperationTrace(context.Background()),
			&graphql.RawParams{Query: document, Variables: map[string]any{"roomId": "r", "after": 7, "token": "t"}, OperationName: name})
		if op.Operation == nil || op.Operation.Operation != "subscription" {
			continue
		}
		if errs != nil {
			t.Fatalf("%s: %v", name, errs)
		}
		root := op.Operation.SelectionSet[0].(*ast.Field).Name //nolint:forcetypeassert // the app selects a field
		if root != "roomEvents" {
			continue
		}
		read++
		if _, ok := sharedAsk(op); !ok {
			t.Errorf("%s is executed for each asker alone:\n%s", name, document)
		}
	}
	if read < 2 {
		t.Errorf("read %d subscriptions to events from the app, want those of the manager's page and of one's own place", read)
	}
}
