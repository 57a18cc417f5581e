package stories

import (
	"fmt"
	"testing"
	"time"

	. "usher/sitetest"
)

// sought are people as they are written, with what somebody types to find them. Nobody else has such words.
var sought = []struct {
	email, first, last string
	typed              []string
}{
	{"l.wojcik@example.org", "Łukasz", "Wójcik", []string{"luk", "LUKASZ", "wojcik łuk", "Wójcik", "ŁUKASZ"}},
	{"annel@example.org", "Anneliese", "Straßer", []string{"strasse", "STRASSER", "straßer annel"}},
	{"zoe@example.org", "José", "Ñandú", []string{"jose", "JOSÉ", "nandu jose", "jose\u0301"}},
	{"obrien@example.org", "Sinéad", "O’Brien", []string{"o'brien", "obrien", "brien sinead", "O`Brien"}},
	{"soren@example.org", "Søren", "Kjærgård", []string{"soren", "kjaergard", "KJÆRGÅRD"}},
	{"ipek@example.org", "İpek", "Işıl", []string{"ipek", "isil", "IŞIL"}},
	{"wide@example.org", "Ｙａｍａ", "ｶﾞｸ", []string{"yama", "ガク", "ｶﾞｸ yama"}},
	{"yun@example.org", "Юлия", "Ёлкина", []string{"юлия", "ЮЛИЯ", "елкина", "Ёлк"}},
	{"nikos@example.org", "Νίκος", "Σίσυφος", []string{"νικος", "ΝΙΚΟΣ", "σισυφος", "σίσυφοσ"}},
	{"layla@example.org", "لَيْلَى", "ﻣﺤﻤﺪ", []string{"ليلى", "محمد", "محمد ليلى"}},
	{"dvora@example.org", "דְּבוֹרָה", "כץ", []string{"דבורה", "כץ דבורה"}},
	{"minh@example.org", "Nguyễn", "Đức", []string{"nguyen", "duc nguyen", "NGUYỄN"}},
	{"min@example.org", "민준", "김", []string{"민준", "김 민"}},
	{"tanaka@example.org", "花子", "田中", []string{"花子", "田中 花"}},
	{"asha@example.org", "आशा", "शर्मा", []string{"आशा", "शर्मा आशा"}},
	{"fi@example.org", "ﬁona", "Ǆura", []string{"fiona", "dzura", "FIONA"}},
	{"key@example.org", "🔑", "🔑🔑", []string{"🔑"}},
	{"pia@bücher.example", "Pia", "Winter", []string{"bücher", "bucher pia", "PIA WINTER", "winter, pia"}},
	{"renée.ñu@example.com", "Ola", "Nordmann", []string{"ñu nordmann", "nu nordmann", "ola example.com"}},
	{"o`hara+rooms@example.com", "Scarlett", "H", []string{"ohara", "rooms scarlett", "o`hara+rooms@example.com", "O’Hara"}},
}

func TestI1_EverySearchFindsWhatPeopleType(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		s := newStage(h)
		admin, host := s.admin, s.host
		room := h.Hall(host, Object{"admission": "AUTOMATIC"})
		room.Command("startSession")
		for _, p := range sought {
			names := Object{"firstName": p.first, "lastName": p.last}
			h.Browser().Redeem(room.Invite(p.email, names))
			admin.Must("addUser", Object{"email": p.email, "firstName": p.first, "lastName": p.last, "oneName": p.last == ""}, "")
			h.Hall(host, Object{"title": p.first + " & " + p.last, "description": "Meeting with " + p.email})
		}
		for _, p := range sought {
			name := p.first + " " + p.last
			for _, typed := range p.typed {
				asked := fmt.Sprintf("%q", typed)
				in := Object{"id": room.ID, "search": typed}
				h.Advance(time.Second) // the rate of searches
				found := host.MustAsk(`query($id: ID!, $search: String!) {
					room(id: $id) {
						participants(search: $search) { totalCount nodes { displayName } }
						invitations(search: $search) { totalCount nodes { name } }
					}
					rooms(search: $search) { nodes { title } }
					invitedBefore(roomId: $id, query: $search) { last { name } }
					userSearch(roomId: $id, query: $search) { user { name } }
				}`, in)
				Same(t, "participants, by "+asked, found.Texts("room.participants.nodes", "displayName"), []string{name})
				Same(t, "invitations, by "+asked, found.Texts("room.invitations.nodes", "name"), []string{name})
				Same(t, "rooms, by "+asked, found.Texts("rooms.nodes", "title"), []string{p.first + " & " + p.last})
				if p.first == "🔑" {
					continue // people are found by words of two characters or more
				}
				Same(t, "people invited before, by "+asked, found.Texts("invitedBefore", "last.name"), []string{name})
				Same(t, "accounts, by "+asked, found.Texts("userSearch", "user.name"), []string{name})
				Same(t, "an administrator's list, by "+asked,
					admin.MustAsk(`query($search: String!) { users(search: $search) { nodes { user { name } } } }`, in).Texts("users.nodes", "user.name"), []string{name})
			}
		}
	})
}
