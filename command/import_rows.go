package command

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"

	"usher/ent"
	"usher/people"
	"usher/problem"
	"usher/text"
)

// importReader turns the rows of a file into accounts. It reports an invalid row by its line, and continues with the next.
type importReader struct {
	file    *text.PeopleFile
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

func newImportReader(file io.Reader) (*importReader, error) {
	opened, err := text.OpenPeopleFile(file)
	if err != nil {
		return nil, err
	}
	return &importReader{file: opened, lineOf: map[digest]int32{}}, nil
}

// account returns the account of a row. The error names the column at fault.
func (r *importReader) account(row text.Person) (*ent.User, error) {
	if row.Wrong != nil {
		return nil, row.Wrong
	}
	u, err := people.Member(people.NewUser{Email: row.Email, FirstName: row.First, LastName: row.Last, OneName: true})
	if refusal, ok := errors.AsType[*problem.Problem](err); ok && refusal.Field != nil {
		return nil, fmt.Errorf("%s: %s", r.file.Column(*refusal.Field), refusal.Message)
	}
	if err != nil {
		return nil, err
	}
	email := digestOf(u.Email)
	if before, again := r.lineOf[email]; again {
		return nil, fmt.Errorf("%s is already in line %d", u.Email, before)
	}
	r.lineOf[email] = int32(row.Line)
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
		row, err := r.file.Next()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				r.err = err
			}
			break
		}
		u, err := r.account(row)
		if err != nil {
			r.refused++
			step.refused = append(step.refused, fmt.Sprintf("line %d: %v", row.Line, err))
			continue
		}
		accounts = append(accounts, u)
	}
	step.people, step.read = people.NewBatch(accounts), r.file.Read()
	return step, len(accounts) == size || len(step.refused) == size
}
