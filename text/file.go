package text

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// PeopleFile reads a CSV file of people, row by row. It finds the columns by the header, in any order and language of columnNames,
// or without a header by the email addresses. It accepts UTF-8 and UTF-16, all line ends, and commas, semicolons, tabs or bars
// between fields.
type PeopleFile struct {
	rows    rowReader
	columns columns
	first   []string // the first row, if it is no header
}

// Person is a row of a file. Its values are as they were typed.
type Person struct {
	Line               int
	Email, First, Last string
	// Wrong is why the row cannot be read. The values are empty then.
	Wrong error
}

// OpenPeopleFile reads up to the first row of people. The error says what the file is instead, or which column it lacks.
func OpenPeopleFile(file io.Reader) (*PeopleFile, error) {
	plain, err := plainText(file)
	if err != nil {
		return nil, err
	}
	f := &PeopleFile{rows: rowReader{lines: bufio.NewReaderSize(plain, maxLine)}}
	separators := ",;\t|"
	for {
		line, err := f.rows.next()
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("line %d: %w", f.rows.line, err)
		}
		line = bytes.Clone(line)
		switch {
		case errors.Is(err, io.EOF):
			return nil, errors.New("the file is empty")
		case len(bytes.Trim(line, blankRow)) == 0:
		case f.rows.line == 1 && len(line) == len("sep=")+1 && strings.EqualFold(string(line[:4]), "sep="):
			separators = string(line[4:])
		default:
			return f, f.readHeader(line, separators)
		}
	}
}

// blankRow has the characters of a row that says nothing: spreadsheets write separators for empty rows.
const blankRow = " \t,;|\""

// readHeader tries each separator, and keeps the one that gives the most columns. Quoted line breaks are read once it is known.
func (f *PeopleFile) readHeader(line []byte, separators string) error {
	best := ','
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

// Skipped returns the names of the columns that are not read.
func (f *PeopleFile) Skipped() []string { return f.columns.skipped }

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
	value := func(column int) string {
		if column == none {
			return ""
		}
		return fields[column]
	}
	p := Person{Line: line, Email: value(f.columns.email), First: value(f.columns.first), Last: value(f.columns.last)}
	names := Names{p.First, p.Last}
	if f.columns.full != none {
		names = namesIn(fields[f.columns.full])
	}
	if strings.TrimSpace(names.First+names.Last) == "" {
		if a, wrong := ReadAddress(p.Email); wrong == nil {
			names = a.Names // Name <address>
		}
	}
	p.First, p.Last = names.First, names.Last
	return p
}
