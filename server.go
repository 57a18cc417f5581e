// Usher invites people into live rooms by secure links. Its packages form one line, and each imports only those to its right:
//
//	server.go → command → site → graph → export, talk, vote, gesture, ask, mail → tools → room → people → auth → live → ent → role, problem, text, metric
//
//	command   the command line: serve, user, token, key, backup, restore, config, check, version
//	site      one server: builds the parts, listens, answers health probes, drains, runs scheduled work
//	graph     the API: schema, resolvers, events to subscribers
//	export    files of what happened in a room
//	talk      what people say in rooms: the chat and the backchannel
//	vote      what people answer together
//	gesture   what people do in rooms without writing: hands and reactions
//	ask       the questions that people ask there
//	mail      sends emails: it claims what room has written down, and records what became of it
//	tools     what the tools of rooms share: their settings, and the checks before people write
//	room      what happens in rooms: sessions, invitations, participants, managers
//	people    the directory: accounts, search, import
//	auth      who asks: sign-ins, tokens, devices, passwords
//	live      how changes are written and how events travel
//	ent       what is stored
//	role      who may do what
//	problem   refusals and errors
//	text      what people type: addresses, domains, names, messages
//	metric    what one server counts and measures, for Prometheus
//
// Beside the line are settings (flags and variables), wire (how requests travel) and web (the app). Tests of the
// whole program are in stories; sitetest has their helpers.
package main

import (
	"os"

	"usher/command"
)

func main() { os.Exit(command.Main()) }
