package command

import (
	"context"
	"fmt"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/settings"
)

type tokenCommand struct {
	Create tokenCreateCommand `cmd:"" help:"Print a new bearer token for an account."`
	Revoke tokenRevokeCommand `cmd:"" help:"End all tokens and sign-ins of an account at once."`
}

type tokenCreateCommand struct {
	Email string        `required:"" help:"Email address of the account."`
	TTL   settings.Term `default:"24h" help:"How long the token lasts, at most 365d."`
}

// Run prints only a bearer token on standard output.
func (c *tokenCreateCommand) Run(ctx context.Context, out Console, chosen *settings.Settings) error {
	ttl := time.Duration(c.TTL)
	if ttl > auth.MaxTokenTerm {
		return settings.Invalidf("ttl must be 365 days or less")
	}
	return withAccount(ctx, chosen, c.Email, func(a accounts, u *ent.User) error {
		if u.DisabledAt != nil {
			return disabled(u)
		}
		granted, err := a.auth.Grant(ctx, u, 0, ttl)
		if err != nil {
			return err
		}
		fmt.Fprintln(out.Out, granted.Secret)
		return nil
	})
}

type tokenRevokeCommand struct {
	Email string `required:"" help:"Email address of the account."`
}

// Run ends every token and sign-in of an account.
func (c *tokenRevokeCommand) Run(ctx context.Context, out Console, settings *settings.Settings) error {
	return withAccount(ctx, settings, c.Email, func(a accounts, u *ent.User) error {
		ended, err := a.people.Revoke(ctx, u)
		if err != nil {
			return err
		}
		fmt.Fprintf(out.Out, "ended %d tokens and sign-ins of %s\n", ended, u.EmailTyped)
		return nil
	})
}
