package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"usher/auth"
	"usher/ent"
)

type userImportCommand struct {
	File  string `arg:"" help:"CSV with the header email,first_name,last_name."`
	Batch Count  `default:"100000" help:"Rows written in one transaction; others wait for it that long."`
}

// importHeader is the first line of every file.
var importHeader = []string{"email", "first_name", "last_name"}

// maxImportLine is how many bytes a row has at most.
const maxImportLine = 64 << 10

// Run adds the accounts of the file, and brings those that there are up to date. Rows that are not acceptable are reported by
// line and left out: then it fails in the end, with the rest in. Stopped halfway it is run again.
func (c *userImportCommand) Run(ctx context.Context, out console, settings *Settings) (err error) {
	file, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	reader, err := newImportReader(file)
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	p, err := build(ctx, settings, slog.New(slog.DiscardHandler), time.Now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	bar := newImportBar(out.Err, info.Size())
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var done auth.Imported
	for b := range reader.batches(ctx, int(c.Batch)) {
		if err := bar.Clear(); err != nil {
			return err
		}
		for _, refused := range b.refused {
			fmt.Fprintln(out.Err, refused)
		}
		now, err := p.accounts.Import(ctx, b.people)
		if err != nil {
			return fmt.Errorf("stopped after %s; run it again to go on: %w", counted(done), err)
		}
		done.Added, done.Changed, done.Same = done.Added+now.Added, done.Changed+now.Changed, done.Same+now.Same
		if err := bar.Set64(b.read); err != nil {
			return err
		}
	}
	if err := errors.Join(bar.Clear(), reader.err, ctx.Err()); err != nil {
		return fmt.Errorf("stopped after %s; run it again to go on: %w", counted(done), err)
	}
	fmt.Fprintln(out.Out, counted(done))
	if reader.refused > 0 {
		return fmt.Errorf("%d rows were left out", reader.refused)
	}
	return nil
}

func counted(done auth.Imported) string {
	return fmt.Sprintf("%d added, %d changed, %d unchanged", done.Added, done.Changed, done.Same)
}

// newImportBar shows how much of a file is read, on a terminal alone.
func newImportBar(to io.Writer, size int64) *progressbar.ProgressBar {
	terminal, ok := to.(*os.File)
	return progressbar.NewOptions64(size, progressbar.OptionSetWriter(to), progressbar.OptionShowBytes(true),
		progressbar.OptionSetDescription("importing"), progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionSetVisibility(ok && term.IsTerminal(int(terminal.Fd()))))
}

// importReader reads a file of accounts line by line: names and emails hold no line breaks, so that what is wrong with a row
// ends with it.
type importReader struct {
	lines   *bufio.Reader
	line    int
	read    int64 // bytes
	refused int
	err     error
}

var errImportHeader = errors.New("the first line must be email,first_name,last_name")

func newImportReader(file io.Reader) (*importReader, error) {
	r := &importReader{lines: bufio.NewReaderSize(file, maxImportLine)}
	text, err := r.next()
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	header, err := fieldsOf(bytes.TrimPrefix(text, []byte("\ufeff")))
	if err != nil || !slices.EqualFunc(header, importHeader, func(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), b) }) {
		return nil, errImportHeader
	}
	return r, nil
}

var errLongLine = errors.New("the row is too long")

// next returns the next line without its end.
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

// fieldsOf reads one row.
func fieldsOf(text []byte) ([]string, error) {
	if !bytes.ContainsRune(text, '"') {
		return strings.Split(string(text), ","), nil
	}
	reader := csv.NewReader(bytes.NewReader(text))
	reader.FieldsPerRecord = -1
	return reader.Read()
}

func personOf(text []byte) (*ent.User, error) {
	fields, err := fieldsOf(text)
	if err != nil {
		if parsing, ok := errors.AsType[*csv.ParseError](err); ok {
			err = parsing.Err
		}
		return nil, err
	}
	if len(fields) != len(importHeader) {
		return nil, fmt.Errorf("there are %d fields, not %d", len(fields), len(importHeader))
	}
	u, err := auth.Person(fields[0], fields[1], fields[2])
	if err != nil {
		return nil, inWords(err)
	}
	return u, nil
}

// importStep is a part of the file, read.
type importStep struct {
	people  *auth.Batch
	refused []string // what is wrong with rows, a line each
	read    int64    // bytes of the file up to here
}

// batches reads on while what was read is written. Once it is closed, reader.err says whether the file was read to its end.
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

// step reads the next rows; more: there are others behind.
func (r *importReader) step(size int) (step importStep, more bool) {
	people := make([]*ent.User, 0, size)
	for len(people) < size && len(step.refused) < size {
		text, err := r.next()
		if err != nil && !errors.Is(err, errLongLine) {
			if !errors.Is(err, io.EOF) {
				r.err = fmt.Errorf("read line %d: %w", r.line, err)
			}
			break
		}
		var u *ent.User
		if err == nil {
			if len(bytes.TrimSpace(text)) == 0 {
				continue
			}
			u, err = personOf(text)
		}
		if err != nil {
			r.refused++
			step.refused = append(step.refused, fmt.Sprintf("line %d: %v", r.line, err))
			continue
		}
		people = append(people, u)
	}
	step.people, step.read = auth.NewBatch(people), r.read
	return step, len(people) == size || len(step.refused) == size
}
