package room

import (
	"context"
	"encoding/base64"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"entgo.io/ent/dialect/sql"

	"usher/problem"
)

// Page selects a part of a list: the first rows after a position.
type Page struct {
	First int
	After *string
}

// List is a part of a list, with the total number of rows.
type List[T any] struct {
	Nodes   []T
	Cursors []string
	Total   int
	More    bool // after it
	Earlier bool // before it
}

// TotalOf returns how many rows a list has, of which rows are those of a page and perhaps one more. A first page that has all of them
// needs no count.
func TotalOf(ctx context.Context, page Page, rows int, count func(context.Context) (int, error)) (int, error) {
	if page.After == nil && rows <= page.First {
		return rows, nil
	}
	return count(ctx)
}

const maxFirst = 100

// size returns the number of rows requested, or otherwise for nil. Returns problem.BadInput unless it is from 1 to 100.
func size(first *int, otherwise int) (int, error) {
	if first == nil {
		return otherwise, nil
	}
	if *first < 1 || *first > maxFirst {
		return 0, &problem.BadInput{Message: "first must be between 1 and 100"}
	}
	return *first, nil
}

// NewPage returns the page that a connection's arguments select. otherwise is the field's default size.
func NewPage(first *int, otherwise int, after *string) (Page, error) {
	n, err := size(first, otherwise)
	return Page{First: n, After: after}, err
}

// Cursor returns an opaque position: the values by which the list orders the row.
func Cursor(parts ...string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(strings.Join(parts, "\x00")))
}

// Position reads a cursor of n parts. ok is false without a cursor. Returns problem.BadInput for anything but a cursor of the
// list.
func Position(after *string, n int) (parts []string, ok bool, err error) {
	if after == nil {
		return nil, false, nil
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(*after)
	if parts = strings.Split(string(raw), "\x00"); err != nil || len(parts) != n || !utf8.Valid(raw) {
		return nil, false, BadCursor
	}
	return parts, true, nil
}

// BadCursor is the error of a cursor that is not one of the list.
var BadCursor = &problem.BadInput{Message: "after is not a cursor of this list"}

const cursorTime = time.RFC3339Nano

func positionTime(part string) (time.Time, error) {
	at, err := time.Parse(cursorTime, part)
	if err != nil {
		return at, BadCursor
	}
	return at.UTC(), nil
}

// PositionNumber reads a number from 0 to last.
func PositionNumber(part string, last int) (int, error) {
	n, err := strconv.Atoi(part)
	if err != nil || n < 0 || n > last {
		return 0, BadCursor
	}
	return n, nil
}

// compared compares an SQL expression with a number.
func compared(expression string, op sql.Op, with int) *sql.Predicate {
	return sql.P(func(b *sql.Builder) { b.WriteString(expression).WriteOp(op).Arg(with) })
}

// Cut turns the rows of a query for one more than the page into a list.
func Cut[R, T any](rows []R, page Page, show func(R) T, at func(R) string) List[T] {
	l := List[T]{Nodes: []T{}, More: len(rows) > page.First, Earlier: page.After != nil}
	for _, r := range rows[:min(len(rows), page.First)] {
		l.Nodes = append(l.Nodes, show(r))
		l.Cursors = append(l.Cursors, at(r))
	}
	return l
}
