package auth

import (
	"context"
	"strings"
)

// Principal is the key by which use is counted: the signed-in account, whatever the number of its sign-ins; else the device that
// has redeemed a link; else the address. A made-up cookie or key counts as the address.
type Principal string

const strangerPrefix = "address "

// StrangerAt returns the principal of everyone at an address (see wire.AddressKey) who shows no credential.
func StrangerAt(address string) Principal { return Principal(strangerPrefix + address) }

// Stranger reports whether only the address is known.
func (p Principal) Stranger() bool { return strings.HasPrefix(string(p), strangerPrefix) }

// Principal returns the key by which the actor's use is counted.
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

// knownDevices is the number of device ids that are kept. An id never changes.
const knownDevices = 20_000

// deviceOf returns the id of a device that has redeemed a link, or an empty string. If storage fails, the device counts as its
// address: the request itself needs storage too, and reports the fault.
func (a *Authenticator) deviceOf(ctx context.Context, secretHash []byte) string {
	id, err := a.devices.Of(ctx, string(secretHash))
	if err != nil {
		return ""
	}
	return id
}
