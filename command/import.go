package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"usher/people"
	"usher/settings"
)

type userImportCommand struct {
	File  string         `arg:"" help:"A CSV file in UTF-8 with the header email,first_name,last_name. Semicolons work too."`
	Batch settings.Count `default:"100000" help:"Rows per transaction. Other writes wait for each transaction."`
}

// Run adds the accounts of the file, and brings those that there are up to date. Rows that are not acceptable are reported by
// line and left out: then it fails in the end, with the rest in. Stopped halfway it is run again.
func (c *userImportCommand) Run(ctx context.Context, out Console, settings *settings.Settings) error {
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
	return withAccounts(ctx, settings, func(a accounts) error {
		return c.add(ctx, out, a.people, reader, newImportBar(out.Err, info.Size()))
	})
}

// add adds what the reader reads to the accounts.
func (c *userImportCommand) add(ctx context.Context, out Console, directory *people.Directory, reader *importReader,
	bar *progressbar.ProgressBar,
) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var done people.Imported
	for b := range reader.batches(ctx, int(c.Batch)) {
		if err := bar.Clear(); err != nil {
			return err
		}
		for _, refused := range b.refused {
			fmt.Fprintln(out.Err, refused)
		}
		now, err := directory.Import(ctx, b.people)
		if err != nil {
			return fmt.Errorf("stopped after %s; run the import again to continue: %w", counted(done), err)
		}
		done.Added, done.Changed, done.Same = done.Added+now.Added, done.Changed+now.Changed, done.Same+now.Same
		if err := bar.Set64(b.read); err != nil {
			return err
		}
	}
	if err := errors.Join(bar.Clear(), reader.err, ctx.Err()); err != nil {
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

// newImportBar shows how much of a file is read, on a terminal alone.
func newImportBar(to io.Writer, size int64) *progressbar.ProgressBar {
	terminal, ok := to.(*os.File)
	return progressbar.NewOptions64(size, progressbar.OptionSetWriter(to), progressbar.OptionShowBytes(true),
		progressbar.OptionSetDescription("importing"), progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionSetVisibility(ok && term.IsTerminal(int(terminal.Fd()))))
}
