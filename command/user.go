package command

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/live"
	"usher/people"
	"usher/problem"
	"usher/role"
	"usher/settings"
	"usher/site"
)

type userCommand struct {
	Add      userAddCommand      `cmd:"" help:"Add an account. The password comes from standard input."`
	Password userPasswordCommand `cmd:"" help:"Set an account's password from standard input. Its sign-ins end."`
	Disable  userDisableCommand  `cmd:"" help:"Disable an account. Its sign-ins and tokens end at once, and invitations to its email stop working."`
	Enable   userEnableCommand   `cmd:"" help:"Enable a disabled account. Its owner has to sign in again."`
	Admin    userAdminCommand    `cmd:"" help:"Make an account a site administrator, or with --off a member again."`
	Import   userImportCommand   `cmd:"" help:"Add and update accounts from a CSV file."`
}

type userAddCommand struct {
	Email     string `required:"" help:"Email address."`
	FirstName string `required:"" help:"First name."`
	LastName  string `help:"Last name. Required without --one-name."`
	OneName   bool   `help:"The person has one name, and no last name."`
	Admin     bool   `help:"Make the account a site administrator."`
}

// Run adds an account with the password on the first line of standard input.
func (c *userAddCommand) Run(ctx context.Context, out Console, settings *settings.Settings) error {
	return withAccounts(ctx, settings, func(a accounts) error {
		password, err := readPassword(out.In)
		if err != nil {
			return err
		}
		n := people.NewUser{
			Email: c.Email, FirstName: c.FirstName, LastName: c.LastName, OneName: c.OneName, Password: password, Role: role.Member,
		}
		if c.Admin {
			n.Role = role.Admin
		}
		u, err := a.people.Add(ctx, n)
		if err != nil {
			return inWords(err)
		}
		fmt.Fprintf(out.Out, "added %s\n", u.EmailTyped)
		return nil
	})
}

type userPasswordCommand struct {
	Email string `required:"" help:"Email address of the account."`
}

// Run sets an account's password to the first line of standard input.
func (c *userPasswordCommand) Run(ctx context.Context, out Console, settings *settings.Settings) error {
	return withAccount(ctx, settings, c.Email, func(a accounts, u *ent.User) error {
		password, err := readPassword(out.In)
		if err != nil {
			return err
		}
		if err := a.people.SetPassword(ctx, u, password); err != nil {
			return inWords(err)
		}
		fmt.Fprintf(out.Out, "%s has a new password\n", u.EmailTyped)
		return nil
	})
}

type userDisableCommand struct {
	Email string `required:"" help:"Email address of the account."`
}

// Run disables an account.
func (c *userDisableCommand) Run(ctx context.Context, out Console, settings *settings.Settings) error {
	return withAccount(ctx, settings, c.Email, func(a accounts, u *ent.User) error {
		if err := a.people.Disable(ctx, u); err != nil {
			return inWords(err)
		}
		fmt.Fprintf(out.Out, "disabled %s\n", u.EmailTyped)
		return nil
	})
}

type userEnableCommand struct {
	Email string `required:"" help:"Email address of the account."`
}

// Run enables an account.
func (c *userEnableCommand) Run(ctx context.Context, out Console, settings *settings.Settings) error {
	return withAccount(ctx, settings, c.Email, func(a accounts, u *ent.User) error {
		if err := a.people.Enable(ctx, u); err != nil {
			return err
		}
		fmt.Fprintf(out.Out, "enabled %s\n", u.EmailTyped)
		return nil
	})
}

type userAdminCommand struct {
	Email string `required:"" help:"Email address of the account."`
	Off   bool   `help:"Make the account a member again. Its sign-ins and tokens end at once."`
}

// Run makes an account a site administrator, or with --off a member again.
func (c *userAdminCommand) Run(ctx context.Context, out Console, settings *settings.Settings) error {
	to, message := role.Admin, "%s is a site administrator\n"
	if c.Off {
		to, message = role.Member, "%s is no longer a site administrator\n"
	}
	return withAccount(ctx, settings, c.Email, func(a accounts, u *ent.User) error {
		if !c.Off && u.DisabledAt != nil {
			return disabled(u)
		}
		if err := a.people.SetSiteRole(ctx, u, to); err != nil {
			return inWords(err)
		}
		fmt.Fprintf(out.Out, message, u.EmailTyped)
		return nil
	})
}

func disabled(u *ent.User) error {
	return fmt.Errorf("the account of %s is disabled; enable it first: usher user enable", u.EmailTyped)
}

// withAccount runs do on the account of an email address.
func withAccount(ctx context.Context, settings *settings.Settings, email string, do func(accounts, *ent.User) error) error {
	return withAccounts(ctx, settings, func(a accounts) error {
		u, err := a.people.ByEmail(ctx, email)
		if errors.Is(err, problem.ErrNotFound) {
			return fmt.Errorf("%s has no account", email)
		}
		if err != nil {
			return inWords(err)
		}
		return do(a, u)
	})
}

// accounts are the parts of the program that keep accounts.
type accounts struct {
	auth   *auth.Authenticator
	people *people.Directory
}

// withAccounts opens the site's database and runs do on its accounts. Servers may run at the same time.
func withAccounts(ctx context.Context, settings *settings.Settings, do func(accounts) error) (err error) {
	database, err := live.Open(ctx, string(settings.DatabaseURL))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, database.Close()) }()
	var a accounts
	a.auth, a.people = site.Accounts(settings, site.AccountsOptions{Database: database, Log: database.Log(time.Now, live.NewHub(database))})
	return do(a)
}

// readPassword reads a password from the first line.
func readPassword(in io.Reader) (string, error) {
	line, err := bufio.NewReader(io.LimitReader(in, 4096)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("read password: %w", err)
	}
	password := strings.TrimRight(line, "\r\n")
	if password == "" {
		return "", errors.New("no password on standard input; write it on the first line")
	}
	return password, nil
}

// inWords returns a refusal as text for a person at the console.
func inWords(err error) error {
	var refusal *problem.Problem
	if !errors.As(err, &refusal) {
		return err
	}
	if refusal.Field == nil {
		return errors.New(refusal.Message)
	}
	return fmt.Errorf("%s: %s", *refusal.Field, refusal.Message)
}
