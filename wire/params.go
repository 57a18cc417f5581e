package wire

import (
	"bytes"
	stdjson "encoding/json"
	"errors"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// numbersAsWritten keeps a number's text, because the schema's Int would refuse a float64.
var numbersAsWritten = json.WithUnmarshalers(json.UnmarshalFromFunc(func(from *jsontext.Decoder, value *any) error {
	if from.PeekKind() != '0' {
		return errors.ErrUnsupported // leaves all other values to the decoder
	}
	token, err := from.ReadToken()
	*value = stdjson.Number(token.String())
	return err //nolint:wrapcheck // the decoder's own
}))

// decode parses a text that is one JSON value. The names of members count as they are written, and each may come once: what reads a request
// before Usher, such as a proxy with a list of operations, must not see another one. The result does not share memory with the text.
//
// Half of a surrogate pair becomes U+FFFD, because a page may cut a text within an emoji.
func decode(text []byte, into any) error {
	//nolint:wrapcheck // callers say it in words that repeat nothing of the text
	return json.Unmarshal(text, into, numbersAsWritten, jsontext.AllowInvalidUTF8(true))
}

// members is the JSON object of a request.
type members map[string]any

// decodeMembers parses the JSON object of a request. Its errors repeat nothing of the text.
func decodeMembers(text []byte) (members, *gqlerror.Error) {
	if !utf8.Valid(text) {
		return nil, refuse(CodeBadUserInput, "the request is not in UTF-8")
	}
	if bytes.HasPrefix(bytes.TrimLeft(text, " \t\r\n"), []byte("[")) {
		return nil, refuse(CodeBadUserInput, "batches are not supported; send one operation per request")
	}
	var request members
	err := decode(text, &request)
	switch {
	case errors.Is(err, jsontext.ErrDuplicateName):
		return nil, refuse(CodeBadUserInput, "an object in the request has two members with the same name")
	case err != nil || request == nil:
		return nil, refuse(CodeBadUserInput, "the request is not a single JSON object")
	}
	return request, nil
}

// params returns the members of a GraphQL request. It ignores unknown ones.
func (m members) params() (*graphql.RawParams, *gqlerror.Error) {
	query, hasQuery := m["query"].(string)
	operationName, isName := optional[string](m["operationName"])
	variables, areVariables := optional[map[string]any](m["variables"])
	extensions, areExtensions := optional[map[string]any](m["extensions"])
	switch {
	case !hasQuery && areExtensions && extensions["persistedQuery"] != nil && m["query"] == nil:
		return nil, refusePersisted()
	case !hasQuery:
		return nil, refuse(CodeBadUserInput, "the parameter query is missing or is not a string")
	case !isName:
		return nil, refuse(CodeBadUserInput, "the parameter operationName is not a string")
	case !areVariables:
		return nil, refuse(CodeBadUserInput, "the parameter variables is not an object")
	case !areExtensions:
		return nil, refuse(CodeBadUserInput, "the parameter extensions is not an object")
	}
	return &graphql.RawParams{Query: query, OperationName: operationName, Variables: variables, Extensions: extensions}, nil
}

// optional accepts a JSON value of the type, null, or nothing.
func optional[T any](value any) (of T, ok bool) {
	if value == nil {
		return of, true
	}
	of, ok = value.(T)
	return of, ok
}

// refusePersisted refuses a request that names its document by a hash alone. Apollo's clients know this message and this code: they
// send the document from then on, and no hashes any more.
func refusePersisted() *gqlerror.Error {
	return refuse(CodePersistedNotSupported, "PersistedQueryNotSupported")
}
