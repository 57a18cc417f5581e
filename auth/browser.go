package auth

import (
	"strings"

	"github.com/mileusna/useragent"
)

const (
	maxUserAgent = 512 // bytes looked at: real ones are shorter
	maxAgentName = 32  // bytes shown of a name: the longest known is half that
)

// Browser says in a few words what a User-Agent header calls itself, for a manager's eyes: `Chrome on Windows`,
// `Safari on iPhone`, `curl`. Empty where it says nothing of use. A claim to recognise a device by, never evidence.
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
		return "" // a sentence of somebody's own
	case system == "" || system == agent.Name:
		return agent.Name
	}
	return agent.Name + " on " + system
}

// plain reports whether the name is one that a program might have: what no rule knows is copied from the header.
func plain(name string) bool {
	for i, c := range []byte(name) {
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !letter && (i == 0 || (c < '0' || c > '9') && !strings.ContainsRune(" ._-", rune(c))) {
			return false
		}
	}
	return name != "" && len(name) <= maxAgentName
}
