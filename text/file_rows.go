package text

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxLine limits the bytes of a row of a file.
const maxLine = 64 << 10

var (
	errLongLine = fmt.Errorf("the row is longer than %d bytes", maxLine)
	errEncoding = errors.New("the row is not in UTF-8, but probably in Windows-1252, which Excel writes as “CSV”; save the file as “CSV UTF-8”")
	errQuotes   = errors.New(`a quote (") is out of place; put the field in quotes and double each quote inside it ("")`)
)

// rowReader reads the rows of a CSV file. An invalid row costs only itself.
type rowReader struct {
	lines *bufio.Reader
	comma rune
	line  int   // of the file, from 1
	read  int64 // bytes of its text
}

// next returns the next line without its line break. It is valid until the next call.
func (r *rowReader) next() ([]byte, error) {
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
	return bytes.TrimRight(text, "\n"), err
}

// fields returns the fields of the row that starts with a line.
func (r *rowReader) fields(text []byte) ([]string, error) {
	if !bytes.ContainsRune(text, '"') {
		return checked(strings.Split(string(text), string(r.comma)))
	}
	fields, _, err := r.parse(bytes.NewReader(text))
	if errors.Is(err, csv.ErrQuote) {
		fields, err = r.across(slices.Concat(text, []byte("\n")))
	}
	if err != nil {
		return nil, errQuotes
	}
	return checked(fields)
}

func checked(fields []string) ([]string, error) {
	if slices.ContainsFunc(fields, func(field string) bool { return !utf8.ValidString(field) }) {
		return nil, errEncoding
	}
	return fields, nil
}

// across continues a row whose quoted field has line breaks. It reads no further than the buffer reaches, so a quote that is never
// closed costs only its own row.
func (r *rowReader) across(first []byte) ([]string, error) {
	ahead, _ := r.lines.Peek(maxLine) // shorter at the end of the file; an error comes again with the next line
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
func (r *rowReader) parse(text io.Reader) (fields []string, size int, err error) {
	reader := csv.NewReader(text)
	reader.Comma, reader.FieldsPerRecord = r.comma, -1
	fields, err = reader.Read()
	return fields, int(reader.InputOffset()), err
}
