package text

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// PeopleList are the people in a pasted text or a small file (decision 43). A person checks the list before anything is stored. So it
// accepts more than PeopleFile: addresses in any order, rows that do not fit the header, and Windows-1252.
type PeopleList struct {
	// People are those of the list, in its order. Of a row that cannot be read, Email is its text.
	People []Person
	// More counts the rows after the last person that the list has room for.
	More int
	// Skipped has the names of the columns that are not read.
	Skipped []string
	// Before counts the lines of text before the header.
	Before int
	// Windows1252 reports that the text was in no Unicode encoding.
	Windows1252 bool
}

var (
	errEmptyList = errors.New("there is nothing in it")
	errNobody    = errors.New("there is no email address in it")
	errNoRows    = errors.New("there is only a header, and nobody below it")
)

// maxShown limits the characters of a row that cannot be read.
const maxShown = 300

// ReadPeople reads the people in a text, at most so many. The error says what the text is instead, as part of a sentence.
func ReadPeople(content []byte, most int) (*PeopleList, error) {
	if len(bytes.TrimSpace(content)) == 0 {
		return nil, errEmptyList
	}
	plain, err := plainText(bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	decoded, err := io.ReadAll(plain)
	if err != nil {
		return nil, err
	}
	l := &PeopleList{}
	if !utf8.Valid(decoded) {
		l.Windows1252 = true
		if decoded, err = charmap.Windows1252.NewDecoder().Bytes(decoded); err != nil {
			return nil, err
		}
	}
	if bytes.IndexByte(decoded, 0) >= 0 {
		return nil, errNoText
	}
	f, err := openTable(bytes.NewReader(decoded))
	if err == nil && f.columns.header {
		l.Skipped, l.Before = f.columns.skipped, f.before
		return l, l.readTable(f, most)
	}
	return l, l.readLines(string(decoded), most)
}

// readTable reads the rows below a header. A row that does not fit is read as a line of its own.
func (l *PeopleList) readTable(f *PeopleFile, most int) error {
	for {
		line, err := f.rows.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil && len(bytes.Trim(line, blankRow)) == 0 {
			continue
		}
		at := f.rows.line
		switch {
		case len(l.People) >= most:
			l.More++
			if err == nil {
				_, _ = f.rows.fields(bytes.Clone(line)) // a quoted line break begins no row
			}
		case err != nil:
			l.People = append(l.People, Person{Line: at, Wrong: err})
		default:
			l.addRow(f, most, at, string(line))
		}
	}
	if len(l.People) == 0 {
		return errNoRows
	}
	return nil
}

// addRow adds the people in a row of a table. A row with too few fields lacks the last ones, and one with too many has a separator in
// a name.
func (l *PeopleList) addRow(f *PeopleFile, most, at int, line string) {
	c := f.columns
	fields, err := f.rows.fields([]byte(line))
	if err == nil {
		err = c.fit(fields, f.rows.comma)
	}
	person := c.person(at, fields)
	if a, wrong := ReadAddress(person.Email); wrong == nil {
		person.Email = a.Shown
	}
	switch few := len(fields) < c.width(); {
	case err == nil && !strings.ContainsFunc(person.First+person.Last, isAt):
	case few && len(fields) > c.email && ats(fields[c.email]) == 1:
	case few, err == nil, ats(line) > 1:
		l.addLine(most, at, line)
		return
	default:
		if person.Wrong = err; ats(person.Email) == 0 {
			person.Email = shortened(line)
		}
	}
	l.People = append(l.People, person)
}

// readLines reads a text without a header.
func (l *PeopleList) readLines(text string, most int) error {
	if ats(text) == 0 {
		return errNobody
	}
	at := 0
	for line := range strings.SplitSeq(text, "\n") {
		at++
		switch {
		case strings.Trim(line, blankRow) == "", at == 1 && len(line) == len("sep=")+1 && strings.EqualFold(line[:4], "sep="):
		case len(l.People) >= most:
			l.More += max(1, ats(line))
		default:
			l.addLine(most, at, line)
		}
	}
	return nil
}

// ats counts the @ of a text.
func ats(text string) (n int) {
	for _, r := range text {
		if isAt(r) {
			n++
		}
	}
	return n
}

// shortened returns the beginning of a row, in one line.
func shortened(row string) string {
	row = strings.Join(strings.Fields(strings.ToValidUTF8(row[:min(len(row), maxShown*utf8.UTFMax)], "")), " ")
	if utf8.RuneCountInString(row) > maxShown {
		return string([]rune(row)[:maxShown]) + "…"
	}
	return row
}
