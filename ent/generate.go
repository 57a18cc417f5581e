// Package ent is what is stored: the schema by hand, the rest generated from it.
package ent

//go:generate go run entgo.io/ent/cmd/ent generate --feature sql/upsert,sql/lock,sql/execquery,sql/versioned-migration ./schema
