package wire

import (
	"mime"
	"regexp"
	"strconv"
	"strings"
)

// The media types of answers: https://graphql.github.io/graphql-over-http/draft/#sec-Media-Types
const (
	mediaJSON    = "application/json"
	mediaGraphQL = "application/graphql-response+json"
)

func isJSON(contentType string) bool {
	if contentType == mediaJSON {
		return true
	}
	media, params, err := mime.ParseMediaType(contentType)
	return err == nil && media == mediaJSON && isUTF8(params)
}

func isUTF8(params map[string]string) bool {
	charset := params["charset"]
	return charset == "" || strings.EqualFold(charset, "utf-8")
}

// maxRanges limits the media ranges of an Accept header that are read.
const maxRanges = 20

// preferences are the weights that an Accept header gives to media ranges (RFC 9110, 12.5.1). A nil map accepts anything.
type preferences map[string]float64

// readAccept reads an Accept header. It ignores malformed ranges. A header without any other expresses no preference.
func readAccept(accept []string) preferences {
	var weights preferences
	for _, text := range strings.SplitN(strings.Join(accept, ","), ",", maxRanges) {
		media, params, err := mime.ParseMediaType(text)
		weight, ok := weightOf(params)
		if err != nil || !ok || !strings.Contains(media, "/") {
			continue
		}
		if weights == nil {
			weights = preferences{}
		}
		if !isUTF8(params) {
			weight = 0
		}
		weights[media] = max(weights[media], weight)
	}
	return weights
}

// qvalue is a weight as RFC 9110, 12.4.2 writes it: from 0 to 1, with at most three decimals.
var qvalue = regexp.MustCompile(`^(0(\.[0-9]{0,3})?|1(\.0{0,3})?)$`)

// weightOf returns the weight among a range's parameters, 1 if there is none, or false if it is malformed.
func weightOf(params map[string]string) (float64, bool) {
	text, given := params["q"]
	if !given {
		return 1, true
	}
	weight, err := strconv.ParseFloat(text, 64)
	return weight, err == nil && qvalue.MatchString(text)
}

// weigh returns the weight of a media type: that of the most specific range.
func (p preferences) weigh(media string) float64 {
	if p == nil {
		return 1
	}
	kind, _, _ := strings.Cut(media, "/")
	for _, name := range []string{media, kind + "/*", "*/*"} {
		if weight, named := p[name]; named {
			return weight
		}
	}
	return 0
}

// negotiate chooses the media type of an answer by the Accept header, or returns "" if that accepts neither. It prefers JSON unless the
// newer type is named with the same weight.
func negotiate(accept []string) string {
	if len(accept) == 1 {
		switch accept[0] {
		case "*/*", mediaJSON:
			return mediaJSON
		case mediaGraphQL:
			return mediaGraphQL
		}
	}
	preferred := readAccept(accept)
	json, newer := preferred.weigh(mediaJSON), preferred.weigh(mediaGraphQL)
	_, named := preferred[mediaGraphQL]
	switch {
	case newer > json, named && newer > 0 && newer == json:
		return mediaGraphQL
	case json > 0:
		return mediaJSON
	default:
		return ""
	}
}

// acceptsEvents reports whether an Accept header names server-sent events. The range */* does not: its client may know nothing of
// streams, and would wait for the end of one.
func acceptsEvents(accept []string) bool {
	preferred := readAccept(accept)
	_, exactly := preferred[mediaEvents]
	_, byKind := preferred["text/*"]
	return (exactly || byKind) && preferred.weigh(mediaEvents) > 0
}
