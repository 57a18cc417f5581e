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

	"usher/auth"
	"usher/settings"
)

type userImportCommand struct {
	File  string         `arg:"" help:"A CSV file in UTF-8 with the header email,first_name,last_name. Semicolons work too."`
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
	info, err := file.Stat()
	if err != nil {
		return err
	}
	reader, err := newImportReader(file)
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	return withAccounts(ctx, settings, func(accounts *auth.Accounts) error {
		return c.add(ctx, out, accounts, reader, newImportBar(out.Err, info.Size()))
	})
}

// add imports the reader's rows.
func (c *userImportCommand) add(ctx context.Context, out Console, accounts *auth.Accounts, reader *importReader,
	bar *progressbar.ProgressBar,
) error {
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
		now, err := accounts.Import(ctx, b.people)
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

func counted(done auth.Imported) string {
	return fmt.Sprintf("%d added, %d changed, %d unchanged", done.Added, done.Changed, done.Same)
}

// newImportBar shows how much of a file has been read, if the output is a terminal.
func newImportBar(to io.Writer, size int64) *progressbar.ProgressBar {
	terminal, ok := to.(*os.File)
	return progressbar.NewOptions64(size, progressbar.OptionSetWriter(to), progressbar.OptionShowBytes(true),
		progressbar.OptionSetDescription("importing"), progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionSetVisibility(ok && term.IsTerminal(int(terminal.Fd()))))
}
