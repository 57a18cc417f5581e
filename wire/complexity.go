package wire

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// costKey is where an operation's statistics have its complexity.
const costKey = "cost"

// Cost returns the complexity of an operation that the guard accepted, or 0 if it is unknown.
func Cost(op *graphql.OperationContext) int {
	cost, _ := op.Stats.GetExtension(costKey).(int)
	return cost
}

// checkComplexity refuses an operation whose complexity exceeds the limit of its kind.
func (g *guard) checkComplexity(ctx context.Context, op *graphql.OperationContext) *gqlerror.Error {
	limit := g.limits.Complexity
	if op.Operation.Operation == ast.Subscription {
		limit = g.limits.MessageComplexity
	}
	cost := costs{ctx, g.executable, g.schema, op.Variables}.of(op.Operation.SelectionSet)
	if cost > limit {
		return refuse(CodeTooComplex, "the operation has complexity %d, above the limit of %d; ask for fewer rows or fields", cost, limit)
	}
	op.Stats.SetExtension(costKey, cost)
	return nil
}

// introspectionCost makes introspection take turns, because its answers are large.
const introspectionCost = DefaultComplexity / 3

// costs adds up the complexity of selections. A field costs 1 plus the selection below it, unless the schema has its own function.
type costs struct {
	ctx        context.Context //nolint:containedctx // of one walk
	executable graphql.ExecutableSchema
	schema     *ast.Schema
	variables  map[string]any
}

// of returns the highest possible cost of a selection. An object has one type, so of the fragments on different types only the most
// expensive counts.
func (c costs) of(set ast.SelectionSet) int {
	common, dearest := 0, 0
	types := map[string]int{}
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			common += c.field(s)
		case *ast.InlineFragment:
			types[s.TypeCondition] += c.of(s.SelectionSet)
		case *ast.FragmentSpread:
			types[s.Definition.TypeCondition] += c.of(s.Definition.SelectionSet)
		}
	}
	for condition, cost := range types {
		if of := c.schema.Types[condition]; of != nil && of.Kind == ast.Object {
			dearest = max(dearest, cost)
		} else {
			common += cost
		}
	}
	return min(common+dearest, beyond)
}

func (c costs) field(field *ast.Field) int {
	if field.Name == "__schema" || field.Name == "__type" {
		return introspectionCost // a fixed cost, because its levels are limited
	}
	below := c.of(field.SelectionSet)
	arguments := field.ArgumentMap(c.variables)
	dearest := 1
	for _, object := range c.objects(field.ObjectDefinition) {
		cost, own := c.executable.Complexity(c.ctx, object.Name, field.Name, below, arguments)
		if !own || cost < 1 {
			cost = 1 + below
		}
		dearest = max(dearest, cost)
	}
	return min(dearest, beyond)
}

// objects returns the possible types of a field's parent.
func (c costs) objects(parent *ast.Definition) []*ast.Definition {
	if parent.Kind == ast.Object {
		return []*ast.Definition{parent}
	}
	return c.schema.GetPossibleTypes(parent)
}
