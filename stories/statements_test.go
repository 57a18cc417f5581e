package stories

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"usher/ent"
	"usher/ent/participant"
	"usher/ent/schema"
	"usher/ent/session"
	"usher/live"
	"usher/people"
	"usher/role"
	. "usher/sitetest"
)

// ledger counts the statements with which operations read the database. It leaves out those that the server runs by itself.
type ledger struct{ statements atomic.Int64 }

// countStatements begins to count.
func countStatements(h *House) *ledger {
	l := &ledger{}
	h.OnRead(func(ctx context.Context, _ ent.Query, _ ent.Value) {
		if graphql.HasOperationContext(ctx) {
			l.statements.Add(1)
		}
	})
	return l
}

// Of returns how many statements a query takes, and its answer.
func (l *ledger) Of(c *Client, document string, variables Object) (int, Object) {
	c.T.Helper()
	before := l.statements.Load()
	data := c.MustAsk(document, variables)
	return int(l.statements.Load() - before), data
}

const levels = 3

// row selects all fields of a listed object and of its objects, but no lists that have pages.
func row(of string) string {
	var fields func(of string, depth int) string
	fields = func(of string, depth int) string {
		definition, all := Served().Types[of], "__typename"
		for _, field := range definition.Fields {
			kind := Served().Types[field.Type.Name()]
			switch {
			case len(field.Arguments) > 0 || kind.Kind == ast.Interface || kind.Kind == ast.Union:
			case kind.IsLeafType():
				all += " " + field.Name
			case field.Type.Elem != nil && depth < levels: // a list in each row would exceed the size of an answer
			case kind.Name == "Mail": // its invitation is the row itself
				all += " " + field.Name + " { " + fields(kind.Name, 0) + " }"
			case depth > 0:
				all += " " + field.Name + " { " + fields(field.Type.Name(), depth-1) + " }"
			}
		}
		return all
	}
	return fields(of, levels)
}

const many = 100

// about checks that many rows take hardly more statements than one. Fields of a single row may share one reading (live.One).
func about(t *testing.T, what string, all, one int) {
	t.Helper()
	if all < one || all > one+5 {
		t.Errorf("%s take %d statements, and one takes %d", what, all, one)
	}
}

