package room

import (
	"strings"

	"usher/auth"
)

// NormalizeDomainRule returns the form of a typed domain rule that is stored and matched: the domain in lower-case ASCII (I8).
// `@example.com` and `*.example.com` also mean example.com, because a rule covers its domain and all subdomains anyway. A single
// label covers every domain that ends in it, as in `edu`. Returns false for anything else, such as a whole email or another
// pattern.
func NormalizeDomainRule(typed string) (rule string, ok bool) {
	rule = strings.TrimSpace(typed)
	if domain, found := strings.CutPrefix(rule, "*."); found {
		rule = domain
	} else {
		rule = strings.TrimPrefix(rule, "@")
	}
	return auth.NormalizeDomain(rule)
}

// DomainAllowed reports whether the rules allow an email domain (I8). A blocking rule wins. If there are allowing rules, one must
// cover the domain. The domain comes from auth.Domain, and the rules from NormalizeDomainRule.
func DomainAllowed(domain string, blocked, allowed []string) bool {
	if covered(domain, blocked) {
		return false
	}
	return len(allowed) == 0 || covered(domain, allowed)
}

// covered reports whether a rule names the domain or a domain above it, at a label boundary.
func covered(domain string, rules []string) bool {
	for _, rule := range rules {
		above, ok := strings.CutSuffix(domain, rule)
		if ok && (above == "" || strings.HasSuffix(above, ".")) {
			return true
		}
	}
	return false
}
