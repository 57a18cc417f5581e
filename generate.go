package main

//go:generate go run entgo.io/ent/cmd/ent generate --feature sql/upsert,sql/lock,sql/execquery,sql/versioned-migration ./ent/schema
//go:generate go run github.com/99designs/gqlgen generate
