package docs

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"usher/auth"
	"usher/graph"
	"usher/site"
	. "usher/sitetest"
	"usher/wire"
)

// grouped formats a number like the page: 40,000.
func grouped(n int64) string {
	text := strconv.FormatInt(n, 10)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

func TestTheSecurityPageHasEachLimitWithItsValue(t *testing.T) {
	page := MustReadFile(t, "docs/security.md")
	for _, limits := range []any{wire.DefaultLimits, graph.DefaultUseLimits} {
		of := reflect.ValueOf(limits)
		for i := range of.NumField() {
			name, value := of.Type().Field(i).Name, of.Field(i)
			row := ""
			for line := range strings.Lines(page) {
				if strings.HasPrefix(line, "| `"+name+"`") {
					row = line
				}
			}
			var want []string
			if value.Kind() == reflect.Struct {
				want = []string{grouped(value.Field(0).Int()) + " a second", grouped(value.Field(1).Int()) + " at once"}
			} else {
				want = []string{grouped(value.Int())}
			}
			for _, text := range want {
				if !strings.Contains(row, text) {
					t.Errorf("the row of %s is %q, want %s", name, row, text)
				}
			}
		}
	}
}

func TestTheSecurityPageHasTheFixedLimitsOfASite(t *testing.T) {
	page, limits := MustReadFile(t, "docs/security.md"), site.DefaultLimits
	if limits.SignIns.Window != 15*time.Minute || limits.SignIns != auth.DefaultLimits {
		t.Errorf("the window of sign-ins is %s", limits.SignIns.Window)
	}
	for _, row := range []string{
		fmt.Sprintf("| attempts to sign in | %d for an account and address, %d for an address, in 15 minutes |", limits.SignIns.PerAccount, limits.SignIns.PerAddress),
		fmt.Sprintf("| forged links, by address | %d a minute |", limits.Room.ForgedPerMinute),
		fmt.Sprintf("| WebSockets without a credential | %s by address,", grouped(int64(limits.StrangersSockets))),
		fmt.Sprintf("| `InvitingPerMinute`: changes of invitations | %s |", grouped(int64(limits.Room.InvitingPerMinute))),
	} {
		if !strings.Contains(page, row) {
			t.Errorf("the page lacks the row %q", row)
		}
	}
}
