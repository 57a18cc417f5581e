package model

import (
	"cmp"
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
	"CODE_EXPIRED":        mailing,
}

// mailing is what the model's site does not do. The stories of mails do.
const mailing = "sending emails"

// beyond are the commands and events of that, and of exports.
var beyond = []string{
	"sendInvitations", "testMail", "stopMail", "sendCode", "vouchFor", "moveInvitation",
	"forgotPassword", "MailsChanged", "Exported",
}

// succeeds follows the name of a command that succeeded.
const succeeds = " succeeds"

// wanted is all that a run must meet: each problem code, each code of missing rights, each kind of event and each command's success.
var wanted = func() (all []string) {
	all = []string{unauthenticated, forbidden, notFound, badInput}
	for _, value := range Served().Types["ProblemCode"].EnumValues {
		if _, not := elsewhere[value.Name]; !not {
			all = append(all, value.Name)
		}
	}
	for _, d := range Served().PossibleTypes["RoomEvent"] {
		if d.Name != "ResyncRequired" && !slices.Contains(beyond, d.Name) { // the former is of erased people, whom no step has
			all = append(all, d.Name)
		}
	}
	for _, field := range Served().Mutation.Fields {
		if !slices.Contains([]string{
			"signIn", "signOut", "setUp", "erasePerson", "addUser", "updateUser", "createPasswordLink", "usePasswordLink",
			"changePassword", "changeName", "signOutEverywhere",
		}, field.Name) && !slices.Contains(beyond, field.Name) {
			all = append(all, field.Name+succeeds)
		}
	}
	slices.Sort(all)
	return all
}()

// ways are the steps that lead to what random steps seldom meet. To a command's success leads the command.
var ways = map[string][]string{
	"AnswerHidden":         {"hideAnswer"},
	"AskerMuted":           {"muteAsker"},
	"BAD_USER_INPUT":       {"updateInvitation"},
	"CHAT_OFF":             {"updateTools", "sendMessage"},
	"CODE_WRONG":           {"offerHandOver", "askHandOver"},
	"DeviceMoved":          {"offerHandOver", "answerHandOver"},
	"DeviceReleased":       {"releaseDevice"},
	"EMAIL_DOMAIN_BLOCKED": {"updateSitePolicy", "inviteUser", "redeemInvitation"},
	"ENTRY_DENIED":         {"denyParticipant", "enterRoom"},
	"EXPIRY_BEFORE_START":  {"inviteUser", "updateInvitation"},
	"HANDS_OFF":            {"updateTools", "raiseHand"},
	"HandLowered":          {"raiseHand", "lowerHand"},
	"HandsLowered":         {"raiseHand", "lowerAllHands"},
	"INVALID_NAME":         {"inviteUser"},
	"LAST_OWNER":           {"removeManager"},
	"MOVING_OFF":           {"updateSitePolicy", "offerHandOver"},
	"MUTED":                {"muteParticipant", "sendMessage"},
	"MessagesHidden":       {"sendMessage", "hideMessagesOf"},
	"PARTICIPANT_BLOCKED":  {"removeParticipant", "look", "look"},
	"QUOTA_EXCEEDED":       {"inviteUser"},
	"REACTIONS_OFF":        {"updateTools", "react"},
	"REQUEST_DECLINED":     {"raiseHand", "declineHand"},
	"ROOM_DELETED":         {"deleteRoom", "look", "look"},
	"ResultsShared":        {"stopInteraction", "shareResults"},
	"SESSION_CANCELLED":    {"cancelSession", "startSession"},
	"SLOW_DOWN":            {"updateTools", "sendMessage"},
	"STALE_REVISION":       {"changeRole"},
	"SessionCancelled":     {"scheduleSession", "cancelSession"},
	"TOO_MANY_ATTEMPTS":    {"redeemInvitation", "askHost"},
	"USED_ON_OTHER_DEVICE": {"redeemInvitation", "look"},
}

// waysTo returns the steps that lead there, if any is known.
func waysTo(what string) []string {
	if command, ok := strings.CutSuffix(what, succeeds); ok {
		return []string{command}
	}
	return ways[what]
}

// plenty is how often something is met before no step is drawn for its sake. Steps also meet it by the way.
const plenty = 12

// next draws the name of a step: mostly by its weight, every third for the sake of something that was seldom met so far. At the end,
// only for the sake of what is missing. So it is no matter of luck that a run meets everything.
func (x *trial) next(r *draw) string {
	least := 0
	switch {
	case !x.w.anywhere():
		return "createRoom"
	case x.ending:
		least = leastMet
	case r.one(3):
		least = plenty
	}
	if name := pick(r, waysTo(pick(r, x.lacks(least)...))...); name != "" && !r.one(8) {
		return name
	}
	return pick(r, stepNames...)
}

// lacks returns what was met less often.
func (x *trial) lacks(least int) []string {
	return slices.DeleteFunc(slices.Clone(wanted), func(what string) bool { return x.met[what] >= least })
}

// covered checks that the run met everything at least so many times.
func (x *trial) covered(t *testing.T, least int) {
	t.Helper()
	for _, what := range wanted {
		if x.met[what] < least {
			t.Errorf("%s was met %d times, want %d", what, x.met[what], least)
		}
	}
	rarest := slices.MinFunc(wanted, func(a, b string) int { return cmp.Compare(x.met[a], x.met[b]) })
	t.Logf("%d steps; what was met least is %s, %d times", len(x.taken), rarest, x.met[rarest])
}
