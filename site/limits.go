package site

import (
	"time"

	"usher/auth"
	"usher/graph"
	"usher/mail"
	"usher/room"
)

// Limits are limits that operators cannot change. Tests build sites with other ones.
type Limits struct {
	Use     graph.UseLimits
	SignIns auth.Limits
	Room    room.Limits // its InvitationsPerSession is a setting, which Build fills in
	// StrangersSockets limits the open WebSockets without a credential from one address.
	StrangersSockets int
	// Stall is how long a WebSocket's client may read nothing before its connection ends. Zero is the default of package wire.
	Stall time.Duration
	// MailLease is how long a server may take to send an email before another one may.
	MailLease time.Duration
}

// DefaultLimits are the limits of every site.
var DefaultLimits = Limits{
	Use: graph.DefaultUseLimits, SignIns: auth.DefaultLimits, Room: room.DefaultLimits(), StrangersSockets: 2_000, MailLease: mail.DefaultLease,
}
