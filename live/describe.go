package live

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/pressly/goose/v3"

	"usher/ent/migrate"
)

// kind is a kind of statement in migrations. The last group of its pattern is the table, if the statement names it.
type kind struct {
	does    string
	pattern *regexp.Regexp
}

func statementKind(does, pattern string) kind {
	return kind{does, regexp.MustCompile(`(?is)^` + strings.ReplaceAll(pattern, "TABLE", "[\"`]([a-z_]+)[\"`]"))}
}

// kinds are in the order of telling them. The first one that matches counts.
var kinds = []kind{
	statementKind("creates", `create table TABLE`),
	statementKind("adds columns to", `alter table TABLE add column [^;]*$`),
	statementKind("adds foreign keys to", `alter table TABLE add constraint `),
	statementKind("removes columns of", `alter table TABLE drop column `),
	statementKind("changes columns of", `alter table TABLE alter column `),
	statementKind("renames", `alter table TABLE rename to `),
	statementKind("removes", `drop table TABLE`),
	statementKind("indexes", `create (?:unique )?index \S+ on TABLE`),
	statementKind("removes indexes", `drop index `),
	statementKind("fills", `insert into TABLE`),
	statementKind("changes rows of", `update TABLE`),
	statementKind("deletes rows of", `delete from TABLE`),
	statementKind("", `pragma foreign_keys`), // which atlas writes around rebuilt tables
}

// rebuilds is the kind of several statements together: SQLite copies the rows of a table to a new one, which then takes its name.
const rebuilds = "rebuilds"

// neededTable lists what a program must know to work with the tables.
const neededTable = "needed_migrations"

// step is one statement of a migration: what it does, and to which table. An unknown statement does "?".
type step struct{ does, table string }

func describeAll(dialect goose.Dialect, sources []*goose.Source) (all []Migration) {
	for _, source := range sources {
		all = append(all, describe(dialect, source))
	}
	return all
}

// describe says what a migration does.
func describe(dialect goose.Dialect, source *goose.Source) Migration {
	if source.Type == goose.TypeGo {
		return Migration{Name: foldedName, Does: "fills columns of invitations, participants, rooms"}
	}
	name := path.Base(source.Path)
	m := Migration{Name: strings.TrimSuffix(name, ".sql"), Does: "?"}
	text, err := fs.ReadFile(migrate.Versions, folders[dialect]+"/"+name)
	if err != nil {
		return m
	}
	steps := stepsOf(string(text))
	m.Breaks = slices.Contains(steps, step{"fills", neededTable})
	m.Does = inWords(steps)
	return m
}

// stepsOf reads the statements of a migration's way up.
func stepsOf(text string) (steps []step) {
	up, _, _ := strings.Cut(text, "-- +goose Down")
	lines := slices.DeleteFunc(strings.Split(up, "\n"), func(line string) bool { return strings.HasPrefix(strings.TrimSpace(line), "--") })
	for statement := range strings.SplitSeq(strings.Join(lines, "\n"), ";\n") {
		if statement = strings.TrimSuffix(strings.TrimSpace(statement), ";"); statement != "" {
			steps = append(steps, stepOf(statement))
		}
	}
	return rebuilt(steps)
}

func stepOf(statement string) step {
	for _, k := range kinds {
		if found := k.pattern.FindStringSubmatch(statement); found != nil {
			return step{k.does, strings.Join(found[1:], "")}
		}
	}
	return step{does: "?"}
}

// rebuilt replaces the statements that rebuild a table by one.
func rebuilt(steps []step) (kept []step) {
	for _, s := range steps {
		old := strings.TrimPrefix(s.table, "new_")
		switch {
		case s == step{"creates", "new_" + old}:
			kept = append(kept, step{rebuilds, old})
		case s == step{"fills", "new_" + old}, s == step{"renames", "new_" + old},
			(s.does == "removes" || s.does == "indexes") && slices.Contains(kept, step{rebuilds, s.table}), s.does == "":
		default:
			kept = append(kept, s)
		}
	}
	return kept
}

// inWords tells each kind once, with its tables.
func inWords(steps []step) string {
	var words []string
	for _, does := range append([]string{rebuilds}, doings()...) {
		var tables []string
		found := false
		for _, s := range steps {
			if s.does == does {
				found = true
				if s.table != "" && !slices.Contains(tables, s.table) {
					tables = append(tables, s.table)
				}
			}
		}
		if found {
			slices.Sort(tables)
			words = append(words, strings.TrimSpace(does+" "+strings.Join(tables, ", ")))
		}
	}
	return strings.Join(words, "; ")
}

func doings() (all []string) {
	for _, k := range kinds {
		all = append(all, k.does)
	}
	return append(all, "?")
}
