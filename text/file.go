package text

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// PeopleFile reads a CSV file of people, row by row. It finds the columns by the header, in any order and language of columnNames,
// or without a header by the email addresses. It accepts UTF-8 and UTF-16, all line ends, and commas, semicolons, tabs or bars
// between fields.
type PeopleFile struct {
	rows    rowReader
	columns columns
	first   []string // the first row, if it is no header
	before  int      // the lines of text before the header
}

// Person is a row of a file. Its values are as they were typed.
type Person struct {
	Line               int
	Email, First, Last string
	// Role is what a list of people to invite has in that column.
	Role string
	// Wrong is why the row cannot be read. The values are empty then.
	Wrong error
}

// maxTitles limits the lines of text before the header, such as the title of a table.
const maxTitles = 5

// OpenPeopleFile reads up to the first row of people. The error says what the file is instead, or which column it lacks.
func OpenPeopleFile(file io.Reader) (*PeopleFile, error) {
	plain, err := plainText(file)
	if err != nil {
		return nil, err
	}
	return openTable(plain)
}

// openTable finds the header behind up to maxTitles other lines. Without a header the table begins with its first line. So no person
// is skipped as a title.
func openTable(plain io.Reader) (f *PeopleFile, first error) {
	f = &PeopleFile{rows: rowReader{lines: bufio.NewReaderSize(plain, maxLine)}}
	separators := ",;\t|"
	for {
		line, err := f.rows.next()
		if errors.Is(err, io.EOF) && first == nil {
			first = errors.New("the file is empty")
		}
		if err != nil && !errors.Is(err, io.EOF) && first == nil {
			first = fmt.Errorf("line %d: %w", f.rows.line, err)
		}
		if err != nil {
			return nil, first
		}
		line = bytes.Clone(line)
		switch {
		case len(bytes.Trim(line, blankRow)) == 0:
		case f.rows.line == 1 && len(line) == len("sep=")+1 && strings.EqualFold(string(line[:4]), "sep="):
			separators = string(line[4:])
		default:
			err := f.readHeader(line, separators)
			if err == nil && (f.columns.header || f.before == 0) {
				return f, nil
			}
			if first == nil {
				first = err
			}
			if err == nil || f.before == maxTitles {
				return nil, first
			}
			f.before++
		}
	}
}

// blankRow has the characters of a row that says nothing: spreadsheets write separators for empty rows.
const blankRow = " \t,;|\""

// readHeader tries each separator, and keeps the one that gives the most columns. Quoted line breaks are read once it is known.
func (f *PeopleFile) readHeader(line []byte, separators string) error {
	best := ','
	f.columns = columns{}
	for _, comma := range separators {
		f.rows.comma = comma
		fields, _, err := f.rows.parse(bytes.NewReader(line))
		if err != nil {
			continue
		}
		if found := columnsOf(fields); found.count() > f.columns.count() {
			best, f.columns = comma, found
		}
	}
	f.rows.comma = best
	fields, err := f.rows.fields(line)
	if err != nil {
		return fmt.Errorf("line %d: %w", f.rows.line, err)
	}
	f.columns = columnsOf(fields)
	switch {
	case f.columns.email == none && f.columns.count() > 0:
		return fmt.Errorf("line %d: no column is named email; the columns are %s", f.rows.line, quoted(fields))
	case f.columns.email == none:
		return fmt.Errorf("line %d: the header needs a column named email, such as email,first_name,last_name; it is %.80q", f.rows.line, line)
	}
	if !f.columns.header {
		f.first = fields
	}
	return nil
}

// Skipped returns the names of the columns that are not read. A role says something only where people are invited.
func (f *PeopleFile) Skipped() []string {
	if c := f.columns; c.role != none && c.header {
		return append(slices.Clone(c.skipped), trimEdges(c.names[c.role]))
	}
	return f.columns.skipped
}

// Before returns the number of lines of text before the header.
func (f *PeopleFile) Before() int { return f.before }

// Read returns the number of bytes of text that were read.
func (f *PeopleFile) Read() int64 { return f.rows.read }

// Column returns the name of the column that a value of Person is from, by the field of a Mistake or Problem: email, firstName or
// lastName.
func (f *PeopleFile) Column(field string) string { return f.columns.name(field) }

// Next returns the next row that is not empty. The error is io.EOF at the end of the file, or a fault in reading it.
func (f *PeopleFile) Next() (Person, error) {
	if fields := f.first; fields != nil {
		f.first = nil
		return f.person(f.rows.line, fields, nil), nil
	}
	for {
		text, err := f.rows.next()
		if err != nil && !errors.Is(err, errLongLine) {
			if !errors.Is(err, io.EOF) {
				err = fmt.Errorf("read line %d: %w", f.rows.line, err)
			}
			return Person{}, err
		}
		line := f.rows.line
		if err != nil {
			return Person{Line: line, Wrong: err}, nil
		}
		if len(bytes.Trim(text, blankRow)) == 0 && bytes.Count(text, []byte(`"`))%2 == 0 {
			continue
		}
		fields, err := f.rows.fields(text)
		return f.person(line, fields, err), nil
	}
}

// person takes the values out of a row.
func (f *PeopleFile) person(line int, fields []string, wrong error) Person {
	if wrong == nil {
		wrong = f.columns.fit(fields, f.rows.comma)
	}
	if wrong != nil {
		return Person{Line: line, Wrong: wrong}
	}
	return f.columns.person(line, fields)
}

// person takes the values out of a row. A field that the row lacks is empty.
func (c columns) person(line int, fields []string) Person {
	value := func(column int) string {
		if column == none || column >= len(fields) {
			return ""
		}
		return fields[column]
	}
	p := Person{Line: line, Email: value(c.email), First: value(c.first), Last: value(c.last), Role: value(c.role)}
	names := Names{p.First, p.Last}
	if c.full != none {
		names = namesIn(value(c.full))
	}
	if strings.TrimSpace(names.First+names.Last) == "" {
		if a, wrong := ReadAddress(p.Email); wrong == nil {
			names = a.Names // Name <address>
		}
	}
	p.First, p.Last = names.First, names.Last
	return p
}
