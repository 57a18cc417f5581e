package sitetest

import (
	"encoding/json"
	"strings"
	"time"
)

// Two people use one browser, and each request names one of them.

// Couple is Noor and Sam, who redeemed their links in one browser: first hers, then his.
type Couple struct {
	*Hall
	Device    *Client // names nobody
	Noor, Sam *Client
	Links     struct{ Noor, Sam *Ticket }
}

func (r *Hall) Couple() *Couple {
	r.H.T.Helper()
	c := &Couple{Hall: r, Device: r.H.Browser()}
	c.Links.Noor = r.Invite("noor@example.org", Object{"firstName": "Noor", "lastName": "Haddad"})
	c.Noor = c.Device.As(c.Device.Redeem(c.Links.Noor))
	r.H.Advance(time.Minute)
	c.Links.Sam = r.Invite("sam@example.org", Object{"firstName": "Sam", "lastName": "Lee"})
	c.Sam = c.Device.As(c.Device.Redeem(c.Links.Sam))
	return c
}

// Online lists the participants by name, and who of them is connected.
func (c *Couple) Online() string {
	c.H.T.Helper()
	var all []string
	list := c.Host.MustAsk(`query($id: ID!) { room(id: $id) { participants { nodes { displayName online } } } }`, Object{"id": c.ID})
	for _, p := range list.List("room.participants.nodes") {
		online, _ := json.Marshal(p["online"])
		all = append(all, p.Text("displayName")+" "+string(online))
	}
	return strings.Join(all, ", ")
}
