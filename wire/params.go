package wire

import (
	"bytes"
	"encoding/json"
	"io"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// members is the JSON object of a request. Names are compared exactly; a struct would also accept QUERY for query.
type members map[string]any

// decodeMembers parses the JSON object of a request and keeps numbers as written. Its errors repeat nothing of the text, and its result
// does not share memory with it.
func decodeMembers(text []byte) (members, *gqlerror.Error) {
	if !utf8.Valid(text) {
		return nil, refuse(CodeBadUserInput, "the request is not in UTF-8")
	}
	if bytes.HasPrefix(bytes.TrimLeft(text, " \t\r\n"), []byte("[")) {
		return nil, refuse(CodeBadUserInput, "batches are not supported; send one operation per request")
	}
	var request members
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&request); err != nil || request == nil {
		return nil, refuse(CodeBadUserInput, "the request is not a JSON object")
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, refuse(CodeBadUserInput, "the request has more than one JSON object")
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
