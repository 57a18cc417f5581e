package live

// Waker spreads the hint that a room is at a revision: Hub does so in this server, Servers to the others of its site too. A
// hint that is lost loses nothing: the log is the truth, and whoever reads it finds the events.
type Waker interface {
	// Wake never waits.
	Wake(roomID string, revision int)
}
