// Package command is the command line: the server and the commands for operators. Only the main package may import it.
package command

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/alecthomas/kong"

	"usher/settings"
)

// program is the command line: the settings, common to all commands, and the commands, one file each.
type program struct {
	settings.Settings `embed:"" group:"settings"`

	HelpFlag    helpFlag           `name:"help" short:"h" help:"Show help."`
	Serve       serveCommand       `cmd:"" default:"withargs" help:"Run the server. This is the default."`
	User        userCommand        `cmd:"" help:"Manage accounts."`
	Erase       eraseCommand       `cmd:"" help:"Remove a person's names, addresses and messages from everything the site stores."`
	Token       tokenCommand       `cmd:"" help:"Create and revoke bearer tokens."`
	Key         keyCommand         `cmd:"" help:"Replace the key that signs links."`
	Mail        mailCommand        `cmd:"" help:"Test the site's emails."`
	Backup      backupCommand      `cmd:"" help:"Copy the SQLite database to a file. The server may keep running."`
	Restore     restoreCommand     `cmd:"" help:"Replace the SQLite database with a backup. All sign-ins, tokens, devices and links end."`
	Migrate     migrateCommand     `cmd:"" help:"Bring the database's tables up to date, as the start of a server does."`
	Config      configCommand      `cmd:"" help:"Print every setting with its value and source."`
	Check       checkCommand       `cmd:"" help:"Check the database, key, ports, public URL, proxy and mail server."`
	Healthcheck healthcheckCommand `cmd:"" help:"Ask the server at addr whether it is ready, for at most two seconds."`
	Version     versionCommand     `cmd:"" help:"Print the version."`
	Help        helpCommand        `cmd:"" help:"Show help for the program or one command."`
}

// errDone ends parsing after a flag or command that does not need the settings.
var errDone = errors.New("done")

// Run is the whole program. It returns the exit status: 0, 1 for a failure or an invalid setting, or 2 for an invalid command line. It
// prints an error as one line on out.Err.
func Run(ctx context.Context, args, env []string, out Console) int {
	command, chosen, err := parse(args, env, out)
	if err == nil {
		command.BindTo(ctx, (*context.Context)(nil))
		err = command.Run(out, chosen)
	}
	if err == nil || errors.Is(err, errDone) {
		return 0
	}
	fmt.Fprintln(out.Err, "usher:", strings.ReplaceAll(err.Error(), "\n", "; "))
	var parsing *kong.ParseError
	var setting settings.Invalid
	if errors.As(err, &parsing) && !errors.As(err, &setting) {
		return 2
	}
	return 1
}

// parse reads the command line and the environment.
func parse(args, env []string, out Console) (*kong.Context, *settings.Settings, error) {
	var p program
	command, err := p.Parse(&p, args, env,
		kong.Name("usher"),
		kong.Description("Invites people into live rooms by secure links."),
		kong.Writers(out.Out, out.Err),
		kong.NoDefaultHelp(),
		kong.ConfigureHelp(kong.HelpOptions{FlagsLast: true, Compact: true, WrapUpperBound: 140}),
		kong.ExplicitGroups([]kong.Group{
			{Key: "settings", Title: "Settings. Each is also an environment variable, such as USHER_PUBLIC_URL for --public-url. USHER_DATABASE_URL_FILE names a file with the value:"},
			{Key: "limits", Title: "Limits:"},
			{Key: "terms", Title: "Durations:"},
			{Key: "mail", Title: "Emails:"},
		}),
	)
	if err != nil {
		return nil, nil, err
	}
	return command, &p.Settings, nil
}
