package site

import "runtime/debug"

// Version returns the version that the build recorded. `go run` records none.
func Version() string {
	if build, ok := debug.ReadBuildInfo(); ok {
		return build.Main.Version
	}
	return "unknown"
}
