package stories

import (
	"strings"
	"testing"

	"entgo.io/ent/schema/field"

	"usher/ent/migrate"
)

// naming are the columns that may name a person, or have what they wrote. E4 erases each in room/unname.go, people/erase.go or the
// erase.go of a tool, and a story of E4 writes a trace into it: see aLife.
const naming = `
	answers.texts answers.author choices.text codes.browser devices.browser events.actor events.detail hand_overs.asked_browser
	interactions.title interactions.creator invitations.email invitations.email_typed invitations.first_name invitations.last_name
	invitations.name_folded invitations.email_folded invitations.host_message invitations.host_asked_for invite_calls.asked
	invite_calls.outcomes mails.reply messages.author_name messages.text messages.hidden_by
	participants.email participants.display_name participants.name_folded participants.email_folded participants.hand_note
	questions.author_name questions.text questions.taker questions.answer questions.answerer questions.answered_by questions.taken_by
	search_cells.key search_cells.people users.email users.email_typed users.first_name users.last_name words.folded words.shown`

// nameless are the columns whose values come from the program, or are about a room or the site. Ids are nameless, too, and so is a hash
// with the site's key.
const nameless = `
	answers.person codes.device_hash devices.secret_hash events.kind events.topic guest_tokens.secret_hash hand_overs.device_hash
	hand_overs.asked_hash interactions.kind interactions.share interactions.lowest interactions.highest interactions.state
	interactions.client_key invitations.role invite_calls.key link_key.fingerprint mails.language mails.fault mail_stops.mark mails.asked_by mails.claim
	managers.role
	messages.channel messages.author_role messages.mentions messages.client_key participants.role participants.hand_role
	questions.author_role questions.state questions.client_key rooms.title rooms.description rooms.folded rooms.time_zone room_tools.chat
	room_tools.pace room_tools.questions sign_ins.secret_hash site_policy.blocked_domains site_policy.allowed_domains upvotes.voter
	users.site_role users.password_hash`

// Erasing forgets nothing that is added later: whoever adds a column says which kind it is.
func TestE4_EveryColumnOfTextIsErasedOrNamesNobody(t *testing.T) {
	known := map[string]bool{}
	for _, column := range strings.Fields(naming + nameless) {
		known[column] = true
	}
	for _, table := range migrate.Tables {
		for _, c := range table.Columns {
			name := table.Name + "." + c.Name
			text := c.Type == field.TypeString || c.Type == field.TypeBytes || c.Type == field.TypeJSON
			if text && c.Name != "id" && !strings.HasSuffix(c.Name, "_id") && !known[name] {
				t.Errorf("does %s name anybody? Then erase it (E4) and list it as naming, otherwise as nameless", name)
			}
			delete(known, name)
		}
	}
	for name := range known {
		t.Errorf("%s is no column", name)
	}
}
