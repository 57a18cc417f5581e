//go:build linux

package main

import (
	"encoding/json"
	"fmt"

	"usher/web/documents"
)

// appDocuments are the app's documents by name.
type appDocuments map[string]string

func readDocuments() (appDocuments, error) {
	all, err := documents.Read("web/src")
	if err != nil {
		return nil, fmt.Errorf("%w (run it in the repository's root)", err)
	}
	return all, nil
}

// quoted returns a document as a JSON string.
func (d appDocuments) quoted(operation string) (string, error) {
	document, ok := d[operation]
	if !ok {
		return "", fmt.Errorf("the app has no operation %s any longer: change bench/crowd/page.go or host.go to what its pages send now", operation)
	}
	text, err := json.Marshal(document)
	return string(text), err
}

// request returns the body of a request over HTTP, as the app's client writes it.
func (d appDocuments) request(operation string, variables map[string]any) ([]byte, error) {
	document, err := d.quoted(operation)
	if err != nil {
		return nil, err
	}
	values, err := json.Marshal(variables)
	if err != nil {
		return nil, fmt.Errorf("encode variables of %s: %w", operation, err)
	}
	return fmt.Appendf(nil, `{"query":%s,"operationName":%q,"variables":%s}`, document, operation, values), nil
}
