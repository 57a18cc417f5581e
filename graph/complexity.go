package graph

import (
	"context"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"usher/ent/participant"
	"usher/graph/generated"
	"usher/role"
	"usher/room"
)

// Config is what the executable schema is made of: the resolvers, and what lists cost, a row as much as all that is asked of
// it, so that lists within lists are refused before they are read. Long texts cost by their bytes.
func Config(r *Resolver) generated.Config {
	c := generated.Config{Resolvers: r}
	c.Complexity.Query.Rooms = func(row int, first *int, _, _ *string) int { return rows(first, 20, row) }
	c.Complexity.Room.Sessions = func(row int, first *int, _ *string) int { return rows(first, 20, row) }
	c.Complexity.Room.Invitations = func(row int, first *int, _ *string, _ []room.InvitationStatus, _ *string) int {
		return rows(first, 50, row)
	}
	c.Complexity.Room.Participants = func(row int, first *int, _ *string, _ []participant.State, _ []role.RoomRole, _ *string) int {
		return rows(first, 100, row)
	}
	c.Complexity.Room.Events = func(row int, first, _ *int) int { return rows(first, 50, row) }
	c.Complexity.Invitation.Events = func(row int, first, _ *int) int { return rows(first, 50, row) }
	c.Complexity.Query.UserSearch = func(row int, _, _ string, first *int) int { return rows(first, 8, row) }
	c.Complexity.Room.Managers, c.Complexity.Me.Participants, c.Complexity.Presence.Changed = few, few, few
	c.Complexity.Room.Description, c.Complexity.InvitationLink.RoomDescription = longText(5000), longText(5000)
	c.Complexity.Invitation.HostMessage, c.Complexity.HostAsked.Message = longText(280), longText(280)
	return c
}

// rows is what a list costs. Sizes that are refused later count as the least here.
func rows(first *int, otherwise, row int) int {
	n := otherwise
	if first != nil {
		n = max(1, *first)
	}
	return 1 + n*row
}

// few is what a list costs that has no pages, and mostly few rows.
func few(row int) int { return rows(nil, 10, row) }

// textUnit is how many bytes of a text cost as much as a short field.
const textUnit = 100

// longText is what a field costs whose text has at most so many characters.
func longText(characters int) func(int) int {
	cost := characters * utf8.UTFMax / textUnit
	return func(int) int { return cost }
}

// checkComplexity refuses an operation that costs more than its kind may.
func (g *guard) checkComplexity(ctx context.Context, op *graphql.OperationContext) *gqlerror.Error {
	limit := g.limits.Complexity
	if op.Operation.Operation == ast.Subscription {
		limit = g.limits.MessageComplexity
	}
	cost := costs{ctx, g.executable, g.schema, op.Variables}.of(op.Operation.SelectionSet)
	if cost > limit {
		return refuse(codeTooComplex, "the operation has complexity %d, above the limit of %d; ask for fewer rows or fields", cost, limit)
	}
	op.Stats.SetExtension(costKey, cost)
	return nil
}

// introspectionCost has introspection take turns, as its answers are large.
const introspectionCost = complexity / 3

// costs adds up what selections cost: a field 1 and what is selected below it, where the schema has no figure of its own.
type costs struct {
	ctx        context.Context //nolint:containedctx // of one walk
	executable graphql.ExecutableSchema
	schema     *ast.Schema
	variables  map[string]any
}

// of is what a selection costs at most. An object is of one type: of the fragments on different types the dearest counts.
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
		return introspectionCost // whatever is asked of it: its levels are limited
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

// objects are the types of which the parent of a field may be.
func (c costs) objects(parent *ast.Definition) []*ast.Definition {
	if parent.Kind == ast.Object {
		return []*ast.Definition{parent}
	}
	return c.schema.GetPossibleTypes(parent)
}
