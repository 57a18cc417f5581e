package rights

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	. "usher/sitetest"
)

// How views are read, and held to their tables.

// at finds what stands at a path of field names and positions in lists.
func at(path string) func(s *seat, data Object) any {
	return func(_ *seat, data Object) any {
		var here any = map[string]any(data)
		for name := range strings.SplitSeq(path, ".") {
			switch in := here.(type) {
			case map[string]any:
				here = in[name]
			case []any:
				if i, err := strconv.Atoi(name); err == nil && i < len(in) {
					here = in[i]
					continue
				}
				return nil
			default:
				return nil
			}
		}
		return here
	}
}

// ownRedeemed finds the asker's own invitation in its InvitationRedeemed event.
func ownRedeemed(s *seat, data Object) any {
	if data.At("room") == nil {
		return nil
	}
	for _, e := range data.List("room.events") {
		if s.own != nil && e.TextIfAny("invitation.id") == s.own.ID {
			return map[string]any(e.In("invitation"))
		}
	}
	return nil
}

// selection selects every field of a type.
func selection(of string) string {
	all := "__typename"
	for _, field := range Served().Types[of].Fields {
		all += " " + field.Name
		for _, a := range field.Arguments {
			if a.Type.NonNull && a.DefaultValue == nil {
				all += "(" + a.Name + ": 0)" // a number
			}
		}
		if kind := Served().Types[field.Type.Name()]; strings.HasSuffix(kind.Name, "Connection") {
			all += " { totalCount nodes { __typename } }"
		} else if !kind.IsLeafType() {
			all += " { __typename }"
		}
	}
	return all
}

// heldBy writes what stands in a field as the tables do.
func heldBy(value any) string {
	switch v := value.(type) {
	case nil:
		return "-"
	case bool:
		return map[bool]string{true: "yes", false: "no"}[v]
	case []any:
		return strconv.Itoa(len(v))
	case map[string]any:
		if nodes, ok := v["nodes"].([]any); ok {
			if n := Object(v).Int("totalCount"); n != len(nodes) {
				return fmt.Sprintf("%d of %d", len(nodes), n)
			}
			return strconv.Itoa(len(nodes))
		}
	}
	return "ok"
}

// Read asks the view as the asker of a seat, and reports each field that differs from its tables.
func (v view) Read(t *testing.T, s *seat, lines []right) {
	t.Helper()
	mark := s.who.mark
	a := s.Ask(fmt.Sprintf(Query(viewed, v.document), selection(v.of)), Object{
		"room": s.Hall.ID, "session": s.Session, "owner": s.cast.ids[s.ownedBy()], "invitation": s.others["vera"].ID,
		"speaker": s.places["sam"], "waiting": s.places["wanda"], "deputy": s.places["deputy"], "token": s.others["spare"].Token,
		"message": s.written["reply"], "question": s.written["asked"], "private": s.written["answered"], "hidden": s.written["hidden"],
		"poll": s.written["poll"], "words": s.written["words"],
	})
	read, _ := v.at(s, a.data).(map[string]any)
	refused := map[string]string{} // by the last step of its path
	for _, e := range a.errors {
		path, _ := e["path"].([]any)
		if len(path) == 0 {
			t.Fatalf("%s: %s", v.name, a.raw)
		}
		refused[fmt.Sprint(path[len(path)-1])] = markOf(e.Text("extensions.code"))
	}
	itself := "-"
	if read != nil {
		itself = "ok"
	} else if a.code != "" {
		itself = markOf(a.code)
	}
	if itself != lines[0].cells[mark] {
		t.Errorf("%s: is %s %s, want %s", v.name, itself, a.raw, lines[0].cells[mark])
	}
	if read == nil {
		return
	}
	hold := func(field, want string) {
		t.Helper()
		got, code := heldBy(read[field]), refused[field]
		if code != "" {
			got = code
		}
		if something := code == "" && got != "-"; got != want && (want != "something" || !something) {
			t.Errorf("%s: %s is %s (%v), want %s", v.name, field, got, read[field], want)
		}
	}
	for field := range strings.FieldsSeq(v.shown) {
		hold(field, "something")
	}
	for field := range strings.FieldsSeq(v.empty) {
		hold(field, "-")
	}
	for _, l := range lines[1:] {
		hold(l.name, l.cells[mark])
	}
}

// mustReadViews reads the tables of all views, and insists that every type has its views and every field of it a line in each.
func mustReadViews(t *testing.T) map[string][]right {
	t.Helper()
	lines := map[string][]right{}
	for _, v := range views {
		lines[v.name] = mustReadTable(t, v.table)
		has := slices.Concat(strings.Fields(v.shown), strings.Fields(v.empty))
		for _, l := range lines[v.name][1:] {
			has = append(has, l.name)
		}
		for _, field := range Served().Types[v.of].Fields {
			if !slices.Contains(has, field.Name) {
				t.Errorf("%s.%s has no line in the view of %s", v.of, field.Name, v.name)
			}
		}
	}
	event := Served().GetPossibleTypes(Served().Types["RoomEvent"])
	for _, of := range Served().Types {
		switch {
		case of.Kind != ast.Object || of.BuiltIn || strings.HasSuffix(of.Name, "Success") || unviewed[of.Name] != "",
			strings.HasSuffix(of.Name, "Connection"), strings.HasSuffix(of.Name, "Edge"),
			slices.Contains(event, of), // TestV2_EveryEventReachesItsAudienceComplete
			of == Served().Query, of == Served().Mutation, of == Served().Subscription:
		case !slices.ContainsFunc(views, func(v view) bool { return v.of == of.Name }):
			t.Errorf("%s has no view", of.Name)
		}
	}
	return lines
}

// unviewed are the types without a view of their own, each with the reason.
var unviewed = map[string]string{
	"PasswordLink": "TestR9_AnAdministratorAddsAPersonWhoChoosesAPassword", "PasswordLinkHolder": "the same test",
	"PageInfo": "holds positions alone", "StateMove": "names no person: TestP1_TheEventOfASessionSaysWhichStatesBecameWhich", "Presence": "TestV8_OnlineFollowsConnectionsAndPresenceIsBatched",
	"InteractionTally": "TestN7_TheTallyHasWhatItsReaderMaySee", "OptionTally": "TestN7_TheTallyHasWhatItsReaderMaySee",
	"Missed": "TestT13_WhoComesBackReadsHowMuchTheyMissed", "AskingPause": "TestQ3_WhoMayAskNoMoreReadsItAfterAReload",
	"QuestionTally": "TestQ4_TheTallyHasTheUpvotesForThoseInTheRoom",
	"Tally":         "TestC8_EveryoneFollowsTheTallyOfARoom",
	"ReactionTally": "TestH5_ReactionsAreCountedForEveryoneAndStoredNowhere",
	"RowResult":     "is in the answer to whoever invited: TestI10_…",
	"Mail":          "is sent by a site with a mail server: TestD8_D9_V16_ManagersSeeWhatBecomesOfEmails",
	"MailStatus":    "TestD17_AdministratorsTestTheMail",
	"ServerStatus":  "depends on the database: TestU5_AdministratorsSeeWhatRunsTheSite", "RoomLoad": "TestU5_TheTwentyBusiestRoomsAreListed",
	"SiteFailure": "TestU5_ServersReportWhatFails",
	"HandOver":    "is for two devices: TestW9_BothDevicesFollowAHandOver",
	"Problem":     "is what a refusal says: the table of rights, TestI2_…, TestL2_…",
}
