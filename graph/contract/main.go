// Command contract writes contract.graphql, the public schema, from the files of the schema. `go generate ./graph` runs it in
// the folder graph.
package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
	"github.com/vektah/gqlparser/v2/parser"
)

const header = `# Code generated from graph/schema by "go generate ./graph". DO NOT EDIT.
#
# Usher's public GraphQL API: the contract for clients.
# The server implements all of it. It may add types, fields, enum values, union and interface members, and optional
# arguments. It renames and removes nothing. For an unknown code, clients show ` + "`message` and `nextSteps`" + `. They ignore unknown
# events. The descriptions here give the meaning; docs/rules.md gives the rules.
# A field that can be refused to somebody who may read its parent is nullable. When refused, it is null with one error at its path.
# ` + "`first`" + ` is between 1 and 100 (userSearch 20, events 200), otherwise BAD_USER_INPUT. Null or omitted means the default.
# Every argument that takes a text or a list has a @limit. Beyond it the request is BAD_USER_INPUT. A typed value that is only
# slightly too long gets its Problem instead.
# In an optional input field, null means omitted. Only for the endsAt of a session it means: no end.
`

// order lists the files whose types a reader wants first. The others follow by name.
var order = []string{"scalar", "problem", "user", "room", "session", "invitation", "participant", "link", "redeem", "event", "site"}

// internal are the directives that only the server reads.
var internal = []string{"asker", "secret"}

var roots = []string{"Query", "Mutation", "Subscription"}

func main() {
	if err := write("schema", "contract.graphql"); err != nil {
		fmt.Fprintln(os.Stderr, "write contract:", err)
		os.Exit(1)
	}
}

func write(folder, file string) error {
	sources, err := read(folder)
	if err != nil {
		return err
	}
	text, err := contract(sources)
	if err != nil {
		return err
	}
	return os.WriteFile(file, text, 0o644) //nolint:gosec // a public file
}

// read returns the files of the schema in the contract's order.
func read(folder string) ([]*ast.Source, error) {
	names, err := filepath.Glob(filepath.Join(folder, "*.graphqls"))
	if err != nil {
		return nil, fmt.Errorf("list files: %w", err)
	}
	place := func(name string) int {
		if i := slices.Index(order, strings.TrimSuffix(filepath.Base(name), ".graphqls")); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortStableFunc(names, func(a, b string) int { return place(a) - place(b) })
	var sources []*ast.Source
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read file: %w", err)
		}
		sources = append(sources, &ast.Source{Name: filepath.Base(name), Input: string(text)})
	}
	return sources, nil
}

// contract formats the schema: a section for each file, then the operations of all files. It leaves out what is internal.
func contract(sources []*ast.Source) ([]byte, error) {
	docs := make([]*ast.SchemaDocument, len(sources))
	all := new(ast.SchemaDocument)
	for i, source := range sources {
		var err error
		if docs[i], err = parser.ParseSchema(source); err != nil {
			return nil, fmt.Errorf("parse file: %w", err)
		}
		all.Merge(docs[i])
	}
	for _, extension := range all.Extensions {
		if err := extend(all.Definitions.ForName(extension.Name), extension); err != nil {
			return nil, err
		}
	}
	out := bytes.NewBufferString(header)
	for i, doc := range docs {
		section(out, strings.TrimSuffix(sources[i].Name, ".graphqls"))
		for _, directive := range doc.Directives {
			if !slices.Contains(internal, directive.Name) {
				format(out, &ast.SchemaDocument{Directives: ast.DirectiveDefinitionList{directive}})
			}
		}
		for _, definition := range doc.Definitions {
			if !slices.Contains(roots, definition.Name) {
				publish(out, definition)
			}
		}
	}
	section(out, "operations")
	for _, root := range roots {
		publish(out, all.Definitions.ForName(root))
	}
	return out.Bytes(), nil
}

// extend adds to a definition what another file adds to it.
func extend(definition, by *ast.Definition) error {
	if definition == nil {
		return fmt.Errorf("extend %s: there is no such type", by.Name)
	}
	definition.Fields = append(definition.Fields, by.Fields...)
	definition.EnumValues = append(definition.EnumValues, by.EnumValues...)
	definition.Types = append(definition.Types, by.Types...)
	definition.Interfaces = append(definition.Interfaces, by.Interfaces...)
	return nil
}

// publish formats a definition without its internal directives.
func publish(out *bytes.Buffer, definition *ast.Definition) {
	public := func(directives ast.DirectiveList) ast.DirectiveList {
		return slices.DeleteFunc(directives, func(d *ast.Directive) bool { return slices.Contains(internal, d.Name) })
	}
	for _, field := range definition.Fields {
		field.Directives = public(field.Directives)
		for _, argument := range field.Arguments {
			argument.Directives = public(argument.Directives)
		}
	}
	format(out, &ast.SchemaDocument{Definitions: ast.DefinitionList{definition}})
}

func section(out *bytes.Buffer, title string) {
	fmt.Fprintf(out, "\n# %s %s\n", strings.Repeat("-", 66), title)
}

var (
	// description matches a block string.
	description = regexp.MustCompile(`(?s)"""\n.*?\n *"""`)
	// crowded matches a directive right behind a text, where the formatter leaves out the blank.
	crowded = regexp.MustCompile(`"@(\w+\()`)
)

// format writes a document with its descriptions in simple quotes where one line is enough.
func format(out *bytes.Buffer, doc *ast.SchemaDocument) {
	var text bytes.Buffer
	formatter.NewFormatter(&text, formatter.WithIndent("  "), formatter.WithComments()).FormatSchemaDocument(doc)
	tidy := description.ReplaceAllFunc(text.Bytes(), func(block []byte) []byte {
		line := bytes.TrimSpace(bytes.Trim(block, `"`))
		if bytes.ContainsAny(line, "\n\"\\") {
			return block
		}
		return fmt.Appendf(nil, `"%s"`, line)
	})
	out.WriteByte('\n')
	out.Write(crowded.ReplaceAll(bytes.TrimLeft(tidy, "\n"), []byte(`" @$1`)))
}
