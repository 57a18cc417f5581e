package live

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"github.com/pressly/goose/v3"

	"usher/ent"
	"usher/ent/invitation"
	"usher/ent/participant"
	entroom "usher/ent/room"
	"usher/text"
)

// foldedColumn is a column that lists are searched by. It has the texts of other columns in the form of text.Searchable.
type foldedColumn struct {
	table, name string
	from        []string
	fold        func(texts ...string) string
}

var foldedColumns = []foldedColumn{
	{invitation.Table, invitation.FieldNameFolded, []string{invitation.FieldFirstName, invitation.FieldLastName}, text.Searchable},
	{invitation.Table, invitation.FieldEmailFolded, []string{invitation.FieldEmail}, foldEmail},
	{participant.Table, participant.FieldNameFolded, []string{participant.FieldDisplayName}, text.Searchable},
	{participant.Table, participant.FieldEmailFolded, []string{participant.FieldEmail}, foldEmail},
	{entroom.Table, entroom.FieldFolded, []string{entroom.FieldTitle, entroom.FieldDescription}, text.Searchable},
}

func foldEmail(texts ...string) string { return text.SearchableEmail(texts[0]) }

// keepFolded has a client write each folded column together with the columns that it is made from.
func keepFolded(c *ent.Client) {
	for _, column := range foldedColumns {
		switch column.table {
		case invitation.Table:
			c.Invitation.Use(column.write)
		case participant.Table:
			c.Participant.Use(column.write)
		case entroom.Table:
			c.Room.Use(column.write)
		}
	}
}

// write is a hook. It returns an error if only some of the columns are written that a folded one is made from.
func (f foldedColumn) write(next ent.Mutator) ent.Mutator {
	return ent.MutateFunc(func(ctx context.Context, m ent.Mutation) (ent.Value, error) {
		var texts []string
		for _, field := range f.from {
			if value, ok := m.Field(field); ok {
				texts = append(texts, value.(string))
			}
		}
		switch len(texts) {
		case 0:
			return next.Mutate(ctx, m)
		case len(f.from):
			if err := m.SetField(f.name, f.fold(texts...)); err != nil {
				return nil, fmt.Errorf("fold %s: %w", f.table, err)
			}
			return next.Mutate(ctx, m)
		}
		return nil, fmt.Errorf("write %s: %s are written together", f.table, strings.Join(f.from, " and "))
	})
}

// foldedVersion is the migration behind the one that adds the folded columns. It fills them.
const (
	foldedVersion = 20261127080000
	foldedName    = "20261127080000_fill_folded_names"
)

// rowsFolded is how many rows a statement of the migration reads or writes.
const rowsFolded = 500

func fillFolded(d goose.Dialect) *goose.Migration {
	name := map[goose.Dialect]string{goose.DialectSQLite3: dialect.SQLite, goose.DialectPostgres: dialect.Postgres}[d]
	return goose.NewGoMigration(foldedVersion, &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
		for _, column := range foldedColumns {
			for after, more := "", true; more; {
				rows, err := column.unfolded(ctx, tx, name, after)
				if err != nil {
					return fmt.Errorf("read %s: %w", column.table, err)
				}
				if len(rows) > 0 {
					if err := column.fill(ctx, tx, rows); err != nil {
						return fmt.Errorf("fold %s: %w", column.table, err)
					}
					after = rows[len(rows)-1][0]
				}
				more = len(rows) == rowsFolded
			}
		}
		return nil
	}}, nil)
}

// unfolded returns the ids of the next rows in the order of ids, each with its folded text.
func (f foldedColumn) unfolded(ctx context.Context, tx *sql.Tx, dialectName, after string) (found [][2]string, err error) {
	query, args := entsql.Dialect(dialectName).Select(append([]string{"id"}, f.from...)...).From(entsql.Table(f.table)).
		Where(entsql.GT("id", after)).OrderBy("id").Limit(rowsFolded).Query()
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		texts, into := make([]string, len(f.from)), []any{&id}
		for i := range texts {
			into = append(into, &texts[i])
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		found = append(found, [2]string{id, f.fold(texts...)})
	}
	return found, rows.Err()
}

func (f foldedColumn) fill(ctx context.Context, tx *sql.Tx, rows [][2]string) error {
	values, args := make([]string, len(rows)), make([]any, 0, 2*len(rows))
	for i, row := range rows {
		values[i] = fmt.Sprintf("(CAST($%d AS text), CAST($%d AS text))", 2*i+1, 2*i+2)
		args = append(args, row[0], row[1])
	}
	_, err := tx.ExecContext(ctx, fmt.Sprintf("WITH folded (id, text) AS (VALUES %s) UPDATE %s SET %s = folded.text FROM folded WHERE %s.id = folded.id",
		strings.Join(values, ", "), f.table, f.name, f.table), args...)
	return err
}
