package room

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"usher/ent"
	"usher/ent/schema"
	"usher/role"
)

func TestEachKindIsShownByItsOwnTypeToEachAudience(t *testing.T) {
	t.Parallel()
	at := time.Unix(1_800_000_000, 0)
	own := reflect.TypeFor[Event]().PkgPath()
	for name := range kinds {
		row := &ent.Event{RoomID: "r_1", Kind: name, Detail: schema.EventDetail{PreviousStartsAt: &at, StartsAt: &at}}
		h := &Happening{row, &ent.Room{}, &ent.Session{}, &ent.Invitation{}, &ent.Participant{}, &ent.User{}, nil}
		for audience := Former; audience <= Managers; audience++ {
			got := reflect.TypeOf(h.As(audience.Sight()))
			if got == nil || got.PkgPath() == own && got.Name() != name {
				t.Errorf("%s is shown to audience %d as %v", name, audience, got)
			}
		}
		if name == "MailsChanged" { // it lists those emails that are still there
			continue
		}
		h = &Happening{Row: row, Room: &ent.Room{}}
		if got := reflect.TypeOf(h.As(Managers.Sight())); got != nil && got.PkgPath() == own && got.NumField() > 1 {
			t.Errorf("%s is shown although what it is about was deleted", name)
		}
	}
	if (&Happening{Row: &ent.Event{Kind: "Unknown"}}).As(Sight{}) != nil {
		t.Error("an unknown kind is shown")
	}
}

// audienceTable is V2 as a table of its own.
var audienceTable = map[Audience][]string{
	Everyone: {
		"RoomUpdated", "RoomDeleted", "SessionScheduled", "SessionRescheduled", "SessionStarted", "SessionEnded", "SessionCancelled",
		"ResyncRequired",
	},
	InRoom:     {"RolePromoted", "RoleDemoted"},
	Moderators: {"ParticipantRemoved", "RoleDelivered", "ParticipantMuted"},
	Managers: {
		"ManagerAdded", "ManagerRemoved", "InvitationCreated", "InvitationUpdated", "InvitationOpened", "InvitationRedeemed",
		"RedemptionRefused", "InvitationRevoked", "DeviceReleased", "DeviceMoved", "LinkRegenerated", "HostAsked", "MailsChanged",
	},
}

func TestV2_EachKindHasItsAudience(t *testing.T) {
	t.Parallel()
	listed := []string{"ParticipantChanged", "NotePosted", "NoteShared", "NoteSaid", "NoteWhispered"} // the first is below, tests register the others
	for want, names := range audienceTable {
		listed = append(listed, names...)
		for _, name := range names {
			for _, as := range role.RoomRoles {
				if got := kinds[name].Audience(schema.EventDetail{Role: as}); got != want {
					t.Errorf("%s is for audience %d, want %d", name, got, want)
				}
			}
		}
	}
	for as, want := range map[role.RoomRole]Audience{role.Viewer: Moderators, role.Speaker: InRoom, role.Moderator: InRoom, "": InRoom} {
		if got := kinds["ParticipantChanged"].Audience(schema.EventDetail{Role: as}); got != want {
			t.Errorf("a change of a %q is for audience %d, want %d", as, got, want)
		}
	}
	for name := range kinds {
		if !slices.Contains(listed, name) {
			t.Errorf("audienceTable has no audience for %s", name)
		}
	}
}

func TestTheTableOfKindsAloneDecidesTheAudienceOfAnEvent(t *testing.T) {
	t.Parallel()
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var emitters []string
	for _, file := range files {
		if !strings.HasSuffix(file.Name(), ".go") || strings.HasSuffix(file.Name(), "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if fun, ok := call.Fun.(*ast.SelectorExpr); ok && (fun.Sel.Name == "Emit" && len(call.Args) == 5 || fun.Sel.Name == "EmitAll") {
				emitters = append(emitters, file.Name())
			}
			return true
		})
	}
	if !slices.Equal(emitters, []string{"act.go", "later.go"}) {
		t.Errorf("events are written in %v", emitters)
	}
}

func TestAKindIsRegisteredOnceAndComplete(t *testing.T) {
	for name, k := range map[string]Kind{
		"a name that is taken": {Name: "RoomUpdated", Audience: Everyone.Always, Show: roomUpdated.Show},
		"no name":              {Audience: Everyone.Always, Show: roomUpdated.Show},
		"no audience":          {Name: "Nobody", Show: roomUpdated.Show},
		"nothing to show":      {Name: "Nothing", Audience: Everyone.Always},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s is accepted", name)
				}
			}()
			Register(k)
		}()
	}
}
