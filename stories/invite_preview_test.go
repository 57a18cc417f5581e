package stories

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"usher/live"
	. "usher/sitetest"
	"usher/text/texttest"
)

// Reading and checking a list of people (I12).

const previewed = `query($roomId: ID!, $text: String, $file: Bytes, $rows: [InviteRow!], $role: RoomRole) {
	invitePreview(roomId: $roomId, text: $text, file: $file, rows: $rows, role: $role) {
	... on InvitePreviewSuccess { left more skippedColumns linesBefore windows1252 rows {
		row line outcome email firstName lastName oneName names role doubt same problem { code field } invitation { id status } } }
	... on Problem { code field message } } }`

func (r *listed) preview(with Object) Object {
	return r.host.MustAsk(previewed, r.input(with)).In("invitePreview")
}

// listed is a room whose lists a manager checks.
type listed struct {
	host *Client
	*Hall
}

func (r *listed) input(with Object) Object {
	input := Object{"roomId": r.ID, "role": "VIEWER"}
	for name, value := range with {
		input[name] = value
	}
	return input
}

func base64Of(content []byte) string { return base64.StdEncoding.EncodeToString(content) }

func TestI12_EachRowShowsWhatWouldBecomeOfIt(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		s := &stage{h: h, admin: h.User("admin@example.com", "--admin"), host: h.User("ada@example.com")}
		s.policy(Object{"blockedDomains": []string{"blocked.example"}})
		h.User("alan@example.com")
		room := &listed{s.host, h.Hall(s.host, nil)}
		standing := room.Invite("standing@example.org", Object{"role": "SPEAKER"})
		revoked := room.Invite("revoked@example.org", nil)
		revoked.Do("revokeInvitation")
		before, stored := room.Revision(), h.Places()
		p := room.preview(Object{"text": strings.Join([]string{
			"First Guest <first@example.org>", "no address@", "FIRST@example.org", "standing@example.org", "someone@blocked.example",
			"ada@example.com", "4711@example.org", "alan@example.com", "revoked@example.org", "noor.haddad@example.org",
			"last@example.org;Last;Guest;Sprecherin", "maria@example.org;Maria Ortiz;Boss",
		}, "\n")})
		Same(t, "what would become of the rows", became(p), []string{
			"READY", "REFUSED INVALID_EMAIL email", "DUPLICATE", "STANDING", "REFUSED EMAIL_DOMAIN_BLOCKED email",
			"REFUSED ALREADY_MANAGER email", "REFUSED INVALID_NAME firstName", "READY", "GONE", "READY", "READY", "READY",
		})
		rows := p.List("rows")
		Same(t, "the earlier row", rows[2].Int("same"), 0)
		Same(t, "invitations", []string{rows[3].Text("invitation.id"), rows[8].Text("invitation.id"), rows[8].Text("invitation.status")},
			[]string{standing.ID, revoked.ID, "REVOKED"})
		Same(t, "names", []string{
			rows[0].Text("firstName") + " " + rows[0].Text("names"), rows[7].Text("lastName") + " " + rows[7].Text("names"),
			rows[9].Text("lastName") + " " + rows[9].Text("names"),
		}, []string{"First LIST", "Host ACCOUNT", "Haddad GUESSED"})
		Same(t, "roles", []string{rows[0].Text("role"), rows[10].Text("role")}, []string{"VIEWER", "SPEAKER"})
		Same(t, "how many are left", p.Int("left"), 4)
		Same(t, "nothing was written", []any{room.Revision(), h.Places()}, []any{before, stored})

		// Edited rows are checked again. Inviting those that are ready invites them.
		again := room.preview(Object{"rows": []Object{person("nobody@example.org", nil), person("4711@example.org", nil)}})
		Same(t, "edited rows", became(again), []string{"READY", "READY"})
		invited := s.host.Must("inviteUsers", s.many(room.Hall, 1, person("nobody@example.org", nil), person("4711@example.org", nil)), outcomes)
		Same(t, "they are invited", became(invited), []string{"INVITED", "INVITED"})
	}, "--invitations-per-session=5")
}

