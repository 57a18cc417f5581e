package concurrent

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"usher/live/livetest"
	. "usher/sitetest"
)

func TestA9_AnHonestSignInDoesNotWaitForACrowdOfWrongPasswords(t *testing.T) {
	livetest.Long(t)
	h := StartHouse(t, "--trusted-proxies=127.0.0.0/8")
	h.Account("ada@example.com")
	signIn := func(from string) (took time.Duration) {
		t.Helper()
		began := time.Now()
		text, err := h.TryFrom(t.Context(), from, "ada@example.com", Password)
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
					text, err := h.TryFrom(crowded, fmt.Sprintf("203.0.%d.%d", i, n), email, "wrong horse battery")
					if err != nil || strings.Contains(text, "TOO_MANY_ATTEMPTS") {
						return
					}
				}
			})
		}
		h.WaitUntil("most of them wait", func() bool { return h.Parts.Auth.Waiting() > 150 })
		before, elsewhere := signIn("198.51.100.1"), signIn(fmt.Sprintf("198.51.100.%d", 10+i))
		over()
		crowd.Wait()
		t.Logf("beside 200 who try %s: %v from the usual address, %v from another; alone: %v", other, before, elsewhere, alone)
		if before > 10*time.Second || elsewhere > 10*time.Second {
			t.Errorf("it takes %v and %v", before, elsewhere)
		}
	}
}
