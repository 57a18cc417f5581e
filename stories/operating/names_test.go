package operating

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"usher/live/livetest"
	. "usher/sitetest"
)

// mustListNames returns the metrics of all kinds of servers together: on both databases, with emails.
func mustListNames(t *testing.T) (names []string, texts []string) {
	t.Helper()
	mail := []string{"--smtp-url=smtp://127.0.0.1:1", "--mail-from=usher@site.example"}
	for _, database := range []string{livetest.SQLite(t), livetest.Postgres(t)} {
		b := serve(NewHouse(t, database), mail...)
		b.Client().Ask("{ serverTime }", nil)
		_, text := b.read()
		texts = append(texts, text)
		for _, found := range regexp.MustCompile(`(?m)^# TYPE (\S+)`).FindAllStringSubmatch(text, -1) {
			names = append(names, found[1])
		}
	}
	slices.Sort(names)
	return slices.Compact(names), texts
}

var (
	ofHistograms = regexp.MustCompile(`_(bucket|sum|count)$`)
	inExpression = regexp.MustCompile(`\b(?:usher|process|go)_[a-z_]+\b`)
	inTheTable   = regexp.MustCompile("(?m)^\\| ((?:`usher_[a-z_]+`(?:, )?)+)")
)

func TestU2_TheFilesAndThePageNameTheMetricsThatThereAre(t *testing.T) {
	t.Parallel()
	livetest.Long(t)
	names, texts := mustListNames(t)
	root := Root(t)
	for _, file := range []string{"alerts.yml", "alerts_test.yml", "grafana.json"} {
		used := inExpression.FindAllString(MustReadFile(t, filepath.Join(root, "deploy", file)), -1)
		if len(used) < 10 {
			t.Errorf("%s uses the metrics %q", file, used)
		}
		for _, name := range used {
			if !slices.Contains(names, name) && !slices.Contains(names, ofHistograms.ReplaceAllString(name, "")) {
				t.Errorf("%s uses %s, which no server has", file, name)
			}
		}
	}
	var own, listed []string
	for _, name := range names {
		if strings.HasPrefix(name, "usher_") {
			own = append(own, name)
		}
	}
	page := MustReadFile(t, filepath.Join(root, "docs", "operating.md"))
	for _, row := range inTheTable.FindAllStringSubmatch(page, -1) {
		for name := range strings.SplitSeq(row[1], ", ") {
			listed = append(listed, strings.Trim(name, "`"))
		}
	}
	slices.Sort(listed)
	Same(t, "the metrics of docs/operating.md", listed, own)
	for _, name := range inExpression.FindAllString(page, -1) {
		if strings.HasPrefix(name, "usher_") && !slices.Contains(own, name) {
			t.Errorf("docs/operating.md mentions %s, which no server has", name)
		}
	}
	alerts := regexp.MustCompile(`(?m)alert: (\w+)$`).FindAllStringSubmatch(MustReadFile(t, filepath.Join(root, "deploy", "alerts.yml")), -1)
	for _, alert := range alerts {
		if !strings.Contains(page, "| "+alert[1]+" |") {
			t.Errorf("docs/operating.md does not say what to do about %s", alert[1])
		}
		if !strings.Contains(MustReadFile(t, filepath.Join(root, "deploy", "alerts_test.yml")), "alertname: "+alert[1]) {
			t.Errorf("alerts_test.yml has no case for %s", alert[1])
		}
	}
	for _, text := range texts {
		check := DebianProgram(t, "promtool", "check", "metrics")
		check.Stdin = strings.NewReader(text)
		if said, err := check.CombinedOutput(); err != nil || len(said) > 0 {
			t.Errorf("promtool check metrics: %v %s", err, said)
		}
	}
}

func TestU2_TheAlertsFireWhenTheyShould(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"check", "rules", "alerts.yml"}, {"test", "rules", "alerts_test.yml"}} {
		command := DebianProgram(t, "promtool", args...)
		command.Dir = filepath.Join(Root(t), "deploy")
		if said, err := command.CombinedOutput(); err != nil || !strings.Contains(string(said), "SUCCESS") {
			t.Errorf("promtool %s: %v\n%s", strings.Join(args, " "), err, said)
		}
	}
}

func TestTheDashboardHasItsSections(t *testing.T) {
	t.Parallel()
	var board struct {
		Panels []struct {
			Type, Title string
			GridPos     struct{ X, Y, W, H int }
			Targets     []struct{ Expr string }
		}
	}
	if err := json.Unmarshal([]byte(MustReadFile(t, filepath.Join(Root(t), "deploy", "grafana.json"))), &board); err != nil {
		t.Fatal(err)
	}
	rules := "groups:\n  - name: dashboard\n    rules:\n"
	var sections []string
	for _, p := range board.Panels {
		if p.Type == "row" {
			sections = append(sections, p.Title)
			continue
		}
		if len(p.Targets) == 0 || p.GridPos.X+p.GridPos.W > 24 {
			t.Errorf("the panel %q has %d queries, at %v", p.Title, len(p.Targets), p.GridPos)
		}
		for _, target := range p.Targets {
			expr, err := json.Marshal(strings.NewReplacer("$__rate_interval", "5m", "$instance", ".*").Replace(target.Expr))
			if err != nil {
				t.Fatal(err)
			}
			rules += "      - record: made:up\n        labels: {panel: " + string(mustMarshal(t, p.Title+target.Expr)) + "}\n        expr: " + string(expr) + "\n"
		}
	}
	Same(t, "the sections", sections, []string{"Now", "Delivery", "Database", "Between servers"})
	file := MustWrite(t, filepath.Join(t.TempDir(), "dashboard.yml"), rules, 0o600)
	if said, err := DebianProgram(t, "promtool", "check", "rules", file).CombinedOutput(); err != nil {
		t.Errorf("a query of the dashboard is not valid: %v\n%s", err, said)
	}
}

func mustMarshal(t *testing.T, value any) []byte {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
