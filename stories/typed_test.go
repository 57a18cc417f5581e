package stories

import (
	"fmt"
	"strings"
	"testing"

	. "usher/sitetest"
	"usher/text/texttest"
)

func TestE1_AnAddressIsReadAsItWasPasted(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		ada := h.User("ada@example.com")
		const ask = `query($text: String!) { readAddress(text: $text) {
			... on ReadAddress { email firstName lastName } ... on Problem { code message field } } }`
		read := ada.MustAsk(ask, Object{"text": "\u202aLovelace, Ada <Ada＠Example.com>;\u202c"}).In("readAddress")
		Same(t, "the parts", read, Object{"email": "Ada@Example.com", "firstName": "Ada", "lastName": "Lovelace"})
		read = ada.MustAsk(ask, Object{"text": "Grace <grace@example.org>; bob@example.org"}).In("readAddress")
		Same(t, "two addresses", read,
			Object{"code": "INVALID_EMAIL", "field": "text", "message": "There are two email addresses here. Enter one."})
		Same(t, "the code for a stranger", h.Browser().Ask(ask, Object{"text": "a@b.example"}).Code(), "UNAUTHENTICATED")

		room := h.Hall(ada, nil)
		ticket := room.Invite("Grace Hopper <Grace@Example.org>,", nil)
		Same(t, "the address shown", ticket.Now().Text("email"), "Grace@Example.org")
		h.Browser().Must("redeemInvitation", Object{"token": ticket.Token, "email": "mailto:grace@example.org?subject=Hello"}, "")
	})
}

func TestE2_APersonWithOneNameIsShownByIt(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := h.Hall(h.User("ada@example.com"), nil)
		one := Object{"firstName": "Sukarno", "lastName": "", "oneName": true}
		for name, with := range map[string]Object{
			"without oneName a last name is needed": {"firstName": "Sukarno", "lastName": " "},
			"a dash is no last name":                {"firstName": "Sukarno", "lastName": "-"},
			"a dash is no last name with oneName":   {"firstName": "Sukarno", "lastName": "—", "oneName": true},
		} {
			with["roomId"], with["email"], with["role"] = room.ID, "sukarno@example.org", "VIEWER"
			Same(t, name, room.Host.Refused("INVALID_NAME", "inviteUser", with)["field"], any("lastName"))
		}
		ticket := room.Invite("sukarno@example.org", one)
		guest := h.Browser()
		in := guest.Must("redeemInvitation", ticket.Own(), "participant { displayName }")
		Same(t, "the name in the room", in.Text("participant.displayName"), "Sukarno")
		got := room.Host.MustAsk(`query($id: ID!) { room(id: $id) { invitations(search: "sukarno") { nodes { firstName lastName name } } } }`, Object{"id": room.ID})
		Same(t, "the invitation found by it", got.List("room.invitations.nodes"), []any{map[string]any{"firstName": "Sukarno", "lastName": "", "name": "Sukarno"}})
		message := room.Host.Refused("INVALID_NAME", "inviteUser", room.Invitee("x@example.org", Object{"lastName": "Ho\u200bpper"})).Text("message")
		if !strings.Contains(message, "ZERO WIDTH SPACE, U+200B") {
			t.Errorf("the message does not name the character: %s", message)
		}
	})
}

func TestE1_TheAPIReadsEveryAddressOfTheCorpus(t *testing.T) {
	h := StartHouse(t)
	ada := h.User("host@example.net")
	room := h.Hall(ada, nil)
	for i, c := range texttest.Addresses(t) {
		read := ada.MustAsk(`query($text: String!) { readAddress(text: $text) {
			... on ReadAddress { email firstName lastName } ... on Problem { message } } }`, Object{"text": c.Typed}).In("readAddress")
		want := Object{"message": c.Message}
		if c.Message == "" {
			want = Object{"email": c.Email, "firstName": c.First, "lastName": c.Last}
		}
		Same(t, c.Name, read, want)
		if c.Message != "" {
			Same(t, c.Name+": inviting", room.Host.Refused("INVALID_EMAIL", "inviteUser", room.Invitee(c.Typed, nil)).Text("message"), c.Message)
			continue
		}
		if i%4 == 0 { // a room for each, because many are the same address
			other := h.Hall(ada, nil)
			Same(t, c.Name+": inviting", other.Invite(c.Typed, nil).Now().Text("email"), c.Email)
		}
	}
}

func TestE2_TheAPIReadsEveryNameOfTheCorpus(t *testing.T) {
	h := StartHouse(t)
	room := h.Hall(h.User("ada@example.com"), nil)
	for i, c := range texttest.Names(t) {
		input := room.Invitee(fmt.Sprintf("guest%d@example.org", i), Object{"firstName": c.Typed, "lastName": "Keller"})
		if c.Message != "" {
			want := c.Message
			if want == "Enter a name." {
				want = "Enter a first name."
			}
			Same(t, c.Name, room.Host.Refused("INVALID_NAME", "inviteUser", input).Text("message"), want)
			continue
		}
		made := room.Host.Must("inviteUser", input, "invitation { firstName name }")
		Same(t, c.Name, made.In("invitation"), Object{"firstName": c.Want, "name": c.Want + " Keller"})
	}
	for i, c := range texttest.Names(t) {
		input := room.Invitee(fmt.Sprintf("last%d@example.org", i), Object{"firstName": "Gottfried", "lastName": c.Typed})
		if c.Message != "" {
			want := c.Message
			if want == "Enter a name." {
				want = "Enter a last name, or say that this person has one name."
			}
			refused := room.Host.Refused("INVALID_NAME", "inviteUser", input)
			Same(t, c.Name+": as a last name", Object{"field": refused["field"], "message": refused["message"]}, Object{"field": "lastName", "message": want})
			continue
		}
		made := room.Host.Must("inviteUser", input, "invitation { lastName name }")
		Same(t, c.Name+": as a last name", made.In("invitation"), Object{"lastName": c.Want, "name": "Gottfried " + c.Want})
	}
}
