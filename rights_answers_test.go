package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"usher/ent/event"
	"usher/live"
)

// How the lines of the table of rights are asked, and what was answered.

func inRoom(s *seat) object    { return object{"roomId": s.hall.id} }
func inSession(s *seat) object { return object{"sessionId": s.session} }

func node(id func(s *seat) string) func(s *seat) object {
	return func(s *seat) object { return object{"id": id(s)} }
}

func of(name string) func(s *seat) object {
	return func(s *seat) object { return object{"participantId": s.places[name]} }
}

func invitationOf(name string) func(s *seat) object {
	return func(s *seat) object { return object{"invitationId": s.others[name].id} }
}

func somebody(as string) func(s *seat) object {
	return func(s *seat) object { return object{"roomId": s.hall.id, "userId": s.cast.ids["somebody"], "role": as} }
}

func (s *seat) ownInvitation() string {
	if s.own == nil {
		return ""
	}
	return s.own.id
}

func and(with func(s *seat) object, more object) func(s *seat) object {
	return func(s *seat) object {
		all := with(s)
		for name, value := range more {
			all[name] = value
		}
		return all
	}
}

// asked has the arguments of each line, or the fields of its input: by the line's name, else the field's. What stands here
// under no name is asked with none.
var asked = map[string]func(s *seat) object{
	"room":                       node(func(s *seat) string { return s.hall.id }),
	"node, the room":             node(func(s *seat) string { return s.hall.id }),
	"node, its session":          node(func(s *seat) string { return s.session }),
	"node, its owner":            node(func(s *seat) string { return s.cast.ids[s.ownedBy()] }),
	"node, an account elsewhere": node(func(s *seat) string { return s.cast.ids["somebody"] }),
	"node, a viewer":             node(func(s *seat) string { return s.places["vera"] }),
	"node, a speaker":            node(func(s *seat) string { return s.places["sam"] }),
	"node, one's own place":      node(func(s *seat) string { return s.place }),
	"node, an invitation":        node(func(s *seat) string { return s.others["vera"].id }),
	"node, one's own invitation": node((*seat).ownInvitation),
	"userSearch":                 and(inRoom, object{"query": "some"}),
	"invitationLink":             func(s *seat) object { return object{"token": s.others["spare"].token} },
	"roomEvents":                 and(inRoom, object{"after": 0}),
	"presence":                   inRoom,

	"signIn": func(s *seat) object {
		return object{"email": "somebody@example.com", "password": password, "credential": "BEARER"}
	},
	"setUp": func(*seat) object {
		return object{"token": "x", "email": "x@example.com", "firstName": "X", "lastName": "X", "password": password, "credential": "BEARER"}
	},
	"redeemInvitation": func(s *seat) object {
		k := s.others["spare"]
		return object{"token": k.token, "email": k.email, "credential": "BEARER", "attemptKey": "a.device.in." + s.hall.id}
	},
	"askHost":          func(s *seat) object { return object{"token": s.others["spare"].token, "message": "Let me in"} },
	"updateSitePolicy": func(*seat) object { return object{"requireSignIn": false} },

	"createRoom":                    func(s *seat) object { return object{"title": "Hall", "startsAt": stamp(s.h.Now())} },
	"updateRoom":                    and(inRoom, object{"title": "Another"}),
	"addManager":                    somebody("CO_EDITOR"),
	"addManager, as OWNER":          somebody("OWNER"),
	"removeManager":                 func(s *seat) object { return object{"roomId": s.hall.id, "userId": s.cast.ids["somebody"]} },
	"removeManager, the last OWNER": func(s *seat) object { return object{"roomId": s.hall.id, "userId": s.cast.ids[s.ownedBy()]} },
	"deleteRoom":                    inRoom,

	"inviteUser":       func(s *seat) object { return s.invitee("another@example.org", nil) },
	"updateInvitation": and(invitationOf("vera"), object{"role": "SPEAKER"}),
	"updateInvitation, one's own": func(s *seat) object {
		return object{"invitationId": s.ownInvitation(), "role": "MODERATOR"}
	},
	"releaseDevice":    invitationOf("spare"),
	"regenerateLink":   invitationOf("spare"),
	"revokeInvitation": invitationOf("spare"),

	"acknowledgeRole":                and(inRoom, object{"roleRevision": 1}),
	"admitParticipant":               of("wanda"),
	"denyParticipant":                of("walt"),
	"admitAll":                       inRoom,
	"changeRole":                     and(of("vera"), object{"role": "VIEWER"}),
	"changeRole, a speaker's":        and(of("sam"), object{"role": "VIEWER"}),
	"changeRole, one's own":          func(s *seat) object { return object{"participantId": s.place, "role": "MODERATOR"} },
	"removeParticipant":              and(of("vera"), object{"block": true}),
	"removeParticipant, a speaker":   and(of("sam"), object{"block": false}),
	"changeRole, a manager's":        and(of("deputy"), object{"role": "VIEWER"}),
	"removeParticipant, a manager":   and(of("deputy"), object{"block": true}),
	"denyParticipant, a manager":     of("deputy"),
	"removeParticipant, a moderator": and(of("mona"), object{"block": false}),
	"removeParticipant, oneself":     func(s *seat) object { return object{"participantId": s.place, "block": false} },
	"unblockParticipant":             of("vera"),
	"leaveRoom":                      inRoom,
	"enterRoom":                      inRoom,

	"cancelSession":     inSession,
	"endSession":        inSession,
	"startSession":      inSession,
	"rescheduleSession": func(s *seat) object { return object{"sessionId": s.session, "startsAt": stamp(s.h.Now())} },
	"scheduleSession":   func(s *seat) object { return object{"roomId": s.hall.id, "startsAt": stamp(s.h.Now())} },
}

