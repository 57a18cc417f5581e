package rights

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"usher/ent/event"
	. "usher/sitetest"
)

// How the lines of the table of rights are asked and answered.

func inRoom(s *seat) Object    { return Object{"roomId": s.Hall.ID} }
func inSession(s *seat) Object { return Object{"sessionId": s.Session} }

func node(id func(s *seat) string) func(s *seat) Object {
	return func(s *seat) Object { return Object{"id": id(s)} }
}

func of(name string) func(s *seat) Object {
	return func(s *seat) Object { return Object{"participantId": s.places[name]} }
}

func waiter(name string) func(s *seat) Object {
	return func(s *seat) Object { return Object{"roomId": s.Hall.ID, "participantIds": []string{s.places[name]}} }
}

func invitationOf(name string) func(s *seat) Object {
	return func(s *seat) Object { return Object{"invitationId": s.others[name].ID} }
}

func somebody(as string) func(s *seat) Object {
	return func(s *seat) Object { return Object{"roomId": s.Hall.ID, "userId": s.cast.ids["somebody"], "role": as} }
}

func (s *seat) ownInvitation() string {
	if s.own == nil {
		return ""
	}
	return s.own.ID
}

func and(with func(s *seat) Object, more Object) func(s *seat) Object {
	return func(s *seat) Object {
		all := with(s)
		for name, value := range more {
			all[name] = value
		}
		return all
	}
}

// asked has the arguments of each line, or the fields of its input, by the line's name or the field's. A line without an entry has no
// arguments.
var asked = map[string]func(s *seat) Object{
	"room":                       node(func(s *seat) string { return s.Hall.ID }),
	"node, the room":             node(func(s *seat) string { return s.Hall.ID }),
	"node, its session":          node(func(s *seat) string { return s.Session }),
	"node, its owner":            node(func(s *seat) string { return s.cast.ids[s.ownedBy()] }),
	"node, an account elsewhere": node(func(s *seat) string { return s.cast.ids["somebody"] }),
	"node, a viewer":             node(func(s *seat) string { return s.places["vera"] }),
	"node, a speaker":            node(func(s *seat) string { return s.places["sam"] }),
	"node, one's own place":      node(func(s *seat) string { return s.place }),
	"node, an invitation":        node(func(s *seat) string { return s.others["vera"].ID }),
	"node, one's own invitation": node((*seat).ownInvitation),
	"readAddress":                func(*seat) Object { return Object{"text": "Ada Lovelace <ada@example.com>"} },
	"userSearch":                 and(inRoom, Object{"query": "some"}),
	"invitedBefore":              and(inRoom, Object{"query": "spare"}),
	"invitePreview":              and(inRoom, Object{"text": "Noor Haddad <noor@example.org>", "role": "VIEWER"}),
	"invitationLink":             func(s *seat) Object { return Object{"token": s.others["spare"].Token} },
	"roomEvents":                 and(inRoom, Object{"after": 0}),
	"presence":                   inRoom,
	"tally":                      inRoom,

	"signIn": func(s *seat) Object {
		return Object{"email": "somebody@example.com", "password": Password, "credential": "BEARER"}
	},
	"setUp": func(*seat) Object {
		return Object{"token": "x", "email": "x@example.com", "firstName": "X", "lastName": "X", "password": Password, "credential": "BEARER"}
	},
	"redeemInvitation": redeemingSpare,
	"askHost":          func(s *seat) Object { return Object{"token": s.others["spare"].Token, "message": "Let me in"} },
	"sendCode":         redeemingSpare,
	"moveInvitation":   redeemingSpare,
	"updateSitePolicy": func(*seat) Object { return Object{"requireSignIn": false} },

	"createRoom":                    func(s *seat) Object { return Object{"title": "Hall", "startsAt": Stamp(s.H.Now())} },
	"updateRoom":                    and(inRoom, Object{"title": "Another"}),
	"addManager":                    somebody("CO_EDITOR"),
	"addManager, as OWNER":          somebody("OWNER"),
	"removeManager":                 func(s *seat) Object { return Object{"roomId": s.Hall.ID, "userId": s.cast.ids["somebody"]} },
	"removeManager, the last OWNER": func(s *seat) Object { return Object{"roomId": s.Hall.ID, "userId": s.cast.ids[s.ownedBy()]} },
	"deleteRoom":                    inRoom,

	"inviteUser":      func(s *seat) Object { return s.Invitee("another@example.org", nil) },
	"sendInvitations": and(inRoom, Object{"status": []string{"PENDING"}}),
	"stopMail":        func(*seat) Object { return Object{"token": "ml_1.x"} },
	"inviteUsers": and(inRoom, Object{"key": "a-key-for-each-room-of-these", "role": "VIEWER", "rows": []Object{
		{"email": "one.more@example.org", "firstName": "One", "lastName": "More"},
	}}),
	"updateInvitation": and(invitationOf("vera"), Object{"role": "SPEAKER"}),
	"updateInvitation, one's own": func(s *seat) Object {
		return Object{"invitationId": s.ownInvitation(), "role": "MODERATOR"}
	},
	"releaseDevice":    invitationOf("spare"),
	"vouchFor":         invitationOf("spare"),
	"regenerateLink":   invitationOf("spare"),
	"revokeInvitation": invitationOf("spare"),

	"acknowledgeRole":                and(inRoom, Object{"roleRevision": 1}),
	"admitParticipant":               of("wanda"),
	"denyParticipant":                of("walt"),
	"admitAll":                       inRoom,
	"admitParticipants":              waiter("wanda"),
	"denyParticipants":               waiter("walt"),
	"denyAll":                        inRoom,
	"removeParticipant":              and(of("vera"), Object{"block": true}),
	"removeParticipant, a speaker":   and(of("sam"), Object{"block": false}),
	"removeParticipant, a manager":   and(of("deputy"), Object{"block": true}),
	"denyParticipant, a manager":     of("deputy"),
	"removeParticipant, a moderator": and(of("mona"), Object{"block": false}),
	"removeParticipant, oneself":     func(s *seat) Object { return Object{"participantId": s.place, "block": false} },
	"unblockParticipant":             of("vera"),
	"leaveRoom":                      inRoom,
	"enterRoom":                      inRoom,

	"cancelSession":     inSession,
	"endSession":        inSession,
	"startSession":      inSession,
	"rescheduleSession": func(s *seat) Object { return Object{"sessionId": s.Session, "startsAt": Stamp(s.H.Now())} },
	"scheduleSession":   func(s *seat) Object { return Object{"roomId": s.Hall.ID, "startsAt": Stamp(s.H.Now())} },
}

