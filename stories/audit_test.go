package stories

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	. "usher/sitetest"
)

// The audits of package wire, against the whole program.
func TestTheWholeProgramPassesTheGraphQLOverHTTPAudits(t *testing.T) {
	folder := filepath.Join(Root(t), "wire/audit")
	node, err := exec.LookPath("node")
	if err == nil {
		_, err = os.Stat(folder + "/node_modules/graphql-http")
	}
	MustHave(t, "Node 20, or what npm ci --prefix wire/audit installs,", err)
	u := Start(t)
	out, err := exec.CommandContext(t.Context(), node, folder+"/audit.mjs", u.URL+"/graphql").CombinedOutput()
	if err != nil || !strings.HasPrefix(string(out), "61 of 61") {
		t.Errorf("audit the program: %v\n%s", err, out)
	}
}
