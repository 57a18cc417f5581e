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
	cost := g.cost(ctx, op)
	if cost > limit {
		return refuse(CodeTooComplex, "the operation has complexity %d, above the limit of %d; ask for fewer rows or fields", cost, limit)
	}
	op.Stats.SetExtension(costKey, cost)
	return nil
}

// cost returns the complexity of an operation. It keeps those of each document, so that the app's documents are added up once, not with
// each request.
func (g *guard) cost(ctx context.Context, op *graphql.OperationContext) int {
	kept, known := g.costs.Get(ctx, op.RawQuery)
	if known {
		if cost, known := kept.find(op.Variables); known {
			return cost
		}
	}
	deciding := map[string]bool{}
	cost := costs{ctx, g.executable, g.schema, op.Variables, deciding}.of(op.Operation.SelectionSet)
	if !known && len(op.Doc.Operations) == 1 && len(op.RawQuery) <= keptDocumentLen {
		kept = newKeptCosts(deciding)
		g.costs.Add(ctx, op.RawQuery, kept)
	}
	if kept != nil {
		kept.add(op.Variables, cost)
	}
	return cost
}

// introspectionCost makes introspection take turns, because its answers are large.
const introspectionCost = DefaultComplexity / 3

// costs adds up the complexity of selections. A field costs 1 plus the selection below it, unless the schema has its own function.
type costs struct {
	ctx        context.Context //nolint:containedctx // of one walk
	executable graphql.ExecutableSchema
	schema     *ast.Schema
	variables  map[string]any
	deciding   map[string]bool // gets the names of the variables that decide the cost
}

// of returns the highest possible cost of a selection. An object has one type, so of the fragments on different types only the most
// expensive counts.
func (c costs) of(set ast.SelectionSet) int {
	common, types := c.split(set)
	return min(common+dearest(types), beyond)
}

// split returns what a selection costs for objects of any type, and what it costs besides for those of each type.
func (c costs) split(set ast.SelectionSet) (common int, types map[string]int) {
	types = map[string]int{}
	within := func(condition string, set ast.SelectionSet) {
		any, each := c.split(set)
		if of := c.schema.Types[condition]; of != nil && of.Kind == ast.Object {
			types[condition] = min(types[condition]+any+dearest(each), beyond)
			return
		}
		common = min(common+any, beyond)
		for name, cost := range each {
			types[name] = min(types[name]+cost, beyond)
		}
	}
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			common = min(common+c.field(s), beyond)
		case *ast.InlineFragment:
			within(s.TypeCondition, s.SelectionSet)
		case *ast.FragmentSpread:
			within(s.Definition.TypeCondition, s.Definition.SelectionSet)
		}
	}
	return common, types
}

// dearest returns the highest of the costs of types, 0 without any.
func dearest(types map[string]int) (most int) {
	for _, cost := range types {
		most = max(most, cost)
	}
	return most
}

func (c costs) field(field *ast.Field) int {
	if field.Name == "__schema" || field.Name == "__type" {
		return introspectionCost // a fixed cost, because its levels are limited
	}
	below := c.of(field.SelectionSet)
	arguments := field.ArgumentMap(c.variables)
	most := 1
	for _, object := range c.objects(field.ObjectDefinition) {
		cost, own := c.executable.Complexity(c.ctx, object.Name, field.Name, below, arguments)
		if own {
			for _, argument := range field.Arguments {
				addVariables(c.deciding, argument.Value)
			}
		}
		if !own || cost < 1 {
			cost = 1 + below
		}
		most = max(most, cost)
	}
	return min(most, beyond)
}

// addVariables adds the names of the variables in a value.
func addVariables(names map[string]bool, value *ast.Value) {
	if value.Kind == ast.Variable {
		names[value.Raw] = true
	}
	for _, child := range value.Children {
		addVariables(names, child.Value)
	}
}

// objects returns the possible types of a field's parent.
func (c costs) objects(parent *ast.Definition) []*ast.Definition {
	if parent.Kind == ast.Object {
		return []*ast.Definition{parent}
	}
	return c.schema.GetPossibleTypes(parent)
}
