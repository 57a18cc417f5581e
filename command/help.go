package command

import (
	"errors"
	"fmt"
	"runtime"
	"slices"

	"github.com/alecthomas/kong"

	"usher/site"

	"usher/settings"
)

// Help and version run before the settings are read, so that they work with invalid ones.

type helpFlag bool

// IgnoreDefault keeps `usher --help` from showing the help of serve alone.
func (helpFlag) IgnoreDefault() {}

// BeforeReset shows the help of the command on the command line.
func (helpFlag) BeforeReset(command *kong.Context) error { return showHelp(command) }

type helpCommand struct {
	Command []string `arg:"" optional:"" help:"The command to show help for."`
}

// BeforeReset shows the help of the program, or of the command that follows.
func (*helpCommand) BeforeReset(command *kong.Context) error {
	words := slices.DeleteFunc(slices.Clone(command.Args), func(word string) bool { return word == "help" })
	asked, err := kong.Trace(command.Kong, append(words, "--help"))
	if err := errors.Join(err, asked.Error); err != nil {
		return err
	}
	return showHelp(asked)
}

// showHelp shows the help of a command. For the program, its server, and the commands about settings and emails, it includes all settings; for the
// others only those of the database and the key.
func showHelp(command *kong.Context) error {
	if !slices.Contains([]string{"", "serve", "config", "check", "mail test"}, command.Command()) {
		for _, flags := range command.Model.AllFlags(false) {
			for _, flag := range flags {
				flag.Hidden = settings.IsSetting(flag) && flag.Name != "database-url" && flag.Name != "secret-key-file"
			}
		}
	}
	if err := command.PrintUsage(false); err != nil {
		return fmt.Errorf("print help: %w", err)
	}
	return errDone
}

type versionCommand struct{}

// BeforeReset prints the version.
func (*versionCommand) BeforeReset(command *kong.Context) error {
	fmt.Fprintf(command.Stdout, "usher %s (%s, %s/%s)\n", site.Version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return errDone
}
