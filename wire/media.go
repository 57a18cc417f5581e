package wire

import (
	"mime"
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

// negotiate chooses the answer's media type by the Accept header, or returns "" if it accepts neither (RFC 9110, 12.5.1). It prefers
// JSON unless the newer type is named with the same weight.
func negotiate(accept []string) string {
	ranges := strings.Join(accept, ",")
	switch ranges {
	case "", "*/*", mediaJSON:
		return mediaJSON
	case mediaGraphQL:
		return mediaGraphQL
	}
	weights := map[string]float64{}
	for _, text := range strings.SplitN(ranges, ",", maxRanges) {
		media, params, err := mime.ParseMediaType(text)
		if err != nil || !isUTF8(params) {
			continue
		}
		weight, err := strconv.ParseFloat(params["q"], 64)
		if err != nil {
			weight = 1
		}
		weights[media] = max(weights[media], weight)
	}
	weigh := func(media string) float64 {
		for _, name := range []string{media, "application/*", "*/*"} {
			if weight, named := weights[name]; named {
				return weight
			}
		}
		return 0
	}
	json, newer := weigh(mediaJSON), weigh(mediaGraphQL)
	_, named := weights[mediaGraphQL]
	switch {
	case newer > json, named && newer > 0 && newer == json:
		return mediaGraphQL
	case json > 0:
		return mediaJSON
	default:
		return ""
	}
}