// ownedBy returns the account that owns the room.
func (s *seat) ownedBy() string {
	if s.who.access != "" {
		return "host"
	}
	return "owner"
}

// root returns the operation type of a line's field.
func (l right) root() *ast.Definition {
	schema := Served()
	if strings.HasSuffix(l.name, ", watched") {
		return schema.Subscription
	}
	for _, root := range []*ast.Definition{schema.Query, schema.Subscription, schema.Mutation} {
		if root.Fields.ForName(l.Field()) != nil {
			return root
		}
	}
	return nil
}

// document writes the document that asks a field of Query or Subscription, with a variable for each argument.
func document(root *ast.Definition, field *ast.FieldDefinition, selection string) string {
	var declared, passed string
	for _, a := range field.Arguments {
		declared += fmt.Sprintf(" $%s: %s", a.Name, a.Type)
		passed += fmt.Sprintf(" %s: $%s", a.Name, a.Name)
	}
	if declared != "" {
		declared, passed = "("+declared+")", "("+passed+")"
	}
	if Served().Types[field.Type.Name()].IsLeafType() {
		selection = ""
	}
	return fmt.Sprintf("%s%s { %s%s%s }", strings.ToLower(root.Name), declared, field.Name, passed, selection)
}

// With returns the arguments of the line in a seat.
func (l right) With(s *seat) (with Object) {
	for _, name := range []string{l.Field(), l.name} {
		for _, table := range []map[string]func(s *seat) Object{asked, askedOfAccounts, askedOfPlaces, askedOfTools, askedOfHands, askedOfQuestions, askedOfVotes} {
			if arguments := table[name]; arguments != nil {
				with = arguments(s)
			}
		}
	}
	return with
}

