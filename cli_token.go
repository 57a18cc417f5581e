package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"usher/auth"
	"usher/problem"
)

type tokenCommand struct {
	Create tokenCreateCommand `cmd:"" help:"Print a bearer token of an account."`
}

type tokenCreateCommand struct {
	Email string `required:"" help:"Email address of the account."`
	TTL   Term   `default:"24h" help:"How long the token lasts: 365d at most."`
}

// Run prints a bearer token, alone on standard output.
func (c *tokenCreateCommand) Run(ctx context.Context, out console, settings *Settings) (err error) {
	ttl := time.Duration(c.TTL)
	if ttl > auth.MaxTokenTerm {
		return invalidf("ttl is longer than 365 days")
	}
	p, err := build(ctx, settings, slog.New(slog.DiscardHandler), time.Now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	u, err := p.accounts.ByEmail(ctx, c.Email)
	if errors.Is(err, problem.ErrNotFound) {
		return fmt.Errorf("%s has no account", c.Email)
	}
	if err != nil {
		return inWords(err)
	}
	if u.DisabledAt != nil {
		return fmt.Errorf("the account of %s is disabled", u.EmailTyped)
	}
	granted, err := p.accounts.Grant(ctx, u, 0, ttl)
	if err != nil {
		return err
	}
	fmt.Fprintln(out.Out, granted.Secret)
	return nil
}
