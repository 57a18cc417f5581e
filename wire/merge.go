package wire

import "github.com/vektah/gqlparser/v2/ast"

// merging counts the pairs of fields that validation compares: those with the same response name in selection sets that become one
// object. The number of pairs is quadratic in the fields, but counting them is linear.
type merging struct {
	fragments map[string]*ast.FragmentDefinition
	reached   map[string]bool
	most      int // counting stops above it
	pairs     int
}

// document counts the pairs of a document without fragment cycles, including unused fragments.
func (m *merging) document(doc *ast.QueryDocument) int {
	for _, operation := range doc.Operations {
		m.merge([]ast.SelectionSet{operation.SelectionSet})
	}
	for _, fragment := range doc.Fragments {
		if !m.reached[fragment.Name] {
			m.merge([]ast.SelectionSet{fragment.SelectionSet})
		}
	}
	return m.pairs
}

func (m *merging) merge(sets []ast.SelectionSet) {
	named := map[string][]ast.SelectionSet{}
	spread := map[string]bool{}
	for _, set := range sets {
		m.collect(set, named, spread)
	}
	for _, below := range named {
		if m.pairs += len(below) * (len(below) - 1) / 2; m.pairs > m.most {
			return
		}
		m.merge(below)
	}
}

// collect adds what is selected below each field, by the field's response name. A fragment counts once for each object.
func (m *merging) collect(set ast.SelectionSet, named map[string][]ast.SelectionSet, spread map[string]bool) {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			named[s.Alias] = append(named[s.Alias], s.SelectionSet)
		case *ast.InlineFragment:
			m.collect(s.SelectionSet, named, spread)
		case *ast.FragmentSpread:
			if fragment := m.fragments[s.Name]; fragment != nil && !spread[s.Name] {
				spread[s.Name], m.reached[s.Name] = true, true
				m.collect(fragment.SelectionSet, named, spread)
			}
		}
	}
}
