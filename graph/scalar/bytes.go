package scalar

import (
	"encoding/base64"

	"github.com/99designs/gqlgen/graphql"

	"usher/problem"
)

var errBytes = &problem.BadInput{Message: "write Bytes in Base64 with padding"}

// MarshalBytes writes bytes in Base64.
func MarshalBytes(b []byte) graphql.Marshaler {
	return graphql.MarshalString(base64.StdEncoding.EncodeToString(b))
}

// UnmarshalBytes reads Base64 with padding. For other input it returns a *problem.BadInput that does not repeat the input.
func UnmarshalBytes(v any) ([]byte, error) {
	text, ok := v.(string)
	if !ok {
		return nil, errBytes
	}
	b, err := base64.StdEncoding.Strict().DecodeString(text)
	if err != nil {
		return nil, errBytes
	}
	return b, nil
}
