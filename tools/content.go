package tools

import (
	"context"

	"usher/ent"
)

// Content is what a tool has of a session, as managers export it (T10).
type Content struct {
	// Name is how a request names it.
	Name string
	// Columns are the names of the values of a row.
	Columns []string
	// Read passes each row to a function, in order, with a value for each column: a text, a number, a bool, or nil. It reads page by page, so
	// that its memory does not grow with the session. It checks no rights.
	Read func(ctx context.Context, c *ent.Client, of *ent.Session, row func(values ...any) error) error
}

// ContentPage is how many rows a Content reads at once.
const ContentPage = 500

// Optional returns the value of a column that may be empty.
func Optional[T any](value *T) any {
	if value == nil {
		return nil
	}
	return *value
}
