package command

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"

	"usher/room"
	"usher/settings"
	"usher/site"
	"usher/text"
)

type mailCommand struct {
	Test mailTestCommand `cmd:"" help:"Send one test email at once."`
}

type mailTestCommand struct {
	To string `required:"" help:"Email address that gets it."`
}

// Run sends one email by the site's mail server, without the database or a running server.
func (c *mailTestCommand) Run(ctx context.Context, out Console, chosen *settings.Settings) error {
	if !chosen.On() {
		return settings.Invalidf("set smtp-url and mail-from: this site sends no emails")
	}
	address, wrong := text.ReadAddress(c.To)
	if wrong != nil {
		return settings.Invalidf("to: %s", wrong.Message)
	}
	letter := room.TestLetter(site.Mailing(chosen), address.Shown, "", room.Language(strings.ToUpper(string(chosen.MailLanguage))))
	server := site.MailServer(chosen)
	if err := server.SendTest(ctx, site.MailWriter(chosen), rand.Text(), letter); err != nil {
		return fmt.Errorf("%s: %w", server, err)
	}
	fmt.Fprintf(out.Out, "%s took the email to %s\n", server, address.Shown)
	return nil
}
