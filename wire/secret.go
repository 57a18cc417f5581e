package wire

import "github.com/vektah/gqlparser/v2/ast"

// secretIn describes an argument marked with @secret that a valid document passes by value or by a variable, as in "the argument token
// of invitationLink". It returns "" if there is none. Unused operations count too, because they are also sent.
func secretIn(doc *ast.QueryDocument) string {
	for _, operation := range doc.Operations {
		if secret := secretOf(operation.SelectionSet); secret != "" {
			return secret
		}
	}
	for _, fragment := range doc.Fragments {
		if secret := secretOf(fragment.SelectionSet); secret != "" {
			return secret
		}
	}
	return ""
}

func secretOf(set ast.SelectionSet) string {
	for _, selection := range set {
		below := ""
		switch s := selection.(type) {
		case *ast.Field:
			for _, given := range s.Arguments {
				if s.Definition.Arguments.ForName(given.Name).Directives.ForName("secret") != nil {
					return "the argument " + given.Name + " of " + s.Name
				}
			}
			below = secretOf(s.SelectionSet)
		case *ast.InlineFragment:
			below = secretOf(s.SelectionSet)
		}
		if below != "" {
			return below
		}
	}
	return ""
}