func TestI12_EveryListOfTheCorpusIsReadFromATextAndAFile(t *testing.T) {
	h := StartHouse(t)
	room := &listed{h.User("host@example.net"), nil}
	room.Hall = h.Hall(room.host, nil)
	for _, c := range texttest.Lists(t) {
		given := []Object{{"file": base64Of(c.Content(t))}}
		if c.Encoding == "" && !strings.Contains(c.Text, "\x00") {
			given = append(given, Object{"text": c.Text})
		}
		for _, list := range given {
			p := room.preview(list)
			if c.Error != "" {
				want := strings.ToUpper(c.Error[:1]) + c.Error[1:] + "."
				Same(t, c.Name, []string{p.Code(), p.Text("message")}, []string{"INVALID_VALUE", want})
				continue
			}
			var got []string
			for _, row := range p.List("rows") {
				got = append(got, row.Text("email"))
			}
			var want []string
			for _, one := range c.People {
				email, _, _ := strings.Cut(one, "|")
				want = append(want, email)
			}
			Same(t, c.Name, strings.Join(got, "\n"), strings.Join(want, "\n"))
			Same(t, c.Name+": columns, lines, encoding", fmt.Sprint(p["skippedColumns"], p.Int("linesBefore"), p["windows1252"]),
				fmt.Sprint(append([]string{}, c.Skipped...), c.Before, c.Windows1252))
		}
	}
}

func TestI12_AListHasLimits(t *testing.T) {
	h := StartHouse(t)
	room := &listed{h.User("host@example.net"), nil}
	room.Hall = h.Hall(room.host, nil)
	file := func(size int) Object {
		head := "email,first name,last name\nada@example.org,Ada,Lovelace\n"
		return Object{"file": base64Of([]byte(head + strings.Repeat("\n", size-len(head))))}
	}
	rows := func(n int) (rows []Object) {
		for i := range n {
			rows = append(rows, person(fmt.Sprintf("guest%d@example.org", i), nil))
		}
		return rows
	}
	long := strings.Repeat(" ", 150_000-len("ada@example.org"))
	Same(t, "1 MB", became(room.preview(file(1<<20))), []string{"READY"})
	Same(t, "150,000 characters", became(room.preview(Object{"text": long + "ada@example.org"})), []string{"READY"})
	Same(t, "500 rows", len(room.preview(Object{"rows": rows(500)}).List("rows")), 500)
	for field, beyond := range map[string]Object{"file": file(1<<20 + 1), "text": {"text": long + " ada@example.org"}} {
		p := room.preview(beyond)
		Same(t, "a "+field+" beyond its limit", []string{p.Code(), p.Text("field")}, []string{"INVALID_VALUE", field})
	}
	for name, wrong := range map[string]Object{
		"501 rows": {"rows": rows(501)}, "300,001 characters": {"text": strings.Repeat("a", 300_001)},
		"nothing": {}, "two of them": {"text": "ada@example.org", "rows": rows(1)}, "no Base64": {"file": "ada@example.org"},
		"Base64 without padding": {"file": "YWRhQGV4YW1wbGUub3Jn!"},
	} {
		Same(t, name, room.host.Ask(previewed, room.input(wrong)).Code(), "BAD_USER_INPUT")
	}
	Same(t, "a longer request", room.host.Ask(previewed, room.input(Object{"file": strings.Repeat("A", 1_600_000)})).Status, 413)
	Same(t, "of nobody", h.Client().Ask(previewed, room.input(file(1<<17))).Status, 413)
}

func TestI12_WhatConcernsTheWholeListRefusesIt(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		s := &stage{h: h, admin: h.User("admin@example.com", "--admin"), host: h.User("ada@example.com")}
		room := &listed{s.host, h.Hall(s.host, nil)}
		list := Object{"text": "grace@example.org"}
		s.policy(Object{"invitations": false})
		Same(t, "while invitations are off", room.preview(list).Code(), "INVITATIONS_OFF")
		s.policy(Object{"invitations": true})
		room.Command("startSession")
		room.Command("endSession")
		Same(t, "of a session that is over", room.preview(list).Code(), "SESSION_ENDED")
	})
}

func TestI12_CheckingAListLocksNothing(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		room := &listed{h.User("host@example.net"), nil}
		room.Hall = h.Hall(room.host, nil)
		h.MustWrite(func(ctx context.Context, tx *live.Tx) error {
			if _, err := tx.Lock(ctx, room.ID); err != nil {
				return err
			}
			Same(t, "while somebody else changes the room", became(room.preview(Object{"text": "grace@example.org"})), []string{"READY"})
			return nil
		})
	})
}
