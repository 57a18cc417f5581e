package room

import (
	"log/slog"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/live"
	"usher/people"
)

// Limits are the quotas and rates of a site.
type Limits struct {
	// InvitationsPerSession limits the usable invitations of one session.
	InvitationsPerSession int
	// InvitingPerMinute limits the invitations that one manager creates in a minute.
	InvitingPerMinute int
	// ForgedPerMinute limits the forged links that one address tries in a minute. Genuine links are never counted.
	ForgedPerMinute int
}

// DefaultLimits returns the limits of a site that sets none.
func DefaultLimits() Limits {
	return Limits{InvitationsPerSession: 2000, InvitingPerMinute: 3000, ForgedPerMinute: 30}
}

// Options are what the services are built from.
type Options struct {
	Database *live.Database
	Log      *live.Log
	Hub      *live.Hub
	Presence *live.Presence
	Keys     Keys
	People   *people.Directory // makes the links that set passwords
	JoinURL  string            // what precedes the `#` and the token in a link
	Mailing  Mailing
	// Servers returns the running servers of the site.
	Servers func() []live.Server
	// MembersCreateRooms lets every account create rooms. Otherwise only administrators can.
	MembersCreateRooms bool
	Limits             Limits
	Terms              Terms
	Logger             *slog.Logger
	// Tools are the tools of rooms.
	Tools []Tool
}

// core is what all services share.
type core struct {
	options  Options
	db       *ent.Client // reads
	log      *live.Log
	hub      *live.Hub
	presence *live.Presence
	rows     *Rows
	rates    *auth.SharedRates
}

// now returns the server's time.
func (s *core) now() time.Time { return s.log.Now() }

// The services are the use cases, by noun. A method takes the asker. It returns a Problem, an error of package problem, or a
// fault.
type (
	// Rooms creates, changes, lists and deletes rooms.
	Rooms struct{ *core }
	// Sessions plans, opens and ends sessions.
	Sessions struct{ *core }
	// Managing adds and removes managers.
	Managing struct{ *core }
	// Invitations invites people, and changes and revokes their invitations.
	Invitations struct {
		*core
		rate *auth.Rates // of one manager
	}
	// Links answers the holders of links.
	Links struct {
		*core
		prover prover
		forged auth.SharedRate // of one address
		opened *opener
		crowds *live.Collect[redeemCommand, redemption] // by room
		rooms  *live.Gather[[16]byte, *ent.Room]        // by the public ids of invitations, whose ids come with them
	}
	// Codes sends codes to invited mailboxes, and lets managers vouch for those who get none.
	Codes struct {
		*core
		links       *Links
		invitations *Invitations
	}
	// HandOvers moves redeemed links to other devices.
	HandOvers struct {
		*core
		links *Links
	}
	// Places moves participants, and changes their roles.
	Places struct {
		*core
		crowds *live.Collect[ownCommand, *Participant] // by room
		hosts  *live.Share[hostsPage, hosts]
	}
	// Policy reads and changes the site's rules for invitations.
	Policy struct{ *core }
	// News delivers what happens: streams, history and presence.
	News struct {
		*core
		snapshots *live.Gather[watching, snapshot]
		heads     *headcounts
	}
	// Rows loads rows by their keys. It checks no rights.
	Rows struct {
		*core
		kept     *keptCounts
		rosters  *rosters
		gathered gathered
	}
	// Clock does what is due without a request.
	Clock struct{ *core }
)

// Services are the use cases of rooms.
type Services struct {
	Rooms       *Rooms
	Sessions    *Sessions
	Managers    *Managing
	Invitations *Invitations
	Links       *Links
	Codes       *Codes
	HandOvers   *HandOvers
	Places      *Places
	Policy      *Policy
	News        *News
	Rows        *Rows
	Clock       *Clock
	Erasing     *Erasing
	Letters     *Letters
}

// rateKeys limits how many managers the rate remembers.
const rateKeys = 100_000

// New builds the services. Close ends what they run in the background.
func New(o Options) *Services {
	c := &core{options: o, db: o.Database.Read, log: o.Log, hub: o.Hub, presence: o.Presence}
	c.rates = auth.NewSharedRates(o.Database, o.Log, o.Keys.Derive(ForRates))
	c.rows = newRows(c)
	forged := auth.SharedRate{Name: "forged links from an address", Limit: o.Limits.ForgedPerMinute, Per: time.Minute}
	inviting := auth.NewRates(o.Limits.InvitingPerMinute, time.Minute, o.Limits.InvitingPerMinute, rateKeys, o.Log.Now)
	news := &News{core: c, heads: &headcounts{rooms: map[string]*headcount{}}}
	news.snapshots = live.NewGather(news.readSnapshots)
	links := &Links{core: c, prover: prover{c}, forged: forged, opened: startOpener(c)}
	links.crowds = live.NewCollect(o.Log, links.beginRedeeming, live.Crowded(redeemWindow))
	links.rooms = live.NewGather(links.readRooms)
	invitations := &Invitations{c, inviting}
	return &Services{
		Rooms:       &Rooms{c},
		Sessions:    &Sessions{c},
		Managers:    &Managing{c},
		Invitations: invitations,
		Links:       links,
		Codes:       &Codes{c, links, invitations},
		HandOvers:   &HandOvers{c, links},
		Places:      newPlaces(c),
		Policy:      &Policy{c},
		News:        news,
		Rows:        c.rows,
		Clock:       &Clock{c},
		Erasing:     &Erasing{c, o.Database},
		Letters:     &Letters{c},
	}
}

// Close finishes the commands in line, notes the opened links that are not noted yet, and ends the background work.
func (s *Services) Close() {
	s.Places.crowds.Close()
	s.Links.crowds.Close()
	s.Links.opened.close()
}
