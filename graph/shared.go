package graph

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"usher/room"
)

// shared is what a shareable subscription asks for.
type shared struct {
	root   string // the field: roomEvents, presence, tally or invitationLink
	roomID string
	after  *int
	tools  room.Topics
	token  string // of the link
	alone  bool   // it shows each asker something of their own
	key    string // subscriptions with equal keys are rendered together
}

// The fields of shareable subscriptions.
const (
	rootEvents   = "roomEvents"
	rootPresence = "presence"
	rootTally    = "tally"
	rootLink     = "invitationLink"
)

// sharedAsk inspects a subscription's document. It can be shared if it asks for a room's events, for its presence or tally without a
// field that depends on the asker, or for a link. What is read is then shared. Messages are shared too, unless the document selects something of
// the asker's own. The document alone decides this, not a promise of the client.
func sharedAsk(op *graphql.OperationContext) (ask shared, ok bool) {
	set := op.Operation.SelectionSet
	if len(set) != 1 {
		return ask, false
	}
	field, ok := set[0].(*ast.Field)
	if !ok || len(field.Directives) > 0 {
		return ask, false
	}
	arguments := field.ArgumentMap(op.Variables)
	switch ask.root = field.Name; ask.root {
	case rootLink:
		ask.alone = selects(field.SelectionSet, "link")
		ask.token, ok = arguments["token"].(string)
	case rootEvents, rootPresence, rootTally:
		ask.roomID, ok = arguments["roomId"].(string)
		ask.alone = readsAsker(field.SelectionSet, map[string]bool{})
		ok = ok && !(ask.alone && ask.root != rootEvents)
		if tools, given := arguments["tools"].([]any); given {
			for _, tool := range tools {
				ask.tools = append(ask.tools, room.Topic(fmt.Sprint(tool)))
			}
		}
	default:
		ok = false
	}
	if !ok {
		return ask, false
	}
	if after := arguments["after"]; after != nil {
		n, err := graphql.UnmarshalInt(after)
		if err != nil {
			return ask, false
		}
		ask.after = &n
	}
	ask.key, ok = documentKey(op, field)
	return ask, ok
}

// selects reports whether a selection contains a field, itself or through fragments.
func selects(set ast.SelectionSet, name string) bool {
	return slices.ContainsFunc(set, func(selection ast.Selection) bool {
		switch s := selection.(type) {
		case *ast.Field:
			return s.Name == name
		case *ast.InlineFragment:
			return selects(s.SelectionSet, name)
		case *ast.FragmentSpread:
			return s.Definition == nil || selects(s.Definition.SelectionSet, name)
		}
		return true
	})
}

// documentKey identifies a document with its variables, except for those that only give `after` or a link's token.
func documentKey(op *graphql.OperationContext, root *ast.Field) (key string, ok bool) {
	variables := maps.Clone(op.Variables)
	for _, argument := range []string{"after", "token"} {
		delete(variables, onlyGives(root, argument))
	}
	text, err := json.Marshal([]any{op.RawQuery, op.OperationName, variables})
	return string(text), err == nil
}

// readsAsker reports whether a selection contains a field marked with @asker, or a directive that could hide one.
func readsAsker(set ast.SelectionSet, seen map[string]bool) bool {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			if s.Definition == nil || dependsOnAsker(s.Definition) || readsAsker(s.SelectionSet, seen) {
				return true
			}
		case *ast.InlineFragment:
			if readsAsker(s.SelectionSet, seen) {
				return true
			}
		case *ast.FragmentSpread:
			if seen[s.Name] {
				continue
			}
			seen[s.Name] = true
			if s.Definition == nil || readsAsker(s.Definition.SelectionSet, seen) {
				return true
			}
		}
	}
	return false
}

// dependsOnAsker reports whether a field depends on the asker in events too.
func dependsOnAsker(field *ast.FieldDefinition) bool {
	mark := field.Directives.ForName("asker")
	if mark == nil {
		return false
	}
	inEvents := mark.Arguments.ForName("inEvents")
	return inEvents == nil || inEvents.Value.Raw != "false"
}

// onlyGives returns the name of the variable that is used only for this argument of the root. Otherwise it returns "".
func onlyGives(root *ast.Field, argument string) (variable string) {
	given := root.Arguments.ForName(argument)
	if given == nil || given.Value.Kind != ast.Variable || usesVariable(root, given.Value.Raw) {
		return ""
	}
	return given.Value.Raw
}

// usesVariable reports whether anything besides one argument of the root may use a variable. In doubt it returns true.
func usesVariable(field *ast.Field, name string) bool {
	return strings.Count(field.Position.Src.Input, "$"+name) != 2 // its definition, and the argument
}
