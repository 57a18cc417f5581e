//go:build !cgo

package live

// Without cgo the SQLite driver builds, but fails when it opens a database. Go disables cgo by itself if it finds no C compiler. So
// this stops the build, with a name that says what to do.
var _ = usher_needs_cgo__install_gcc_and_build_with_CGO_ENABLED_1
