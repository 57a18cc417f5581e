package room

import (
	"net/url"
	"regexp"
	"strings"

	"usher/problem"
	"usher/text"
)

// maxPasted limits the bytes of a pasted text in which a link is looked for. It has room for a whole message.
const maxPasted = 32 << 10

// link identifies an invitation and which of its links it is.
type link struct {
	publicID   [16]byte
	generation uint32
}

// find returns the links in a pasted text that are genuine, the newest one of each invitation.
func (k Keys) find(pasted string) (found []link) {
	if len(pasted) > maxPasted {
		return nil
	}
	for _, token := range text.TokensIn(pasted, tokenVersion, tokenText.EncodedLen(tokenBytes)) {
		l, ok := k.open(token)
		if ok {
			found = addLink(found, l)
		}
	}
	return found
}

func addLink(found []link, l link) []link {
	for i, other := range found {
		if other.publicID == l.publicID {
			found[i].generation = max(l.generation, other.generation)
			return found
		}
	}
	return append(found, l)
}

// genuine returns the one genuine link in a pasted text. Of several links of one invitation it returns the newest. It returns
// LINK_NOT_VALID if the text has no genuine link, or links of several invitations. The message depends only on the text.
func (s *Links) genuine(pasted string) (link, *problem.Problem) {
	found := s.options.Keys.find(pasted)
	if len(found) == 1 {
		return found[0], nil
	}
	p := problem.New(problem.LinkNotValid).At("token")
	switch site := hostIn(pasted); {
	case len(found) > 1:
		p.Saying("This text has the links of several invitations. Paste only yours.")
	case len(pasted) > maxPasted:
		p.Saying("This text is too long. Paste only the link.")
	case len(text.TokensIn(pasted, tokenVersion, tokenText.EncodedLen(tokenBytes))) > 0: // forged, or from another site
	case text.HasLinkTo(pasted, tokenVersion) || text.HasLinkTo(pasted, withoutScheme(s.options.JoinURL)):
		p.Saying("A part of this link is missing. Copy the whole link: it ends in a long row of letters and digits.")
	case site != "":
		p.Saying("This is a link to " + site + ". Your link begins with " + s.options.JoinURL + "#.")
	default:
		p.Saying("There is no link in this text. Your link begins with " + s.options.JoinURL + "#.")
	}
	return link{}, p
}

// address matches the beginning of an address.
var address = regexp.MustCompile(`(?i)https?://[^\s/?#<>"'\\]{1,253}`)

// hostIn returns the host of the first address in a text, or "" if there is no address. It names no host that a reader could misread.
func hostIn(pasted string) string {
	found := address.FindString(pasted)
	if found == "" {
		return ""
	}
	const unnamed = "another site"
	u, err := url.Parse(found)
	if err != nil {
		return unnamed
	}
	host, ok := text.NormalizeDomain(u.Hostname())
	if !ok {
		return unnamed
	}
	return strings.TrimPrefix(host, "www.")
}

func withoutScheme(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	return rest
}
