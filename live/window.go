package live

import "time"

// A window gathers what many write, and delivers it together: windowEach for each connection of the server, so that the writes to all
// sockets stay below a constant rate, within limits.
const (
	windowEach  = 20 * time.Microsecond
	windowLeast = 100 * time.Millisecond
	windowMost  = 500 * time.Millisecond
)

// Window returns how long a server with this many connections gathers what it writes and delivers for a room's tools.
func Window(connections int) time.Duration {
	return min(windowMost, max(windowLeast, time.Duration(connections)*windowEach))
}
