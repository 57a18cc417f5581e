package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// plainHTTP is the transport of one request and one answer, strictly by GraphQL over HTTP: queries and mutations by POST, queries also
// by GET. It handles all requests that no other transport supports.
type plainHTTP struct {
	// size limits the bytes of a body, or of a URL's query.
	size int64
}

// Supports returns true for everything, so that every refusal is ours.
func (plainHTTP) Supports(*http.Request) bool { return true }

// Do answers one request. An invalid request gets a status of 400 to 415. A document that fails before it runs gets 200 or 400,
// depending on the media type. Whatever has run gets 200.
func (t plainHTTP) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	media := negotiate(r.Header.Values("Accept"))
	params, refusal := t.read(r)
	if refusal == nil && media == "" {
		refusal = refuseRequest(http.StatusNotAcceptable, "accept application/json or application/graphql-response+json")
	}
	if refusal != nil {
		refusal.write(w, media)
		return
	}
	ctx := r.Context()
	operation, errs := exec.CreateOperationContext(ctx, params)
	if errs != nil {
		failed := exec.DispatchError(graphql.WithOperationContext(ctx, operation), errs)
		writeErrors(w, statusOfErrors(media), media, failed.Errors)
		return
	}
	switch kind := operation.Operation.Operation; {
	case kind == ast.Subscription:
		writeErrors(w, statusOfErrors(media), media, gqlerror.List{refuse(CodeBadUserInput,
			"subscriptions need WebSocket (graphql-transport-ws) or server-sent events (Accept: text/event-stream)")})
		return
	case kind != ast.Query && r.Method == http.MethodGet:
		refuseMethod("POST", "send mutations by POST").write(w, media)
		return
	case r.Method == http.MethodGet:
		if secret := secretIn(operation.Doc); secret != "" {
			refuseMethod("POST", secret+" is a secret, and addresses end up in logs and histories; use POST").write(w, media)
			return
		}
	}
	responses, ctx := exec.DispatchOperation(ctx, operation)
	response := responses(ctx)
	if response == nil {
		response = exec.DispatchError(ctx, gqlerror.List{gqlerror.Wrap(ctx.Err())})
	}
	writeResponse(w, media, response)
}

// statusOfErrors returns the status for a valid request whose document fails before it runs.
func statusOfErrors(media string) int {
	if media == mediaGraphQL {
		return http.StatusBadRequest
	}
	return http.StatusOK
}

// requestError is the refusal of an invalid request.
type requestError struct {
	status int
	allow  string // the methods to use instead, for 405
	err    *gqlerror.Error
}

func refuseRequest(status int, message string) *requestError {
	return &requestError{status: status, err: refuse(CodeBadUserInput, "%s", message)}
}

func refuseMethod(allow, message string) *requestError {
	refusal := refuseRequest(http.StatusMethodNotAllowed, message)
	refusal.allow = allow
	return refusal
}

func (e *requestError) write(w http.ResponseWriter, media string) {
	if e.allow != "" {
		w.Header().Set("Allow", e.allow)
	}
	writeErrors(w, e.status, media, gqlerror.List{e.err})
}

// RefuseForNow answers that there are too many requests, and when to try again.
func RefuseForNow(w http.ResponseWriter, wait time.Duration, message string) {
	refusal := &requestError{status: http.StatusTooManyRequests, err: refuseFor(wait, CodeRateLimited, message)}
	w.Header().Set("Retry-After", strconv.Itoa(wholeSeconds(wait)))
	refusal.write(w, mediaJSON)
}

func (t plainHTTP) read(r *http.Request) (*graphql.RawParams, *requestError) {
	start := graphql.Now()
	var params *graphql.RawParams
	var refusal *requestError
	switch r.Method {
	case http.MethodPost:
		params, refusal = t.readBody(r)
	case http.MethodGet:
		params, refusal = t.readAddress(r.URL)
	default:
		return nil, refuseMethod("GET, POST, OPTIONS", "use POST, or GET for a query")
	}
	if refusal != nil {
		return nil, refusal
	}
	params.Headers = r.Header
	params.ReadTime = graphql.TraceTiming{Start: start, End: graphql.Now()}
	return params, nil
}

