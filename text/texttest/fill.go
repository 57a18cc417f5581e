package texttest

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"strings"
)

// LinkSet has the links that texts of the corpus contain.
type LinkSet struct {
	Link    string // genuine
	Older   string // of the same invitation, replaced by Link
	Another string // of another invitation
}

// Fill replaces the placeholders of the corpus: {link}, and what programs make of it. web/e2e/links.ts does the same.
func (s LinkSet) Fill(text string) string {
	join, token, _ := strings.Cut(s.Link, "#")
	scheme, rest, _ := strings.Cut(join, "://")
	host, path, _ := strings.Cut(rest, "/")
	swapped := "A"
	if token[40] == 'A' {
		swapped = "B"
	}
	percent := url.QueryEscape(s.Link)
	return strings.NewReplacer(
		"{link}", s.Link, "{older}", s.Older, "{another}", s.Another, "{token}", token, "{join}", join,
		"{head}", token[:30], "{tail}", token[30:], "{noversion}", token[3:],
		"{short}", s.Link[:len(s.Link)-9], "{less}", s.Link[:len(s.Link)-1], "{lower}", strings.ToLower(s.Link),
		"{forged}", join+"#"+token[:40]+swapped+token[41:], "{nounderscores}", strings.ReplaceAll(s.Link, "_", ""),
		"{capital}", scheme+"://"+host+"/"+strings.ToUpper(path[:1])+path[1:]+"#"+token,
		"{upperhost}", strings.ToUpper(scheme+"://"+host)+"/"+path+"#"+token,
		"{percent}", percent, "{percent2}", url.QueryEscape(percent), "{percentlower}", strings.NewReplacer("%3A", "%3a", "%2F", "%2f").Replace(percent),
		"{percentall}", each(s.Link, "%%%02X"), "{qpall}", each(s.Link, "=%02X"), "{hyphen}", hyphened(s.Link),
		"{hyphenpercent}", hyphened("https://nam02.safelinks.protection.outlook.com/?url="+percent+"&data=05"),
		"{star}", strings.ReplaceAll(s.Link, "#", "*"), "{base64}", base64.StdEncoding.EncodeToString([]byte(s.Link)),
		"{entities}", strings.NewReplacer("#", "&#35;", "_", "&#x5F;").Replace(s.Link), "{escaped}", strings.ReplaceAll(s.Link, "_", `\_`),
		"{wrap76}", broken(s.Link, 76, "\n"), "{wrap76crlf}", broken(s.Link, 76, "\r\n"), "{quoted}", broken(s.Link, 60, "\n> "),
		"{qp}", broken(strings.ReplaceAll("Open: "+s.Link, "=", "=3D"), 50, "=\r\n"),
		"{zwsp}", broken(s.Link, 20, "\u200b"), "{shy}", broken(s.Link, 30, "\u00ad"),
		"{nbhyphen}", strings.ReplaceAll(s.Link, "-", "\u2011"), "{dashes}", strings.ReplaceAll(s.Link, "--", "—"),
		"{fullwidth}", join+"＃"+strings.NewReplacer("_", "＿", "u1", "ｕ１").Replace(token),
	).Replace(text)
}

func each(text, format string) string {
	var coded strings.Builder
	for i := range len(text) {
		fmt.Fprintf(&coded, format, text[i])
	}
	return coded.String()
}

// hyphened writes an address as Proofpoint's second version does.
func hyphened(address string) string {
	address = url.QueryEscape(address)
	address = strings.NewReplacer("_", "-5F", "-", "-2D").Replace(address)
	return strings.NewReplacer("%2F", "_", "%", "-").Replace(address)
}

func broken(text string, size int, by string) string {
	var parts []string
	for len(text) > size {
		parts, text = append(parts, text[:size]), text[size:]
	}
	return strings.Join(append(parts, text), by)
}
