package command

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"usher/ent"
	"usher/people"
)

// importHeader has the columns that every file must have in its first line.
var importHeader = []string{"email", "first_name", "last_name"}

// maxImportLine limits the bytes of a line.
const maxImportLine = 64 << 10

// importReader reads a file of accounts row by row. It reports an invalid row by its line, and continues with the next.
type importReader struct {
	lines   *bufio.Reader
	comma   rune // the separator of fields, in the header and in rows
	line    int
	read    int64 // bytes
	lineOf  map[digest]int32
	refused int
	err     error
}

// digest identifies an email. A million digests take a fifth of the memory of the rows, and collisions are practically impossible.
type digest [16]byte

func digestOf(email string) digest {
	sum := sha256.Sum256([]byte(email))
	return digest(sum[:16])
}

var (
	errLongLine = fmt.Errorf("the row is longer than %d bytes", maxImportLine)
	errEncoding = errors.New("the row is not UTF-8; save the file as CSV in UTF-8")
	errQuotes   = errors.New(`a quote (") is out of place; put the field in quotes and double each quote inside it ("")`)
)

// newImportReader reads the header. Spreadsheets write semicolons in countries that use a decimal comma.
func newImportReader(file io.Reader) (*importReader, error) {
	r := &importReader{lines: bufio.NewReaderSize(file, maxImportLine), lineOf: map[digest]int32{}}
	text, err := r.next()
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("line 1: %w", err)
	}
	text = bytes.Clone(bytes.TrimPrefix(text, []byte("\ufeff")))
	for _, r.comma = range ",;" {
		header, err := r.fields(text)
		if err == nil && slices.EqualFunc(header, importHeader, func(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), b) }) {
			return r, nil
		}
	}
	return nil, fmt.Errorf("line 1 must be email,first_name,last_name or email;first_name;last_name, in UTF-8, but is %.80q", text)
}

// next returns the next line without its line break. It is valid until the next call.
func (r *importReader) next() ([]byte, error) {
	r.line++
	text, err := r.lines.ReadSlice('\n')
	r.read += int64(len(text))
	if errors.Is(err, bufio.ErrBufferFull) {
		for errors.Is(err, bufio.ErrBufferFull) {
			text, err = r.lines.ReadSlice('\n')
			r.read += int64(len(text))
		}
		if err == nil || errors.Is(err, io.EOF) {
			err = errLongLine
		}
		return nil, err
	}
	if errors.Is(err, io.EOF) && len(text) > 0 {
		err = nil
	}
	return bytes.TrimRight(text, "\r\n"), err
}

// fields returns the fields of the row that starts with a line.
func (r *importReader) fields(text []byte) ([]string, error) {
	if !bytes.ContainsRune(text, '"') {
		return strings.Split(string(text), string(r.comma)), nil
	}
	fields, _, err := r.parse(bytes.NewReader(text))
	if errors.Is(err, csv.ErrQuote) {
		fields, err = r.across(slices.Concat(text, []byte("\n")))
	}
	if err != nil {
		return nil, errQuotes
	}
	return fields, nil
}

// across continues a row whose quoted field has line breaks. It reads no further than the buffer reaches, so a quote that is never
// closed costs only its own row.
func (r *importReader) across(first []byte) ([]string, error) {
	ahead, _ := r.lines.Peek(maxImportLine) // shorter at the end of the file; an error comes again with the next line
	fields, size, err := r.parse(io.MultiReader(bytes.NewReader(first), bytes.NewReader(ahead)))
	if err != nil {
		return nil, err
	}
	rest := ahead[:size-len(first)]
	r.line += bytes.Count(rest, []byte("\n"))
	r.read += int64(len(rest))
	_, err = r.lines.Discard(len(rest))
	return fields, err
}

// parse returns the first row and its size in bytes.
func (r *importReader) parse(text io.Reader) (fields []string, size int, err error) {
	reader := csv.NewReader(text)
	reader.Comma, reader.FieldsPerRecord = r.comma, -1
	fields, err = reader.Read()
	return fields, int(reader.InputOffset()), err
}

// person returns the account of the row that starts with a line.
func (r *importReader) person(text []byte) (*ent.User, error) {
	line := r.line
	fields, err := r.fields(text)
	if err != nil {
		return nil, err
	}
	if len(fields) != len(importHeader) {
		return nil, fmt.Errorf("the row needs %d fields (%s) and has %d", len(importHeader), strings.Join(importHeader, string(r.comma)), len(fields))
	}
	if slices.ContainsFunc(fields, func(field string) bool { return !utf8.ValidString(field) }) {
		return nil, errEncoding
	}
	u, err := people.Member(people.NewUser{Email: fields[0], FirstName: fields[1], LastName: fields[2], OneName: true})
	if err != nil {
		return nil, inWords(err)
	}
	email := digestOf(u.Email)
	if before, again := r.lineOf[email]; again {
		return nil, fmt.Errorf("%s is already in line %d", u.Email, before)
	}
	r.lineOf[email] = int32(line)
	return u, nil
}

// importStep is a part of the file.
type importStep struct {
	people  *people.Batch
	refused []string // reports of invalid rows
	read    int64    // bytes of the file so far
}

// batches reads ahead while earlier rows are written. After it is closed, reader.err is nil if the file was read to its end.
func (r *importReader) batches(ctx context.Context, size int) <-chan importStep {
	steps := make(chan importStep)
	go func() {
		defer close(steps)
		for more := true; more; {
			var step importStep
			step, more = r.step(size)
			select {
			case steps <- step:
			case <-ctx.Done():
				return
			}
		}
	}()
	return steps
}

// step reads the next rows and reports whether there may be more.
func (r *importReader) step(size int) (step importStep, more bool) {
	accounts := make([]*ent.User, 0, size)
	for len(accounts) < size && len(step.refused) < size {
		text, err := r.next()
		if err != nil && !errors.Is(err, errLongLine) {
			if !errors.Is(err, io.EOF) {
				r.err = fmt.Errorf("read line %d: %w", r.line, err)
			}
			break
		}
		line := r.line
		var u *ent.User
		if err == nil {
			if len(bytes.Trim(text, " \t,;")) == 0 { // spreadsheets write only separators for empty rows
				continue
			}
			u, err = r.person(text)
		}
		if err != nil {
			r.refused++
			step.refused = append(step.refused, fmt.Sprintf("line %d: %v", line, err))
			continue
		}
		accounts = append(accounts, u)
	}
	step.people, step.read = people.NewBatch(accounts), r.read
	return step, len(accounts) == size || len(step.refused) == size
}