// ownedBy is the account that owns the room.
func (s *seat) ownedBy() string {
	if s.who.access != "" {
		return "host"
	}
	return "owner"
}

// root is the operation that a line's field belongs to.
func (l right) root() *ast.Definition {
	schema := served()
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
	if served().Types[field.Type.Name()].IsLeafType() {
		selection = ""
	}
	return fmt.Sprintf("%s%s { %s%s%s }", strings.ToLower(root.Name), declared, field.Name, passed, selection)
}

// With is what the line is asked with in a seat.
func (l right) With(s *seat) (with object) {
	for _, name := range []string{l.Field(), l.name} {
		if arguments := asked[name]; arguments != nil {
			with = arguments(s)
		}
	}
	return with
}

// Ask asks the field of the line, as the asker of the seat, and returns the mark of the answer.
func (l right) Ask(s *seat, with object) (mark string, a answered) {
	s.h.t.Helper()
	root := l.root()
	field := root.Fields.ForName(l.Field())
	switch {
	case root == served().Subscription:
		return l.watch(s, document(root, field, " { __typename }"), with)
	case root == served().Query:
		a = s.Ask(document(root, field, " { __typename }"), with)
	default:
		if field.Arguments.ForName("input") != nil {
			with = object{"input": with}
		}
		a = s.Ask(mutation(field.Name, ""), with)
	}
	code := a.code
	if result := a.data.In(field.Name); code == "" {
		code = result.Text("code")
	}
	switch {
	case code != "":
		return markOf(code), a
	case a.data[field.Name] == nil:
		return "-", a
	}
	return "ok", a
}

// watch subscribes, hears the first message, and ends the subscription again.
func (l right) watch(s *seat, document string, with object) (mark string, a answered) {
	socket := s.socket
	if socket == nil {
		if s.asker.bearer != "" {
			return "U", a // their token opens no connection
		}
		socket = s.asker.Connect()
	}
	o := socket.Subscribe(document, with)
	m := o.Next()
	o.Complete()
	if len(m.errors) > 0 {
		return markOf(m.errors[0].Text("extensions.code")), answered{raw: m.raw}
	}
	return "ok", answered{raw: m.raw}
}

func markOf(code string) string {
	for mark, of := range problemMarks {
		if of == code {
			return mark
		}
	}
	return code
}

func TestR_EveryFieldAnswersEachAskerAsTheirRightsAre(t *testing.T) {
	lines, seen := mustReadTable(t, rights), mustReadViews(t)
	for _, root := range []*ast.Definition{served().Query, served().Subscription, served().Mutation} {
		for _, field := range root.Fields {
			asks := func(l right) bool { return l.root() == root && l.Field() == field.Name }
			if !strings.HasPrefix(field.Name, "__") && !slices.ContainsFunc(lines, asks) {
				t.Errorf("%s.%s has no line in the table of rights", root.Name, field.Name)
			}
		}
	}
	onEach(t, func(t *testing.T, h *house) {
		newCast(h).forEachAsker(t, func(t *testing.T, s *seat) {
			if s.by.token && s.socket == nil { // a token that is good for nothing
				for i := range lines {
					lines[i].Hold(t, s, "U")
				}
				return
			}
			hearsWhatTheyRead(t, s.hall.id, s.asker)
			for _, v := range views {
				v.Read(t, s, seen[v.name])
			}
			for _, l := range lines {
				l.Hold(t, s, l.cells[s.who.mark])
			}
		})
	})
}

// Hold asks for what the line is about and reports another answer than the one wanted, and a refusal that left an event.
func (l right) Hold(t *testing.T, s *seat, want string) {
	t.Helper()
	before, asking := s.events(t), *s
	if l.name == "signOut" && s.who.account != "" { // the seat's sign-in is needed on
		asking.asker, asking.socket = s.h.Bearer(s.h.MustRun("", "token", "create", "--email", s.who.account+"@example.com")), nil
	}
	got, a := l.Ask(&asking, l.With(s))
	if got != want {
		t.Errorf("%s: answered %s %s, want %s", l.name, got, a.raw, want)
	}
	if after := s.events(t); slices.Contains([]string{"U", "F", "N", "-"}, got) && after != before {
		t.Errorf("%s: refused, it made %d events", l.name, after-before)
	}
}

// events counts what happened in the room, but that a link was opened: that is noted behind the answer.
func (s *seat) events(t *testing.T) int {
	t.Helper()
	n, err := s.h.parts.Database.Read.Event.Query().
		Where(event.RoomID(s.hall.id), event.KindNEQ(string(live.InvitationOpened))).Count(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}
