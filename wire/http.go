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
	// body limits the bytes of a body instead, if it is set.
	body func(*http.Request) int64
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
	operation, errs := exec.CreateOperationContext(r.Context(), params)
	t.answer(w, r, exec, media, operation, errs)
}

// answer executes an operation that was parsed with these errors.
func (plainHTTP) answer(
	w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor, media string, operation *graphql.OperationContext, errs gqlerror.List,
) {
	ctx := r.Context()
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

// refuseParams refuses an object that is not a GraphQL request. A hash in place of a document is well-formed, so it is refused like a
// document.
func refuseParams(err *gqlerror.Error, r *http.Request) *requestError {
	refusal := &requestError{status: http.StatusBadRequest, err: err}
	if err.Extensions["code"] == CodePersistedNotSupported {
		refusal.status = statusOfErrors(negotiate(r.Header.Values("Accept")))
	}
	return refusal
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
	var request members
	var refusal *requestError
	switch r.Method {
	case http.MethodPost:
		request, refusal = t.readBody(r)
	case http.MethodGet:
		request, refusal = t.readAddress(r.URL)
	default:
		return nil, refuseMethod("GET, POST, OPTIONS", "use POST, or GET for a query")
	}
	if refusal != nil {
		return nil, refusal
	}
	params, err := request.params()
	if err != nil {
		return nil, refuseParams(err, r)
	}
	params.Headers = r.Header
	params.ReadTime = graphql.TraceTiming{Start: start, End: graphql.Now()}
	return params, nil
}

// maxKeptBody limits the bytes of a buffer that is kept for other bodies.
const maxKeptBody = 256 << 10

var bodies = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// readBody parses the body of a POST. limitBody has limited it before.
func (t plainHTTP) readBody(r *http.Request) (members, *requestError) {
	if !isJSON(r.Header.Get("Content-Type")) {
		return nil, refuseRequest(http.StatusUnsupportedMediaType, "the content type must be application/json, in UTF-8")
	}
	size := t.size
	if t.body != nil {
		size = t.body(r)
	}
	tooLarge := "the body has more than " + strconv.FormatInt(size, 10) + " bytes"
	if r.ContentLength > size {
		return nil, refuseRequest(http.StatusRequestEntityTooLarge, tooLarge)
	}
	body := bodies.Get().(*bytes.Buffer)
	defer func() {
		if body.Cap() <= maxKeptBody {
			bodies.Put(body)
		}
	}()
	body.Reset()
	if _, err := body.ReadFrom(r.Body); err != nil {
		if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
			return nil, refuseRequest(http.StatusRequestEntityTooLarge, tooLarge)
		}
		return nil, refuseRequest(http.StatusBadRequest, "the body could not be read")
	}
	request, err := decodeMembers(body.Bytes())
	if err != nil {
		return nil, &requestError{status: http.StatusBadRequest, err: err}
	}
	return request, nil
}

// readAddress parses the URL of a GET. Its parameters mean the same as the members of a body.
func (t plainHTTP) readAddress(address *url.URL) (members, *requestError) {
	if int64(len(address.RawQuery)) > t.size {
		return nil, refuseRequest(http.StatusRequestURITooLong, "the address is too long")
	}
	values, err := url.ParseQuery(address.RawQuery)
	if err != nil {
		return nil, refuseRequest(http.StatusBadRequest, "the address is malformed")
	}
	given := map[string]any{}
	for _, name := range []string{"query", "operationName", "variables", "extensions"} {
		text := values.Get(name)
		switch {
		case !utf8.ValidString(text):
			return nil, refuseRequest(http.StatusBadRequest, "the request is not in UTF-8")
		case name == "query" || name == "operationName":
			if values.Has(name) {
				given[name] = text
			}
		case text != "":
			given[name] = json.RawMessage(text)
		}
	}
	body, err := json.Marshal(given)
	if err != nil {
		return nil, refuseRequest(http.StatusBadRequest, "the parameters variables and extensions must be JSON objects")
	}
	request, refusal := decodeMembers(body)
	if refusal != nil {
		return nil, &requestError{status: http.StatusBadRequest, err: refusal}
	}
	return request, nil
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
