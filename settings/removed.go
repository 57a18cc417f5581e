package settings

import "strings"

// removed lists former settings with the fixed limits that replaced them.
var removed = map[string]string{
	"invites-per-minute":       "3,000 invitations per manager per minute",
	"forged-links-per-minute":  "30 forged links per address per minute",
	"sign-ins-per-account":     "10 attempts per account and address in 15 minutes",
	"sign-ins-per-address":     "30 attempts per address in 15 minutes",
	"open-sockets-per-address": "2,000 WebSockets without a credential per address",
}

func isRemoved(given, limit string) error {
	return Invalidf("%s is no longer a setting, because the limit is fixed: %s; remove it", given, limit)
}

// explained replaces kong's error for the flag of a former setting with one that names the limit.
func explained(err error) error {
	for setting, limit := range removed {
		if strings.Contains(err.Error(), "unknown flag --"+setting) {
			return isRemoved("--"+setting, limit)
		}
	}
	return err
}
