package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// tryFrom tries to sign in from an address, and returns the answer.
func (h *house) tryFrom(ctx context.Context, address, email, with string) (string, error) {
	body, err := json.Marshal(object{"query": mutation("signIn", "me { user { id } }"), "variables": object{"input": object{"email": email, "password": with}}})
	if err != nil {
		return "", err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, h.url+"/graphql", bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Forwarded-For", address)
	answer, err := (&http.Client{Transport: h.wire}).Do(r)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	return string(text), err
}

func TestA9_AnHonestSignInDoesNotWaitForACrowdOfWrongOnes(t *testing.T) {
	h := startHouse(t, "--trusted-proxies=127.0.0.0/8")
	h.Account("ada@example.com")
	signIn := func(from string) (took time.Duration) {
		t.Helper()
		began := time.Now()
		text, err := h.tryFrom(t.Context(), from, "ada@example.com", password)
		if took = time.Since(began); err != nil || !strings.Contains(text, `"me"`) {
			t.Errorf("the right password is answered %s, %v, after %v", text, err, took)
		}
		return took
	}
	alone := signIn("198.51.100.1")
	for i, other := range []string{"somebody%d@example.com", "ada@example.com"} {
		crowded, over := context.WithCancel(t.Context())
		var crowd sync.WaitGroup
		for n := range 200 {
			crowd.Go(func() {
				email := strings.ReplaceAll(other, "%d", strconv.Itoa(n))
				for { // until it is over
					text, err := h.tryFrom(crowded, fmt.Sprintf("203.0.%d.%d", i, n), email, "wrong horse battery")
					if err != nil || strings.Contains(text, "TOO_MANY_ATTEMPTS") {
						return
					}
				}
			})
		}
		h.WaitUntil("most of them wait", func() bool { return h.parts.Accounts.Waiting() > 150 })
		before, elsewhere := signIn("198.51.100.1"), signIn(fmt.Sprintf("198.51.100.%d", 10+i))
		over()
		crowd.Wait()
		t.Logf("beside 200 who try %s: %v from the usual address, %v from another; alone: %v", other, before, elsewhere, alone)
		if before > 3*time.Second || elsewhere > 3*time.Second {
			t.Errorf("it takes %v and %v", before, elsewhere)
		}
	}
}
