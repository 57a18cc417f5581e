package text

import "strings"

// commonDomains are domains of mailboxes that many people have. An address whose domain is nearly one of them may have a slip.
var commonDomains = []string{
	"gmail.com", "googlemail.com", "outlook.com", "outlook.de", "hotmail.com", "hotmail.de",
	"yahoo.com", "yahoo.de", "yahoo.co.uk", "yahoo.fr", "icloud.com", "proton.me", "protonmail.com", "posteo.de", "mailbox.org",
	"gmx.de", "gmx.net", "gmx.at", "gmx.ch", "web.de", "t-online.de", "freenet.de", "bluewin.ch", "orange.fr", "laposte.net",
}

// rightDomains resemble common ones, and are right.
var rightDomains = map[string]bool{"mail.com": true, "mail.de": true, "email.de": true, "ymail.com": true, "gmx.com": true, "gmx.fr": true, "gmx.eu": true}

// minGuessed is the shortest domain for which one different character is a slip. Shorter ones resemble too many others.
const minGuessed = 6

// Suggest returns the address that somebody may have meant, such as …@gmail.com for …@gmial.com, or "". Its argument is a normal form. It
// is a hint: the address may be right.
func Suggest(normal string) string {
	local, domain, ok := strings.Cut(normal, "@")
	if !ok || len(domain) < minGuessed || rightDomains[domain] {
		return ""
	}
	found := ""
	for _, common := range commonDomains {
		if domain == common {
			return ""
		}
		if found == "" && oneSlip(domain, common) {
			found = local + "@" + common
		}
	}
	return found
}

// oneSlip reports whether one text becomes the other by one slip of the keys: a character too many, too few or wrong, or two that
// changed places.
func oneSlip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	at := 0
	for at < len(a) && a[at] == b[at] {
		at++
	}
	switch {
	case len(a) < len(b):
		return a[at:] == b[at+1:]
	case at == len(a):
		return false
	case a[at+1:] == b[at+1:]:
		return true
	}
	return at+1 < len(a) && a[at] == b[at+1] && a[at+1] == b[at] && a[at+2:] == b[at+2:]
}
