package live

// Waker spreads the hint that a room is at a revision. A hint that is lost loses nothing: the log is the truth, and whoever
// reads it finds the events.
type Waker interface {
	Wake(roomID string, revision int)
}
