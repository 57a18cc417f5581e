package graph

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strings"
	"testing"

	gql "github.com/vektah/gqlparser/v2/ast"

	"usher/graph/generated"
)

// A field of a shared subscription is rendered once for a whole audience, so it must depend only on that. This test reads the code of
// every field of an event, with everything that it calls, and finds fields that read the asker.

// code is the functions of the packages graph and room: plain ones under their name, methods under type.name.
type code map[string]*ast.FuncDecl

func mustReadCode(t *testing.T, folders ...string) code {
	t.Helper()
	all := code{}
	for _, folder := range folders {
		files, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if !strings.HasSuffix(file.Name(), ".go") || strings.HasSuffix(file.Name(), "_test.go") {
				continue
			}
			parsed, err := parser.ParseFile(token.NewFileSet(), folder+"/"+file.Name(), nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, declared := range parsed.Decls {
				if f, ok := declared.(*ast.FuncDecl); ok && f.Body != nil {
					all[name(f)] = f
				}
			}
		}
	}
	return all
}

// name returns a function's name; a method's follows its type's.
func name(f *ast.FuncDecl) string {
	if f.Recv == nil {
		return f.Name.Name
	}
	of := f.Recv.List[0].Type
	if pointer, ok := of.(*ast.StarExpr); ok {
		of = pointer.X
	}
	if generic, ok := of.(*ast.IndexExpr); ok {
		of = generic.X
	}
	return of.(*ast.Ident).Name + "." + f.Name.Name
}

// ofAsker are the functions that give the asker, or those of their rights that their audience does not share.
var ofAsker = []string{"auth.From", "auth.Cookies", "auth.Refusal", "Sight.Own", "sight.Own", "Sight.Admin", "Sight.Manager", "Sight.Place", "Sight.Member", "Sight.Rights"}

// readsAsker reports whether a function reads the asker, directly or in its calls.
func (all code) readsAsker(f *ast.FuncDecl, seen map[string]bool) (reads bool) {
	if seen[name(f)] {
		return false
	}
	seen[name(f)] = true
	ast.Inspect(f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			reads = reads || slices.Contains(ofAsker, last(n.X)+"."+n.Sel.Name)
		case *ast.CallExpr:
			for _, called := range all.called(f, n.Fun) {
				reads = reads || all.readsAsker(called, seen)
			}
		}
		return !reads
	})
	return reads
}

// last returns the last name of an expression such as r.Core.
func last(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// shown are the types of rendered objects. A field may call their methods.
var shown = []string{
	"Room", "room", "Invitation", "invitation", "Participant", "participant", "Manager", "roomManager", "User", "user", "Event",
	"Happening", "Sight", "Watcher", "loads", "batch", "ChatMessage", "chatMessage", "RoomTools", "roomTools", "Channel", "Interaction", "interaction", "",
}

// services are the types of package room that act for an asker, with the names of the fields that lead to them.
var services = []string{"Rooms", "Sessions", "Managers", "Managing", "Invitations", "Links", "Places", "Policy", "News", "Rows", "Clock", "core"}

// methods returns the methods of a name that the types have.
func (all code) methods(method string, types ...string) (found []*ast.FuncDecl) {
	for _, of := range types {
		if f := all[of+"."+method]; f != nil {
			found = append(found, f)
		}
	}
	return found
}

// called returns the possible targets of a call. For a method of an unknown type, these are all methods of that name.
func (all code) called(from *ast.FuncDecl, fun ast.Expr) (found []*ast.FuncDecl) {
	method, ok := fun.(*ast.SelectorExpr)
	if !ok {
		if f := all[last(fun)]; f != nil {
			found = append(found, f)
		}
		return found
	}
	of, _, _ := strings.Cut(name(from), ".")
	on := last(method.X)
	if on == "Talk" {
		return all.methods(method.Sel.Name, "Messages")
	}
	if on == "Votes" {
		return all.methods(method.Sel.Name, "Interactions")
	}
	if slices.Contains(services, on) {
		return all.methods(method.Sel.Name, on)
	}
	if on == "s" && slices.Contains(services, of) {
		return all.methods(method.Sel.Name, of, "core")
	}
	for id, f := range all {
		of, as, isMethod := strings.Cut(id, ".")
		if isMethod && as == method.Sel.Name && slices.Contains(shown, strings.TrimSuffix(of, "Resolver")) {
			found = append(found, f)
		}
	}
	return found
}

// field returns the code of a field: its resolver, or the method that it is bound to.
func (all code) field(of, field string) *ast.FuncDecl {
	public := strings.ToUpper(field[:1]) + field[1:]
	for _, id := range []string{strings.ToLower(of[:1]) + of[1:] + "Resolver." + public, of + "." + public, "Event." + public} {
		if f := all[id]; f != nil {
			return f
		}
	}
	return nil
}

func TestFieldsThatDependOnTheAskerAreMarked(t *testing.T) {
	all := mustReadCode(t, ".", "../room", "../talk", "../vote")
	schema := generated.NewExecutableSchema(generated.Config{}).Schema()
	var marked, found []string
	seen := map[string]bool{}
	var visit func(of *gql.Definition)
	visit = func(of *gql.Definition) {
		if seen[of.Name] {
			return
		}
		seen[of.Name] = true
		for _, member := range schema.GetPossibleTypes(of) {
			visit(member)
		}
		for _, field := range of.Fields {
			isMarked := field.Directives.ForName("asker") != nil
			if isMarked {
				marked = append(marked, of.Name+"."+field.Name)
			}
			if f := all.field(of.Name, field.Name); f != nil && all.readsAsker(f, map[string]bool{}) {
				found = append(found, of.Name+"."+field.Name)
			}
			if kind := schema.Types[field.Type.Name()]; !isMarked && !kind.IsLeafType() {
				visit(kind)
			}
		}
	}
	visit(schema.Types["RoomEvent"])
	slices.Sort(marked)
	slices.Sort(found)
	if !slices.Equal(marked, found) {
		t.Errorf("marked with @asker are\n%v\nbut the asker is looked at by\n%v", marked, found)
	}
	if !slices.Contains(found, "Room.myParticipant") || !slices.Contains(found, "Room.participants") {
		t.Errorf("what surely depends on the asker was not found: %v", found)
	}
}
