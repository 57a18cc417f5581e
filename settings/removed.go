package settings

import (
	"maps"
	"slices"
	"strings"
)

// removed lists former settings with the fixed limits that replaced them.
var removed = map[string]string{
	"invites-per-minute":       "3,000 invitations per manager per minute",
	"forged-links-per-minute":  "30 forged links per address per minute",
	"sign-ins-per-account":     "10 attempts per account and address in 15 minutes",
	"sign-ins-per-address":     "30 attempts per address in 15 minutes",
	"open-sockets-per-address": "2,000 WebSockets without a credential per address",
}

// refuseRemoved refuses a flag or variable of a former setting, and names the limit that replaced it.
func refuseRemoved(args []string, e *environment) error {
	for _, setting := range slices.Sorted(maps.Keys(removed)) {
		given := ""
		if _, ok := e.vars[variable(setting)]; ok {
			given = variable(setting)
		}
		for _, arg := range args {
			if flag, _, _ := strings.Cut(arg, "="); flag == "--"+setting {
				given = flag
			}
		}
		if given != "" {
			return Invalidf("%s is no longer a setting, because the limit is fixed: %s; remove it", given, removed[setting])
		}
	}
	return nil
}
