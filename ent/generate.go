// Package ent is what is stored: the schema is written by hand, and the rest is generated from it.
// live and all packages to its left may import it: auth, people, room, graph, site and command.
package ent

//go:generate go run entgo.io/ent/cmd/ent generate --template ./template --feature sql/upsert,sql/lock,sql/execquery,sql/versioned-migration ./schema
//go:generate rm -r enttest hook
