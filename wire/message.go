package wire

import (
	"encoding/json"
	"errors"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
)

// maxOperationID limits the bytes of an operation's id, because each of its frames repeats it. Clients use UUIDs of 36.
const maxOperationID = 128

// message is a client's message.
type message struct {
	Type    string          `json:"type"`
	ID      *string         `json:"id"`
	Payload json.RawMessage `json:"payload"`
}

// parseMessage parses a client's message and checks it against the rules of graphql-transport-ws for its type. The error's text goes
// into the close frame, so it repeats nothing of the message.
func parseMessage(data []byte) (message, error) {
	var m message
	if err := decode(data, &m); err != nil {
		return m, errors.New("not a JSON object of this protocol")
	}
	switch m.Type {
	case "connection_init", "ping", "pong":
		if !isNull(m.Payload) && !isObject(m.Payload) {
			return m, errors.New("payload must be an object")
		}
	case "subscribe", "complete":
		if m.ID == nil || *m.ID == "" {
			return m, errors.New("id must be a non-empty string")
		}
		if len(*m.ID) > maxOperationID {
			return m, errors.New("id must not be longer than " + strconv.Itoa(maxOperationID) + " bytes")
		}
		if m.Type == "subscribe" && !isObject(m.Payload) {
			return m, errors.New("payload must be an object")
		}
	default:
		return m, errors.New("unknown type")
	}
	return m, nil
}

// parseRequest parses the payload of a subscribe message. A GraphQL error is for the operation. The text of any other goes into the
// close frame.
func parseRequest(payload json.RawMessage) (*graphql.RawParams, error) {
	request, refusal := decodeMembers(payload)
	if refusal != nil {
		return nil, errors.New("payload: " + refusal.Message)
	}
	params, refusal := request.params()
	switch {
	case refusal == nil:
		return params, nil
	case refusal.Extensions["code"] == CodePersistedNotSupported:
		return nil, refusal
	}
	return nil, errors.New("payload: " + refusal.Message)
}

// quote returns an operation's id as quoted JSON.
func quote(id string) string {
	b, err := json.Marshal(id)
	if err != nil {
		panic(err) // a string always has a JSON form
	}
	return string(b)
}

func isNull(value json.RawMessage) bool { return len(value) == 0 || string(value) == "null" }

func isObject(value json.RawMessage) bool { return len(value) > 0 && value[0] == '{' }

// EncodeResponse returns a response as JSON. It builds the common one, data only, without encoding the data again.
func EncodeResponse(response *graphql.Response) ([]byte, error) {
	if len(response.Data) == 0 || len(response.Errors) > 0 || len(response.Extensions) > 0 ||
		response.HasNext != nil || response.Label != "" || len(response.Path) > 0 {
		return json.Marshal(response)
	}
	const head = `{"data":`
	b := make([]byte, 0, len(head)+len(response.Data)+1)
	return append(append(append(b, head...), response.Data...), '}'), nil
}
