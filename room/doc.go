// Package room decides who may be where: rooms and their sessions, managers, invitations, links and places. Each use case
// checks rights, changes what is stored, and records what happened.
//
// Other packages can extend rooms through its kernel, for example with chat. They act in a room with Rooms.Act, which
// hands them a Turn: the transaction, the locked room, and the asker's Sight. They declare their kinds of events with
// Register, and report one with Turn.Emit. Those packages need nothing else of this one.
//
// Packages graph, site and command, and packages that use the kernel, may import room.
package room