var bodies = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// readBody parses the body of a POST. limitBody has limited it before.
func (t plainHTTP) readBody(r *http.Request) (*graphql.RawParams, *requestError) {
	if !isJSON(r.Header.Get("Content-Type")) {
		return nil, refuseRequest(http.StatusUnsupportedMediaType, "the content type must be application/json, in UTF-8")
	}
	tooLarge := "the body has more than " + strconv.FormatInt(t.size, 10) + " bytes"
	if r.ContentLength > t.size {
		return nil, refuseRequest(http.StatusRequestEntityTooLarge, tooLarge)
	}
	body := bodies.Get().(*bytes.Buffer)
	defer bodies.Put(body)
	body.Reset()
	if _, err := body.ReadFrom(r.Body); err != nil {
		if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
			return nil, refuseRequest(http.StatusRequestEntityTooLarge, tooLarge)
		}
		return nil, refuseRequest(http.StatusBadRequest, "the body could not be read")
	}
	params, err := decodeParams(body.Bytes())
	if err != nil {
		return nil, &requestError{status: http.StatusBadRequest, err: err}
	}
	return params, nil
}

// readAddress parses the URL of a GET. Its parameters mean the same as the members of a body.
func (t plainHTTP) readAddress(address *url.URL) (*graphql.RawParams, *requestError) {
	if int64(len(address.RawQuery)) > t.size {
		return nil, refuseRequest(http.StatusRequestURITooLong, "the address is too long")
	}
	values, err := url.ParseQuery(address.RawQuery)
	if err != nil {
		return nil, refuseRequest(http.StatusBadRequest, "the address is malformed")
	}
	members := map[string]any{}
	for _, name := range []string{"query", "operationName", "variables", "extensions"} {
		text := values.Get(name)
		switch {
		case !utf8.ValidString(text):
			return nil, refuseRequest(http.StatusBadRequest, "the request is not in UTF-8")
		case name == "query" || name == "operationName":
			if values.Has(name) {
				members[name] = text
			}
		case text != "":
			members[name] = json.RawMessage(text)
		}
	}
	body, err := json.Marshal(members)
	if err != nil {
		return nil, refuseRequest(http.StatusBadRequest, "the parameters variables and extensions must be JSON objects")
	}
	params, refusal := decodeParams(body)
	if refusal != nil {
		return nil, &requestError{status: http.StatusBadRequest, err: refusal}
	}
	return params, nil
}

// decodeParams parses the JSON object of a GraphQL request. It ignores unknown members and keeps numbers as written. Its errors repeat
// nothing of the text, and its result does not share memory with it.
func decodeParams(text []byte) (*graphql.RawParams, *gqlerror.Error) {
	if !utf8.Valid(text) {
		return nil, refuse(CodeBadUserInput, "the request is not in UTF-8")
	}
	if bytes.HasPrefix(bytes.TrimLeft(text, " \t\r\n"), []byte("[")) {
		return nil, refuse(CodeBadUserInput, "batches are not supported; send one operation per request")
	}
	var members map[string]any // a struct would also accept QUERY for query
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&members); err != nil || members == nil {
		return nil, refuse(CodeBadUserInput, "the request is not a JSON object")
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, refuse(CodeBadUserInput, "the request has more than one JSON object")
	}
	query, hasQuery := members["query"].(string)
	operationName, isName := optional[string](members["operationName"])
	variables, areVariables := optional[map[string]any](members["variables"])
	extensions, areExtensions := optional[map[string]any](members["extensions"])
	switch {
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

func setHeaders(w http.ResponseWriter, media string) {
	if media == "" {
		media = mediaJSON
	}
	header := w.Header()
	header.Set("Content-Type", media+"; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
}

// writeErrors answers a request that did not run, without data.
func writeErrors(w http.ResponseWriter, status int, media string, errs gqlerror.List) {
	setHeaders(w, media)
	w.WriteHeader(status)
	// An error means that the client is gone.
	_ = json.NewEncoder(w).Encode(withoutData{errs})
}

// withoutData is the answer to an operation that did not run, or no longer runs.
type withoutData struct {
	Errors gqlerror.List `json:"errors"`
}

// writeResponse answers a request that has run. Without errors it writes the data directly, because it is already JSON.
func writeResponse(w http.ResponseWriter, media string, response *graphql.Response) {
	setHeaders(w, media)
	if len(response.Errors) == 0 && len(response.Extensions) == 0 {
		_, _ = io.WriteString(w, `{"data":`)
		_, _ = w.Write(response.Data)
		_, _ = io.WriteString(w, "}\n")
		return
	}
	_ = json.NewEncoder(w).Encode(struct {
		Errors     gqlerror.List   `json:"errors,omitempty"`
		Data       json.RawMessage `json:"data"`
		Extensions map[string]any  `json:"extensions,omitempty"`
	}{response.Errors, response.Data, response.Extensions})
}
