package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"usher/people"
	"usher/settings"
)

type userImportCommand struct {
	File  string         `arg:"" help:"A CSV file in UTF-8 or UTF-16. Its header names the columns, such as email,first_name,last_name."`
	Batch settings.Count `default:"100000" help:"Rows per transaction. Other writes wait for each transaction."`
}

// Run adds and updates the accounts of a file. It reports invalid rows by line and skips them; then it fails at the end, with the other
// rows imported. An interrupted import can be run again.
func (c *userImportCommand) Run(ctx context.Context, out Console, settings *settings.Settings) error {
	file, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer file.Close()
	reader, err := newImportReader(file)
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	if skipped := reader.file.Skipped(); len(skipped) > 0 {
		fmt.Fprintf(out.Err, "columns that are not imported: %s\n", strings.Join(skipped, ", "))
	}
	if n := reader.file.Before(); n > 0 {
		fmt.Fprintf(out.Err, "lines before the header that are not imported: %d\n", n)
	}
	return withAccounts(ctx, settings, func(a accounts) error {
		return c.add(ctx, out, a.people, reader)
	})
}

// add imports the rows of the reader into the directory, one batch after the other. Between batches it reports the progress.
func (c *userImportCommand) add(ctx context.Context, out Console, directory *people.Directory, reader *importReader) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var done people.Imported
	var read int64
	for b := range reader.batches(ctx, int(c.Batch)) {
		if read > 0 {
			fmt.Fprintf(out.Err, "%s so far, %d bytes read\n", counted(done), read)
		}
		for _, refused := range b.refused {
			fmt.Fprintln(out.Err, refused)
		}
		now, err := directory.Import(ctx, b.people)
		if err != nil {
			return fmt.Errorf("stopped after %s; run the import again to continue: %w", counted(done), err)
		}
		done.Added, done.Changed, done.Same = done.Added+now.Added, done.Changed+now.Changed, done.Same+now.Same
		read = b.read
	}
	if err := errors.Join(reader.err, ctx.Err()); err != nil {
		return fmt.Errorf("stopped after %s; run the import again to continue: %w", counted(done), err)
	}
	fmt.Fprintln(out.Out, counted(done))
	if reader.refused > 0 {
		return fmt.Errorf("rows skipped: %d", reader.refused)
	}
	return nil
}

func counted(done people.Imported) string {
	return fmt.Sprintf("%d added, %d changed, %d unchanged", done.Added, done.Changed, done.Same)
}
