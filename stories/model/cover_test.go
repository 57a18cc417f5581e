package model

import (
	"maps"
	"slices"
	"strings"
	"testing"

	. "usher/sitetest"
)

// What a run of the model must reach, so that its agreement means something.

// elsewhere are the codes that no step asks for. Other stories test them.
var elsewhere = map[string]string{
	"INVALID_CREDENTIALS": "signing in",
	"INVALID_PASSWORD":    "setting up the site",
	"ACCOUNT_DISABLED":    "disabling, by the command line",
	"LAST_ADMIN":          "changing accounts",
	"EMAIL_TAKEN":         "adding accounts",
	"MAIL_OFF":            mailing,
	"CODE_REQUIRED":       mailing,
	"CODE_WRONG":          mailing,
	"CODE_EXPIRED":        mailing,
	"HAND_OVER_ENDED":     moving,
	"MOVING_OFF":          moving,
}

// mailing is what the model's site does not do. The stories of mails do.
const mailing = "sending emails"

// moving is what the model's people do not do. The stories of moving do.
const moving = "moving to another device"

// beyond are the commands and events of both, and of exports.
var beyond = []string{
	"offerHandOver", "askHandOver", "answerHandOver", "DeviceMoved", "sendInvitations", "testMail", "stopMail", "sendCode", "vouchFor", "moveInvitation",
	"forgotPassword", "MailsChanged", "Exported",
}

// covered checks that the run met each problem code, each code of missing rights, each kind of event and each successful mutation
// at least so many times.
func (x *trial) covered(t *testing.T, least int) {
	t.Helper()
	codes, met := map[string]int{}, maps.Clone(x.seen)
	for what, n := range x.seen {
		if name, code, ok := strings.Cut(what, ": "); ok && code != "" {
			codes[code] += n
		} else if ok {
			met[name+" succeeds"] += n
		}
	}
	want := []string{unauthenticated, forbidden, notFound, badInput}
	for _, value := range Served().Types["ProblemCode"].EnumValues {
		if _, not := elsewhere[value.Name]; !not {
			want = append(want, value.Name)
		}
	}
	for _, code := range want {
		if codes[code] < least {
			t.Errorf("%s was answered %d times, want %d", code, codes[code], least)
		}
	}
	var events []string
	for _, d := range Served().PossibleTypes["RoomEvent"] {
		if d.Name != "ResyncRequired" && !slices.Contains(beyond, d.Name) { // the former is of erased people, whom no step has
			events = append(events, d.Name)
		}
	}
	for _, field := range Served().Mutation.Fields {
		if !slices.Contains([]string{
			"signIn", "signOut", "setUp", "erasePerson", "addUser", "updateUser", "createPasswordLink", "usePasswordLink",
			"changePassword", "changeName", "signOutEverywhere",
		}, field.Name) && !slices.Contains(beyond, field.Name) {
			events = append(events, field.Name+" succeeds")
		}
	}
	for _, what := range events {
		if met[what] < least {
			t.Errorf("%s was met %d times, want %d", what, met[what], least)
		}
	}
}

// shrunk leaves out steps while the rest still finds a difference, in at most so many runs.
func shrunk(numbers []int, runs int, differs func(numbers []int) bool) []int {
	for size := len(numbers) / 2; size > 0 && runs > 0; size /= 2 {
		for from := 0; from < len(numbers) && runs > 0; runs-- {
			less := slices.Delete(slices.Clone(numbers), from, min(from+size, len(numbers)))
			if differs(less) {
				numbers = less
			} else {
				from += size
			}
		}
	}
	return numbers
}
