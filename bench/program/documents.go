//go:build linux

package program

import (
	"encoding/json"
	"fmt"

	"usher/web/documents"
)

// Documents are the app's documents by name.
type Documents map[string]string

// ReadDocuments reads the documents of web/src. It runs in the repository's root.
func ReadDocuments() (Documents, error) {
	all, err := documents.Read("web/src")
	if err != nil {
		return nil, fmt.Errorf("%w (run it in the repository's root)", err)
	}
	return all, nil
}

// Quoted returns a document as a JSON string.
func (d Documents) Quoted(operation string) (string, error) {
	document, ok := d[operation]
	if !ok {
		return "", fmt.Errorf("the app has no operation %s any longer: change the benchmark to what its pages send now", operation)
	}
	text, err := json.Marshal(document)
	return string(text), err
}

// Request returns the body of a request over HTTP, as the app's client writes it.
func (d Documents) Request(operation string, variables map[string]any) ([]byte, error) {
	document, err := d.Quoted(operation)
	if err != nil {
		return nil, err
	}
	values, err := json.Marshal(variables)
	if err != nil {
		return nil, fmt.Errorf("encode variables of %s: %w", operation, err)
	}
	return fmt.Appendf(nil, `{"query":%s,"operationName":%q,"variables":%s}`, document, operation, values), nil
}
