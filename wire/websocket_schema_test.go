package wire_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// schema is a small executable schema, like those that gqlgen generates. Its fields are for the tests.
type schema struct {
	*ast.Schema
	opened, ended atomic.Int32  // subscriptions to events, and those whose context has ended
	events        chan string   // events(): one subscriber takes each
	held          chan struct{} // held and stubborn answer when it is closed; held also when it is cancelled
	entered       chan struct{} // they were asked
}

func newSchema() *schema {
	return &schema{
		Schema: gqlparser.MustLoadSchema(&ast.Source{Input: `
			type Query { hello(name: String! = "world"): String! double(n: Int!): Int! fail: String panic: String held: String stubborn: String big(size: Int!): String! }
			type Mutation { held: String }
			type Subscription { count(to: Int!): Int! big(size: Int!): String! events: String! refused: String! }
		`}),
		events: make(chan string), held: make(chan struct{}), entered: make(chan struct{}, 100),
	}
}

type executable struct{ *schema }

func (e executable) Schema() *ast.Schema { return e.schema.Schema }

func (e executable) Complexity(context.Context, string, string, int, map[string]any) (int, bool) {
	return 0, false
}

func (e executable) Exec(ctx context.Context) graphql.ResponseHandler {
	op := graphql.GetOperationContext(ctx)
	root := map[ast.Operation]string{ast.Query: "Query", ast.Mutation: "Mutation", ast.Subscription: "Subscription"}[op.Operation.Operation]
	field := graphql.CollectFields(op, op.Operation.SelectionSet, []string{root})[0]
	args := field.ArgumentMap(op.Variables)
	data := func(value any) *graphql.Response {
		b, err := json.Marshal(map[string]any{field.Alias: value})
		if err != nil {
			panic(err)
		}
		return &graphql.Response{Data: b}
	}
	number := func(name string) int {
		n, err := graphql.UnmarshalInt(args[name])
		if err != nil {
			panic(err)
		}
		return n
	}
	if root != "Subscription" {
		answered := false
		return func(ctx context.Context) *graphql.Response {
			if answered {
				return nil
			}
			answered = true
			return e.answer(ctx, field.Name, data, number, args)
		}
	}
	switch field.Name {
	case "refused":
		graphql.AddError(ctx, errors.New("not for you"))
		return nil
	case "events":
		e.opened.Add(1)
		context.AfterFunc(ctx, func() { e.ended.Add(1) })
	}
	sent := 0
	return func(ctx context.Context) *graphql.Response {
		switch sent++; field.Name {
		case "count":
			if sent <= number("to") {
				return data(sent)
			}
			return nil
		case "big":
			return data(strings.Repeat("x", number("size")))
		}
		select {
		case event, more := <-e.events:
			if !more {
				return nil
			}
			return data(event)
		case <-ctx.Done():
			return nil
		}
	}
}

func (e executable) answer(ctx context.Context, field string, data func(any) *graphql.Response, number func(string) int, args map[string]any) *graphql.Response {
	switch field {
	case "hello":
		return data(fmt.Sprintf("hello %v", args["name"]))
	case "double":
		return data(2 * number("n"))
	case "big":
		return data(strings.Repeat("x", number("size")))
	case "panic":
		panic("secret of the program")
	case "stubborn":
		e.entered <- struct{}{}
		<-e.held
		return data("released")
	case "held":
		e.entered <- struct{}{}
		select {
		case <-e.held:
			return data("released")
		case <-ctx.Done():
			e.ended.Add(1)
			return data("cancelled")
		}
	}
	graphql.AddError(ctx, errors.New("it failed"))
	return data(nil)
}
