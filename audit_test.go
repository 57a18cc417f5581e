package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// The same audits that the handler meets by itself, against the whole program with everything in between.
func TestTheWholeProgramMeetsEveryAuditOfGraphQLOverHTTP(t *testing.T) {
	node, err := exec.LookPath("node")
	if err == nil {
		_, err = os.Stat("wire/audit/node_modules/graphql-http")
	}
	mustHave(t, "Node 20, or what npm ci --prefix wire/audit installs,", err)
	u := start(t)
	out, err := exec.CommandContext(t.Context(), node, "wire/audit/audit.mjs", u.url+"/graphql").CombinedOutput()
	if err != nil || !strings.HasPrefix(string(out), "61 of 61") {
		t.Errorf("audit the program: %v\n%s", err, out)
	}
}
