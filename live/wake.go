package live

// Waker spreads the hint that a room has reached a revision: Hub within this server, Servers also to the others. Losing a hint loses no
// event, because the log is what counts and readers find the events there.
type Waker interface {
	// Wake signals the revision. Revision 0 means that it is unknown and the log must be read. It never blocks.
	Wake(roomID string, revision int)
	// Stir signals that numbers of the room may have changed without an event. It never blocks.
	Stir(roomID string)
	// Count counts n times that something happened in the room, a word of capital letters. Nothing stores it. It never blocks.
	Count(roomID, what string, n int)
}
