package auth

import (
	"strings"

	"github.com/mileusna/useragent"
)

const (
	maxUserAgent = 512 // bytes that are parsed; real headers are shorter
	maxAgentName = 32  // bytes of a name; the longest known name has half as many
)

// Browser returns a short name of a User-Agent header for managers, such as `Chrome on Windows`, `Safari on iPhone` or `curl`. It
// returns an empty string if the header says nothing useful. Clients choose the header, so the name proves nothing.
func Browser(userAgent string) string {
	agent := useragent.Parse(userAgent[:min(len(userAgent), maxUserAgent)])
	system := agent.OS
	if agent.OS == useragent.IOS {
		system = agent.Device // iPhone, iPad: what people call them
	}
	switch {
	case !plain(agent.Name):
		return system
	case system == "" && strings.Contains(agent.Name, " "):
		return "" // free text
	case system == "" || system == agent.Name:
		return agent.Name
	}
	return agent.Name + " on " + system
}

// plain reports whether the name could be that of a program. Names of unknown programs are copies from the header.
func plain(name string) bool {
	for i, c := range []byte(name) {
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !letter && (i == 0 || (c < '0' || c > '9') && !strings.ContainsRune(" ._-", rune(c))) {
			return false
		}
	}
	return name != "" && len(name) <= maxAgentName
}
