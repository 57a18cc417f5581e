//go:build !nightly

package proxies

// reloadsWithin replaces the 20 seconds of the files, after which the connections of an old process end. At night the files stay as they are.
const reloadsWithin = "2s"
