//go:build !cgo

package live

// Without cgo the SQLite driver builds, and fails only when it opens a database. Go also turns cgo off by itself where it
// finds no C compiler. The build stops here instead, with a name that says what to do.
var _ = usher_needs_cgo__install_gcc_and_build_with_CGO_ENABLED_1
