package command

import (
	"fmt"
	"text/tabwriter"

	"github.com/alecthomas/kong"

	"usher/settings"
)

type configCommand struct{}

// Run prints every setting with its value and source, with passwords masked.
func (*configCommand) Run(command *kong.Context, out Console, chosen *settings.Settings) error {
	table := tabwriter.NewWriter(out.Out, 0, 0, 3, ' ', 0)
	for _, flag := range command.Model.Flags {
		if !settings.IsSetting(flag) {
			continue
		}
		value := fmt.Sprint(flag.Target.Interface())
		if value == "" {
			value = "(none)"
		}
		fmt.Fprintf(table, "%s\t%s\t%s\n", flag.Name, value, chosen.Source(flag.Name))
	}
	if err := table.Flush(); err != nil {
		return fmt.Errorf("print settings: %w", err)
	}
	return nil
}
