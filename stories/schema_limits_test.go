package stories

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	. "usher/sitetest"
)

// taken is an argument or input field of the schema.
type taken struct {
	name       string
	of         *ast.Type
	directives ast.DirectiveList
}

// Limit is a figure of the place's @limit: characters, words or items. 0 where it has none.
func (p taken) Limit(figure string) int {
	limit := p.directives.ForName("limit")
	if limit == nil {
		return 0
	}
	given := limit.Arguments.ForName(figure)
	if given == nil {
		return 0
	}
	n, _ := strconv.Atoi(given.Value.Raw)
	return n
}

// allTaken lists every argument and input field of a schema but those of introspection.
func allTaken(schema *ast.Schema) (all []taken) {
	for _, definition := range schema.Types {
		if definition.BuiltIn {
			continue
		}
		for _, field := range definition.Fields {
			if strings.HasPrefix(field.Name, "__") {
				continue
			}
			if definition.Kind == ast.InputObject {
				all = append(all, taken{definition.Name + "." + field.Name, field.Type, field.Directives})
			}
			for _, argument := range field.Arguments {
				all = append(all, taken{definition.Name + "." + field.Name + "(" + argument.Name + ")", argument.Type, argument.Directives})
			}
		}
	}
	return all
}

func TestE2_EveryArgumentThatTakesATextOrAListHasALimit(t *testing.T) {
	bounded := []string{"Int", "Float", "Boolean", "Time"} // by what they are; a Time by its reader
	for name, schema := range map[string]*ast.Schema{"served": Served(), "promised": MustContract(t)} {
		t.Run(name, func(t *testing.T) {
			all := allTaken(schema)
			if len(all) < 80 {
				t.Errorf("only %d arguments and input fields were found", len(all))
			}
			for _, p := range all {
				of := schema.Types[p.of.Name()]
				if of.Kind == ast.Scalar && !slices.Contains(bounded, of.Name) && p.Limit("characters") < 1 {
					t.Errorf("%s takes a text of any length: give it @limit(characters:)", p.name)
				}
				if p.of.Elem == nil {
					continue
				}
				if p.of.Elem.Elem != nil {
					t.Errorf("%s takes lists of lists, which have one limit for all", p.name)
				}
				if p.Limit("items") < 1 {
					t.Errorf("%s takes a list of any length: give it @limit(items:)", p.name)
				}
				if of.Kind == ast.Enum {
					Same(t, p.name+" takes each value once", p.Limit("items"), len(of.EnumValues))
				}
			}
		})
	}
}

func TestE2_SlightlyTooLongIsAProblemAndFarTooLongAnError(t *testing.T) {
	t.Parallel()
	h := StartHouse(t)
	room := h.Hall(h.User("ada@example.com"), nil)
	ticket := room.Invite("grace@example.org", nil)
	h.Browser().Redeem(ticket) // so that others may ask the host
	create := func(field string) func(any) Object {
		return func(value any) Object {
			with := Object{"title": "Hall", "startsAt": Stamp(h.Now().Add(time.Hour))}
			with[field] = value
			return with
		}
	}
	invite := func(field string) func(any) Object {
		return func(value any) Object { return room.Invitee("alan@example.org", Object{field: value}) }
	}
	domains := func(n int) any { return slices.Repeat([]string{"a.example"}, n) }
	text := func(n int) any { return strings.Repeat("é", n) }
	admin := h.User("admin@example.com", "--admin")
	for _, c := range []struct {
		mutation, field string
		asker           *Client
		with            func(value any) Object
		value           func(n int) any
		rule, limit     int
		problem         string
	}{
		{"createRoom", "title", room.Host, create("title"), text, 200, 400, "INVALID_VALUE"},
		{"createRoom", "description", room.Host, create("description"), text, 5000, 10000, "INVALID_VALUE"},
		{"createRoom", "timeZone", room.Host, create("timeZone"), text, 50, 100, "INVALID_VALUE"},
		{"inviteUser", "firstName", room.Host, invite("firstName"), text, 100, 200, "INVALID_NAME"},
		{"inviteUser", "lastName", room.Host, invite("lastName"), text, 100, 200, "INVALID_NAME"},
		{"inviteUser", "email", room.Host, invite("email"), func(n int) any { return strings.Repeat("e", n-len("@example.org")) + "@example.org" }, 254, 512, "INVALID_EMAIL"},
		{"askHost", "message", h.Browser(), func(value any) Object { return Object{"token": ticket.Token, "message": value} }, text, 280, 560, "INVALID_VALUE"},
		{"askHost", "token", h.Browser(), func(value any) Object { return Object{"token": value} }, text, 4096, 8192, "LINK_NOT_VALID"},
		{"signIn", "password", h.Browser(), func(value any) Object { return Object{"email": "x@example.org", "password": value} }, text, 1024, 2048, "INVALID_CREDENTIALS"},
		{"updateSitePolicy", "blockedDomains", admin, func(value any) Object { return Object{"blockedDomains": value} }, domains, 1000, 2000, "INVALID_VALUE"},
	} {
		t.Run(c.mutation+" with "+c.field, func(t *testing.T) {
			for _, n := range []int{c.rule + 1, c.limit} {
				_, result := c.asker.Do(c.mutation, c.with(c.value(n)), "")
				Same(t, fmt.Sprintf("%d", n), result.Code(), c.problem)
			}
			r, _ := c.asker.Do(c.mutation, c.with(c.value(c.limit+1)), "")
			Same(t, "beyond the limit", r.Code(), "BAD_USER_INPUT")
			if !strings.HasPrefix(r.Errors[0].Message, "the argument input."+c.field+" has more than ") {
				t.Errorf("it says %s", r.Raw)
			}
		})
	}
}
