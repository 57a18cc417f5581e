package wire

import (
	"net/http/httptest"
	"os"
	"os/exec"
	"testing"

	"usher/wire/testdata/mini"
)

// graphql-http's audits are the specification in a form that runs: all 61 are met, the optional ones too. Against the
// whole program: node wire/audit/audit.mjs http://127.0.0.1:8080/graphql
func TestAllAuditsOfGraphQLOverHTTPPass(t *testing.T) {
	node, err := exec.LookPath("node")
	if err == nil {
		_, err = os.Stat("audit/node_modules/graphql-http")
	}
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("find the audits: %v; run: npm ci --prefix wire/audit", err)
		}
		t.Skip("the audits need Node 20 and: npm ci --prefix wire/audit")
	}
	server := httptest.NewServer(NewHandler(mini.New(), Options{Introspection: true}))
	defer server.Close()
	out, err := exec.CommandContext(t.Context(), node, "audit/audit.mjs", server.URL).CombinedOutput()
	if err != nil {
		t.Fatalf("audit the handler: %v\n%s", err, out)
	}
	if got := string(out); got != "61 of 61 audits met\n" {
		t.Errorf("got %q, want all 61 audits", got)
	}
}
