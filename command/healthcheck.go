package command

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"usher/settings"
)

const (
	// probeLimit limits how long a server may take to answer a probe.
	probeLimit = 2 * time.Second
	// probeBytes limits what is read of the answer. The server's longest answer is its page of metrics.
	probeBytes = 1 << 20
)

type healthcheckCommand struct{}

// Run fails unless the server at addr answers within probeLimit that it can work. Containers use it, because they have no other program.
func (*healthcheckCommand) Run(ctx context.Context, out Console, settings *settings.Settings) error {
	status, body, err := probe(ctx, settings.Addr, "/readyz")
	switch {
	case err != nil:
		return fmt.Errorf("no server answers: %w", err)
	case status != http.StatusOK:
		return fmt.Errorf("the server at %s is not ready: %s", settings.Addr, strings.TrimSpace(body))
	}
	fmt.Fprintf(out.Out, "The server at %s is ready\n", settings.Addr)
	return nil
}

// probe asks the server at addr for a path, and returns the beginning of what it answers.
func probe(ctx context.Context, addr settings.Addr, path string) (status int, body string, err error) {
	ctx, cancel := context.WithTimeout(ctx, probeLimit)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+string(addr)+path, nil)
	if err != nil {
		return 0, "", err
	}
	// The server is on this machine, so no proxy of the environment is between.
	response, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(r)
	if err != nil {
		return 0, "", err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, probeBytes))
	return response.StatusCode, string(text), err
}
