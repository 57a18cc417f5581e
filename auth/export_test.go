package auth

import "context"

// DisabledPage is the number of accounts that one query of a DisabledWatch reads.
const DisabledPage = disabledPage

// DeviceKey returns the key of a device among credentials.
func DeviceKey(secretHash []byte) string { return deviceKey(secretHash) }

// Occupy waits for a turn to check passwords, and keeps it until Vacate.
func (p *Passwords) Occupy(ctx context.Context) error { return p.line.enter(ctx, noFailures) }

// Vacate gives back the turn of Occupy.
func (p *Passwords) Vacate() { p.line.leave() }