// Ask asks the field of the line, as the asker of the seat, and returns the mark of the answer.
func (l right) Ask(s *seat, with Object) (mark string, a answered) {
	s.H.T.Helper()
	root := l.root()
	field := root.Fields.ForName(l.Field())
	switch {
	case root == Served().Subscription:
		return l.watch(s, document(root, field, " { __typename }"), with)
	case root == Served().Query:
		a = s.Ask(document(root, field, " { __typename }"), with)
	default:
		if field.Arguments.ForName("input") != nil {
			with = Object{"input": with}
		}
		a = s.Ask(Mutation(field.Name, ""), with)
	}
	code := a.code
	if result, isObject := a.data[field.Name].(map[string]any); isObject && code == "" {
		code = Object(result).Code()
	}
	switch {
	case code != "":
		return markOf(code), a
	case a.data[field.Name] == nil:
		return "-", a
	}
	return "ok", a
}

// watch subscribes, reads the first message and completes the subscription.
func (l right) watch(s *seat, document string, with Object) (mark string, a answered) {
	socket := s.socket
	if socket == nil {
		if s.asker.Bearer != "" {
			return "U", a // their token opens no connection
		}
		socket = s.asker.Connect()
	}
	o := socket.Subscribe(document, with)
	m := o.Next()
	o.Complete()
	if len(m.Errors) > 0 {
		return markOf(m.Errors[0].Text("extensions.code")), answered{raw: m.Raw}
	}
	return "ok", answered{raw: m.Raw}
}

func markOf(code string) string {
	for mark, of := range problemMarks {
		if of == code {
			return mark
		}
	}
	return code
}

func TestR_EveryFieldFollowsTheTableOfRights(t *testing.T) {
	lines, seen := mustReadTable(t, rights), mustReadViews(t)
	for _, root := range []*ast.Definition{Served().Query, Served().Subscription, Served().Mutation} {
		for _, field := range root.Fields {
			asks := func(l right) bool { return l.root() == root && l.Field() == field.Name }
			if !strings.HasPrefix(field.Name, "__") && !slices.ContainsFunc(lines, asks) {
				t.Errorf("%s.%s has no line in the table of rights", root.Name, field.Name)
			}
		}
	}
	OnEach(t, func(t *testing.T, h *House) {
		newCast(h).forEachAsker(t, func(t *testing.T, s *seat) {
			if s.by.token && s.socket == nil { // a token that is good for nothing
				for i := range lines {
					lines[i].Hold(t, s, "U")
				}
				return
			}
			hearsWhatTheyRead(t, s.Hall.ID, s.asker)
			for _, v := range views {
				v.Read(t, s, seen[v.name])
			}
			for _, l := range lines {
				l.Hold(t, s, l.cells[s.who.mark])
			}
		})
	})
}

// Hold asks the line and reports an unexpected answer, and a refusal that left an event.
func (l right) Hold(t *testing.T, s *seat, want string) {
	t.Helper()
	before, asking := s.events(t), *s
	if strings.HasPrefix(l.name, "signOut") && s.who.account != "" { // the seat's sign-in is needed on
		asking.asker, asking.socket = s.H.Bearer(s.H.MustRun("", "token", "create", "--email", s.who.account+"@example.com")), nil
	}
	got, a := l.Ask(&asking, l.With(s))
	if got != want {
		t.Errorf("%s: answered %s %s, want %s", l.name, got, a.raw, want)
	}
	if after := s.events(t); slices.Contains([]string{"U", "F", "N", "-"}, got) && after != before {
		t.Errorf("%s: refused, it made %d events", l.name, after-before)
	}
}

// events counts the room's events, except InvitationOpened, which is recorded after an answer.
func (s *seat) events(t *testing.T) int {
	t.Helper()
	n, err := s.H.Parts.Database.Read.Event.Query().
		Where(event.RoomID(s.Hall.ID), event.KindNEQ("InvitationOpened")).Count(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}
