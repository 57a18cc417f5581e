package stories

import (
	"testing"
	"time"

	. "usher/sitetest"
	"usher/text/texttest"
)

func TestL9_ALinkIsFoundInWhateverWasPasted(t *testing.T) {
	h := StartHouse(t)
	room := h.Hall(h.User("ada@example.com"), nil)
	old := room.Invite("grace@example.org", nil)
	ticket := old.Renewed()
	links := texttest.LinkSet{Link: ticket.Link, Older: old.Link, Another: room.Invite("noor@example.org", nil).Link}
	visitor := h.Browser()
	for _, c := range texttest.Links(t) {
		pasted, want := links.Fill(c.Pasted), links.Fill(c.Want)
		look, got := visitor.Look(pasted), "the link"
		if problem := look.At("problem"); problem != nil {
			got = Object(problem.(map[string]any)).Text("message")
			Same(t, c.Name+": its code", look.Text("problem.code"), "LINK_NOT_VALID")
			visitor.Refused("LINK_NOT_VALID", "askHost", Object{"token": pasted})
			visitor.Refused("LINK_NOT_VALID", "sendCode", Object{"token": pasted})
			visitor.Refused("LINK_NOT_VALID", "moveInvitation", Object{"token": pasted})
			h.Advance(15 * time.Second) // 30 forged links of an address in a minute
		} else {
			Same(t, c.Name+": its room", look.Text("roomTitle"), "Town hall")
		}
		Same(t, c.Name, got, want)
	}
	visitor.Must("redeemInvitation", Object{"token": links.Fill("Please open ({link})."), "email": ticket.Email}, "")
	Same(t, "the usual form of the link", visitor.MustAsk(`query($token: String!) { invitationLink(token: $token) { link } }`,
		Object{"token": links.Fill("<{percentall}>")}).Text("invitationLink.link"), ticket.Link)
}
