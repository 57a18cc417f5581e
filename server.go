// Usher invites people into live rooms by secure links. The house has one line of packages, and each imports only what is to its
// right:
//
//	server.go → command → site → graph → room → people → auth → live → ent → role, problem, text
//
//	command   the command line: serve, demo, user, token, key, backup, restore, config, check
//	site      one server: builds the parts, listens, answers health probes, drains, runs scheduled work
//	graph     the API: schema, resolvers, events to subscribers
//	room      what happens in rooms: sessions, invitations, participants, managers
//	people    the directory of people: accounts, search, import, set-up
//	auth      who is asking: sign-ins, tokens, devices, passwords
//	live      how changes are written and how events travel
//	ent       what is stored
//	role      who may do what
//	problem   how the product refuses
//	text      what people type: addresses, domains, names, messages
//
// Beside the line are settings (flags and variables), wire (how requests travel) and web (the app and the plain pages). Tests of the
// whole program are in stories, with their kit in sitetest.
package main

import (
	"os"

	"usher/command"
)

func main() { os.Exit(command.Main()) }
