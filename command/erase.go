package command

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"usher/live"
	"usher/room"
	"usher/settings"
	"usher/site"
)

type eraseCommand struct {
	Email string `arg:"" help:"Email address of the person, with or without an account."`
	Yes   bool   `help:"Do not ask."`
}

var errNotErased = errors.New("nothing was erased")

// Run removes what names a person from everything the site stores (E4).
func (c *eraseCommand) Run(ctx context.Context, out Console, settings *settings.Settings) (err error) {
	if !c.Yes {
		fmt.Fprintf(out.Out, "This removes the names, addresses and messages of %s from everything this site stores. It cannot be undone.\nType yes to erase: ", c.Email)
		answer, err := bufio.NewReader(io.LimitReader(out.In, 100)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("read answer: %w", err)
		}
		if strings.TrimSpace(answer) != "yes" {
			return errNotErased
		}
	}
	database, err := live.Open(ctx, string(settings.DatabaseURL))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, database.Close()) }()
	erased, err := room.NewErasing(database, database.Log(time.Now, live.NewHub(database)), site.Tools(slog.New(slog.DiscardHandler))).ByOperator(ctx, c.Email)
	if err != nil {
		return inWords(err)
	}
	if erased.Nothing() {
		fmt.Fprintf(out.Out, "this site stores nothing about %s\n", c.Email)
		return nil
	}
	fmt.Fprintf(out.Out, "erased: %s, named in %s: %s, %s, %s. Backups that were made before still have them\n",
		amount(erased.Accounts, "account"), amount(erased.Rooms, "room"), amount(erased.Invitations, "invitation"),
		amount(erased.Participants, "place"), amount(erased.Events, "event"))
	return nil
}

func amount(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
