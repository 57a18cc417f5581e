package rights

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	. "usher/sitetest"
)

// ids are the names of the arguments that take an id: of the field, or of its input.
func ids(field *ast.FieldDefinition) (names []string) {
	for _, argument := range field.Arguments {
		if argument.Type.Name() == "ID" {
			names = append(names, argument.Name)
		}
		if argument.Name == "input" {
			for _, f := range Served().Types[argument.Type.Name()].Fields {
				if f.Type.Name() == "ID" {
					names = append(names, f.Name)
				}
			}
		}
	}
	return names
}

func TestR6_MissingThingsAnswerNotFound(t *testing.T) {
	lines := mustReadTable(t, rights)
	OnEach(t, func(t *testing.T, h *House) {
		c := newCast(h)
		s := c.Seat(askerOf("own"), carriers[0])
		foreign := h.Hall(c.tokens["elsewhere"], nil)
		theirs := foreign.Invite("grace@example.org", nil)
		foreign.Command("startSession")
		written := foreign.Host.Must("sendMessage", Object{
			"roomId": foreign.ID, "channel": "CHAT", "text": "Elsewhere", "key": "the-key-of-the-message-elsewhere",
		}, "chatMessage { id }").Text("chatMessage.id")
		asked := foreign.Host.Must("askQuestion", Object{
			"roomId": foreign.ID, "text": "Elsewhere?", "key": "the-key-of-the-question-elsewhere",
		}, "question { id }").Text("question.id")
		drafted := foreign.Host.Must("createInteraction", Object{"roomId": foreign.ID, "key": ownKey, "interaction": aPoll}, "interaction { id }").Text("interaction.id")
		others := map[string]string{ // of the other room, by the name of what takes it
			"roomId": foreign.ID, "sessionId": foreign.Session, "invitationId": theirs.ID, "participantId": h.Browser().Redeem(theirs),
			"userId": c.ids["stranger"], "messageId": written, "questionId": asked, "interactionId": drafted,
		}
		malformed := []any{
			"", "x", "_", "r_", "i_00", "p_0000000000000000000000000", strings.Repeat("s", 64), "\u202e", "r_\ufffd", "' OR 1=1 --", "%", 5,
		}
		before := s.events(t)
		for _, root := range []*ast.Definition{Served().Query, Served().Subscription, Served().Mutation} {
			for _, field := range root.Fields {
				l := lines[max(0, slices.IndexFunc(lines, func(l right) bool { return l.root() == root && l.Field() == field.Name }))]
				want := "N"
				if field.Type.Elem == nil && !field.Type.NonNull {
					want = "-"
				}
				if l.cells["own"] == "F" && l.cells["adm"] != "F" { // administrators alone learn whether it exists
					want = "F"
				}
				for _, name := range ids(field) {
					want := want
					if name == "replyTo" || name == "mentions" || name == "choices" { // of what is not written then
						want = "inv"
					}
					for _, id := range malformed {
						l.answers(t, s, name, id, want)
					}
					for takes, id := range others {
						if takes != "userId" || name != "userId" {
							l.answers(t, s, name, id, want)
						}
					}
				}
			}
		}
		Same(t, "what it changed", s.events(t), before)
	})
}

func TestR6_NobodyLearnsWhetherAThingExists(t *testing.T) {
	lines := mustReadTable(t, rights)
	OnEach(t, func(t *testing.T, h *House) {
		s := newCast(h).Seat(askerOf("nob"), carriers[0])
		asked := 0
		for _, field := range Served().Mutation.Fields {
			at := slices.IndexFunc(lines, func(l right) bool { return l.root() == Served().Mutation && l.Field() == field.Name })
			if at < 0 || lines[at].cells["nob"] != "U" {
				continue
			}
			for _, name := range ids(field) {
				asked++
				for _, id := range []any{"", "x", "w_x", "a_x", "v_00000000000000000000000000", strings.Repeat("m", 64)} {
					lines[at].answers(t, s, name, id, "U")
				}
			}
		}
		if asked < 60 {
			t.Errorf("only %d arguments are ids", asked)
		}
	})
}

// answers asks the line with another id in the place of one.
func (l right) answers(t *testing.T, s *seat, name string, id any, want string) {
	t.Helper()
	with := l.With(s)
	with[name] = id
	if got, a := l.Ask(s, with); got != want {
		t.Errorf("%s, %s %.50q: answered %s %s, want %s", l.name, name, id, got, a.raw, want)
	}
}

// What a database may choke on is a text, or no cursor, like others to who asks.
func TestE2_EverySearchTextAndCursorIsAnswered(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		room.Invite("grace@example.org", nil)
		for _, text := range []string{"\u202e", "\ufffd", "%", "_", `\`, "'", `"`, strings.Repeat("ß", 100)} {
			for _, document := range []string{
				`rooms(search: $text) { totalCount }`,
				`room(id: $id) { invitations(search: $text) { totalCount } }`,
				`room(id: $id) { participants(search: $text) { totalCount } }`,
				`room(id: $id) { attendance(search: $text) { totalCount } }`,
				`userSearch(roomId: $id, query: $text) { user { id } }`,
			} {
				inDocument := strings.NewReplacer("$text", `"\u0000"`, "$id", `"`+room.ID+`"`).Replace("{ " + document + " }")
				if r := room.Host.Ask(inDocument, nil); strings.Contains(r.Raw, "INTERNAL") {
					t.Errorf("NUL in the document: %s", r.Raw)
				}
				r := room.Host.Ask(Query("$text: String!, $id: ID!", document), Object{"text": text, "id": room.ID})
				if r.Code() != "" || strings.Contains(r.Raw, `"totalCount":1`) {
					t.Errorf("%s, searched for %.20q: %s", document, text, r.Raw)
				}
			}
		}
		const day = "2026-01-01T00:00:00Z"
		for _, parts := range [][]string{
			{"\xff"}, {day, "0", day, "\xff"}, {day, "x", day, "r"}, {day, "\xff"}, {"", "0", "\xff", "\xff"}, {"", "0", "\xc3\x28", "p"},
		} {
			position := strings.Join(parts, "\x00")
			after := base64.RawURLEncoding.EncodeToString([]byte(position))
			for _, document := range []string{
				`rooms(after: $after) { totalCount }`,
				`room(id: $id) { invitations(after: $after) { totalCount } }`,
				`room(id: $id) { sessions(after: $after) { totalCount } }`,
				`room(id: $id) { participants(after: $after) { totalCount } }`,
				`room(id: $id) { attendance(after: $after) { totalCount } }`,
				`room(id: $id) { summary { interactions(after: $after) { totalCount } } }`,
				`room(id: $id) { messages(after: $after) { totalCount } }`,
			} {
				r := room.Host.Ask(Query("$after: Cursor, $id: ID!", document), Object{"after": after, "id": room.ID})
				Same(t, fmt.Sprintf("%s behind %q", document, position), r.Code(), "BAD_USER_INPUT")
			}
		}
	})
}
