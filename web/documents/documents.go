// Package documents reads the GraphQL documents of the app, as a browser sends them. Only tests and benchmarks import it, so that they
// run what people run.
package documents

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
	"github.com/vektah/gqlparser/v2/parser"
)

// Read returns all operations below a folder by name, each with its fragments. The app's client adds __typename to each selection, so
// Read does too.
func Read(folder string) (map[string]string, error) {
	all := &ast.QueryDocument{}
	err := filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(name) != ".graphql" {
			return err
		}
		text, err := os.ReadFile(name) //nolint:gosec // a developer names the folder
		if err != nil {
			return err
		}
		document, parseErr := parser.ParseQuery(&ast.Source{Name: name, Input: string(text)})
		if parseErr != nil {
			return parseErr
		}
		all.Operations = append(all.Operations, document.Operations...)
		all.Fragments = append(all.Fragments, document.Fragments...)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read documents: %w", err)
	}
	documents := map[string]string{}
	for _, operation := range all.Operations {
		if documents[operation.Name] != "" {
			return nil, fmt.Errorf("two operations are called %s", operation.Name)
		}
		documents[operation.Name] = alone(operation, all.Fragments)
	}
	return documents, nil
}

// alone prints an operation with the fragments that it uses.
func alone(operation *ast.OperationDefinition, fragments ast.FragmentDefinitionList) string {
	document := &ast.QueryDocument{Operations: ast.OperationList{operation}}
	var collect func(set ast.SelectionSet)
	collect = func(set ast.SelectionSet) {
		for _, selection := range set {
			switch s := selection.(type) {
			case *ast.Field:
				collect(s.SelectionSet)
				s.SelectionSet = withTypename(s.SelectionSet)
			case *ast.InlineFragment:
				collect(s.SelectionSet)
				s.SelectionSet = withTypename(s.SelectionSet)
			case *ast.FragmentSpread:
				of := fragments.ForName(s.Name)
				if of == nil || document.Fragments.ForName(s.Name) != nil {
					continue
				}
				document.Fragments = append(document.Fragments, of)
				collect(of.SelectionSet)
				of.SelectionSet = withTypename(of.SelectionSet)
			}
		}
	}
	collect(operation.SelectionSet)
	var text strings.Builder
	formatter.NewFormatter(&text, formatter.WithIndent(" ")).FormatQueryDocument(document)
	return text.String()
}

// withTypename adds __typename to a selection that has none.
func withTypename(set ast.SelectionSet) ast.SelectionSet {
	for _, selection := range set {
		if field, ok := selection.(*ast.Field); ok && field.Name == "__typename" {
			return set
		}
	}
	if len(set) == 0 {
		return set
	}
	return append(set, &ast.Field{Name: "__typename", Alias: "__typename"})
}
