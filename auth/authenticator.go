package auth

import (
	"usher/ent"
	"usher/live"
)

// Authenticator finds out who is asking, and grants and ends sign-ins.
type Authenticator struct {
	db        *live.Database
	log       *live.Log
	passwords *Passwords
	terms     Terms
	ended     func(signInID string)
	rates     signInRates
	signIns   *live.Gather[string, *ent.SignIn]
	guests    *live.Gather[string, *ent.GuestToken]
	devices   *live.Lasting[string, string] // ids by the SHA-256 of the secrets
	places    *live.Gather[string, *owned]
}

// Options are the parts of an Authenticator.
type Options struct {
	Database  *live.Database
	Log       *live.Log
	Passwords *Passwords
	Terms     Terms
	// Limits are DefaultLimits if they are zero.
	Limits Limits
	// RateKey is the key of SharedRates. Only servers need it.
	RateKey []byte
	// Ended is called with the id of each sign-in that its owner ends, so that connections with it can close. It may be nil.
	Ended func(signInID string)
}

// New returns an Authenticator of the accounts in a database.
func New(o Options) *Authenticator {
	if o.Ended == nil {
		o.Ended = func(string) {}
	}
	if o.Limits == (Limits{}) {
		o.Limits = DefaultLimits
	}
	a := &Authenticator{
		db: o.Database, log: o.Log, passwords: o.Passwords, terms: o.Terms, ended: o.Ended,
		rates: newSignInRates(o.Limits, o.Log.Now, NewSharedRates(o.Database, o.Log, o.RateKey)),
	}
	rows := stored{o.Database}
	a.signIns, a.guests, a.places = live.NewGather(rows.signIns), live.NewGather(rows.guests), live.NewGather(rows.places)
	a.devices = live.NewLasting(knownDevices, rows.devices)
	return a
}

// Waiting returns the number of passwords that wait for their check.
func (a *Authenticator) Waiting() int { return a.passwords.line.length() }