func TestA4_AListCostsTheSameStatementsFor1RowAndFor100(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		counted := countStatements(h)
		ada := h.User("ada@example.com")
		accounts := make([]*ent.User, many)
		for i := range accounts {
			account, err := h.Parts.People.Add(t.Context(), people.NewUser{
				Email: fmt.Sprintf("person%d@example.com", i), FirstName: "Person", LastName: fmt.Sprint(i), Role: role.Member,
			})
			if err != nil {
				t.Fatal(err)
			}
			accounts[i] = account
		}
		full := h.Hall(ada, Object{"title": "full", "admission": "APPROVAL"})
		var guests []*Client
		visitor := h.Browser()
		for i, account := range accounts {
			hall := h.Hall(ada, Object{"startsAt": Stamp(h.Now().Add(time.Duration(i) * time.Second))})
			visitor.Redeem(hall.Invite("visitor@example.org", nil))
			email := account.Email
			if i%2 == 0 {
				email = fmt.Sprintf("stranger%d@example.org", i)
			}
			if ticket := full.Invite(email, nil); i%3 == 0 {
				guests = append(guests, h.Browser())
				guests[len(guests)-1].Redeem(ticket)
			}
		}
		full.Command("startSession")
		for i, guest := range guests {
			Same(t, "who enters", guest.Enter(full).At("state"), "WAITING")
			h.Advance(time.Duration(i%2) * time.Millisecond) // two at a time
		}
		err := h.Parts.Log.Write(t.Context(), func(tx *live.Tx) error {
			for _, account := range accounts {
				if err := tx.Manager.Create().SetRoomID(full.ID).SetUserID(account.ID).SetRole(role.CoEditor).SetCreatedAt(tx.At).Exec(t.Context()); err != nil {
					return err
				}
				if err := tx.Session.Create().SetRoomID(full.ID).SetState(session.StateEnded).SetStartsAt(tx.At).SetEndedAt(tx.At).SetCreatedAt(tx.At).
					Exec(t.Context()); err != nil {
					return err
				}
			}
			places, err := tx.Participant.Query().Where(participant.RoomID(full.ID)).All(t.Context())
			if err != nil {
				return err
			}
			before := ""
			for i, p := range places {
				m := tx.Message.Create().SetID(schema.NewID("m")).SetRoomID(full.ID).SetSessionID(full.Session).SetChannel("CHAT").SetRevision(1).SetNth(i).
					SetAuthorID(p.ID).SetAuthorName(p.DisplayName).SetAuthorRole(p.Role).SetText("Hello").SetClientKey(p.ID).SetAt(tx.At)
				if before != "" {
					m.SetReplyToID(before)
				}
				written, err := m.Save(t.Context())
				if err != nil {
					return err
				}
				before = written.ID
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}

		for _, c := range []struct {
			name  string
			asker *Client
			list  string // with %s for the fields of its rows, and $first and $id
			of    string
			path  string
		}{
			{"a manager's rooms", ada, "rooms(first: $first) { totalCount nodes { %s } }", "Room", "rooms.nodes"},
			{"a guest's rooms", visitor, "rooms(first: $first) { totalCount edges { cursor node { %s } } }", "Room", "rooms.edges"},
			{"invitations", ada, "room(id: $id) { invitations(first: $first) { totalCount nodes { %s } } }", "Invitation", "room.invitations.nodes"},
			{"invitations of a status", ada, "room(id: $id) { invitations(first: $first, status: [PENDING, REDEEMED]) { nodes { %s } } }", "Invitation", "room.invitations.nodes"},
			{"invitations searched for", ada, `room(id: $id) { invitations(first: $first, search: "example") { nodes { %s } } }`, "Invitation", "room.invitations.nodes"},
			{"sessions", ada, "room(id: $id) { sessions(first: $first) { totalCount nodes { %s } } }", "Session", "room.sessions.nodes"},
			{"participants", ada, "room(id: $id) { participants(first: $first) { totalCount nodes { %s } } }", "Participant", "room.participants.nodes"},
			{"attendees", ada, "room(id: $id) { attendance(first: $first) { totalCount nodes { %s } } }", "Attendee", "room.attendance.nodes"},
			{"messages", ada, "room(id: $id) { messages(first: $first) { totalCount nodes { %s } } }", "ChatMessage", "room.messages.nodes"},
		} {
			t.Run(c.name, func(t *testing.T) {
				document := fmt.Sprintf("query($id: ID!, $first: Int) { node(id: $id) { id } "+c.list+" }", row(c.of))
				ask := func(first, atLeast int) int {
					n, data := counted.Of(c.asker, document, Object{"id": full.ID, "first": first})
					if rows := len(data.List(c.path)); rows < atLeast || rows > first {
						t.Fatalf("asked for %d rows it gives %d", first, rows)
					}
					return n
				}
				const most = many / 4 // more rows with all their objects exceed the limit of a document
				one, all := ask(1, 1), ask(most, most/3)
				// A single row may lack a device. And fields of many rows that are read in parallel take one or two batches each.
				if all > one+5 {
					t.Errorf("1 row takes %d statements, %d rows %d", one, most, all)
				}
				if one < 3 || all > 30 {
					t.Errorf("it takes %d to %d statements", one, all)
				}
			})
		}

		t.Run("positions of waiting participants", func(t *testing.T) {
			document := "query($id: ID!, $first: Int!) { room(id: $id) { participants(first: $first) { nodes { queuePosition } } } }"
			one, _ := counted.Of(ada, document, Object{"id": full.ID, "first": 1})
			all, data := counted.Of(ada, document, Object{"id": full.ID, "first": many})
			want := make([]any, len(guests))
			for i := range want {
				want[i] = float64(i + 1)
			}
			got := make([]any, len(guests))
			for i, of := range data.List("room.participants.nodes") {
				got[i] = of["queuePosition"]
			}
			Same(t, "positions", got, want)
			Same(t, "statements for all who wait, who need no count", all, one-1)
		})
		t.Run("rooms with their counts", func(t *testing.T) {
			document := "query($first: Int!) { rooms(first: $first) { nodes { session { state } managers { online inRoom } counts { invited inRoom away { inRoom } roles { waiting } } } } }"
			h.Advance(time.Minute) // counts are kept for a moment
			one, _ := counted.Of(ada, document, Object{"first": 1})
			h.Advance(time.Minute)
			all, data := counted.Of(ada, document, Object{"first": many})
			for _, of := range data.List("rooms.nodes") {
				if of.Int("counts.invited") == 0 { // each has the visitor's invitation at least
					t.Errorf("a room is counted as %v", of)
				}
			}
			Same(t, "rooms", len(data.List("rooms.nodes")), many)
			about(t, "100 rooms", all, one)
		})
		t.Run("managers", func(t *testing.T) {
			document := fmt.Sprintf("query($id: ID!) { room(id: $id) { managers { %s } } }", row("RoomManager"))
			empty := h.Hall(ada, nil)
			one, _ := counted.Of(ada, document, Object{"id": empty.ID})
			all, data := counted.Of(ada, document, Object{"id": full.ID})
			Same(t, "managers", len(data.List("room.managers")), many+1)
			Same(t, "statements for 101 managers", all, one)
		})
		t.Run("one's own places", func(t *testing.T) {
			document := fmt.Sprintf("{ me { participants { %s } } }", row("Participant"))
			single := h.Browser()
			single.Redeem(h.Hall(ada, nil).Invite("single@example.org", nil))
			single.MustAsk("{ serverTime }", nil) // a device is looked for until it is found, once
			one, _ := counted.Of(single, document, nil)
			all, data := counted.Of(visitor, document, nil)
			Same(t, "places", len(data.List("me.participants")), many)
			about(t, "100 places", all, one)
		})
	})
}
