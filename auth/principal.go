package auth

import (
	"context"
	"strings"
)

// Principal is the key by which use is counted: the account that is signed in, whatever the number of its sign-ins; else the
// device that has redeemed a link; else the address. A cookie or key that a client makes up is nobody's: it counts as the address.
type Principal string

const strangerPrefix = "address "

// StrangerAt returns the principal of everyone at an address (see AddressKey) who shows no credential.
func StrangerAt(address string) Principal { return Principal(strangerPrefix + address) }

// Stranger reports whether nothing but the address is known.
func (p Principal) Stranger() bool { return strings.HasPrefix(string(p), strangerPrefix) }

// Principal returns for whom the actor's use is counted.
func (actor Actor) Principal() Principal {
	switch {
	case actor.User != nil:
		return Principal("account " + actor.User.ID)
	case actor.Guest != nil:
		return Principal("device " + actor.Guest.DeviceID)
	case actor.DeviceID != "":
		return Principal("device " + actor.DeviceID)
	}
	return StrangerAt(actor.Address)
}

// knownDevices is how many ids of devices are remembered. An id never changes, so it is read once.
const knownDevices = 20_000

// deviceOf returns the id of a device that has redeemed a link, empty for any other. Where storage does not answer, the device
// counts as its address: what it asks for needs storage too, and says so.
func (a *Authenticator) deviceOf(ctx context.Context, secretHash []byte) string {
	key := string(secretHash)
	if id, ok := a.known.Get(key); ok {
		return id
	}
	id, err := a.devices.Of(ctx, key)
	if err != nil || id == "" {
		return ""
	}
	a.known.Add(key, id)
	return id
}
