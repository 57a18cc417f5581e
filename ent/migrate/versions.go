// Package migrate makes the tables: what ent generates of them, and the versioned migrations. live and diff import it.
package migrate

import "embed"

// Versions are the migrations in order, one folder a dialect, in goose's format, upwards only: the way down of a rebuilt
// SQLite table would lose rows.
//
//go:embed sqlite/*.sql postgres/*.sql
var Versions embed.FS
