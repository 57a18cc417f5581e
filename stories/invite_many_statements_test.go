package stories

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"usher/live/livetest"
	. "usher/sitetest"
)

// logged matches a line of PostgreSQL's log with a statement: the process and the statement.
var logged = regexp.MustCompile(`\[(\d+)\] LOG:  (?:execute \S+|statement): (.*)`)

// transactionWith returns the statements of the only transaction that has one with these words.
func transactionWith(t *testing.T, lines []string, words string) (found []string) {
	t.Helper()
	open := map[string][]string{} // by process
	for _, line := range lines {
		part := logged.FindStringSubmatch(line)
		if part == nil {
			t.Fatalf("the log says %q", line)
		}
		process, statement := part[1], part[2]
		open[process] = append(open[process], statement)
		switch strings.ToLower(statement) {
		case "begin":
			open[process] = []string{statement}
		case "commit":
			if strings.Contains(strings.Join(open[process], "\n"), words) {
				if found != nil {
					t.Fatalf("more than one transaction has %q", words)
				}
				found = open[process]
			}
		}
	}
	if found == nil {
		t.Fatalf("no transaction has %q", words)
	}
	return found
}

// shownOutcomes are the outcomes with what the app shows of each invitation.
const shownOutcomes = `invited rows { row outcome email firstName lastName invitation {
	id status link device session { id state } participant { id state role } mails { id kind state }
} }`

// notOfCall tells statements of connections: whether one is still alive, and what servers tell each other.
func notOfCall(line string) bool {
	return strings.HasSuffix(line, "-- ping") || strings.Contains(line, "pg_notify") || strings.Contains(line, "LISTEN")
}

func TestI10_ManyRowsCostTheStatementsOfOne(t *testing.T) {
	livetest.Long(t)
	databaseURL, statements := livetest.Counted(t)
	h := NewHouse(t, databaseURL)
	h.Serve("--smtp-url=smtp://localhost:9", "--mail-from=usher@usher.example")
	s := &stage{h: h, host: h.User("ada@example.com")}
	h.User("alan@example.com") // so that some rows have an account
	calls := 0
	// invite returns the statements of the call's transaction, and those of the whole call.
	invite := func(room *Hall, n int, with Object) (result Object, took, all []string) {
		rows := []Object{person("alan@example.com", with)}
		for i := range n - 1 {
			rows = append(rows, person(fmt.Sprintf("guest%d@example.org", i), with))
		}
		calls++
		input := s.many(room, calls, rows...)
		input["send"] = true
		statements()
		result = s.host.Must("inviteUsers", input, shownOutcomes)
		all = slices.DeleteFunc(statements(), notOfCall)
		return result, transactionWith(t, all, `INSERT INTO "invitations"`), all
	}
	for _, c := range []struct {
		name    string
		prepare func(room *Hall, rows []Object) // of an earlier call, if there is one
		most    int
	}{
		{"new people", nil, 18},
		{"people who had been revoked", func(room *Hall, rows []Object) {
			for _, row := range rows {
				room.Ticket(row.Text("email"), row).Do("revokeInvitation")
			}
		}, 20},
		{"people who had been in the room", func(room *Hall, rows []Object) {
			for _, row := range rows {
				ticket := room.Ticket(row.Text("email"), row)
				h.Browser().Redeem(ticket)
				ticket.Do("revokeInvitation")
			}
		}, 21},
	} {
		t.Run(c.name, func(t *testing.T) {
			var one []string
			whole := math.MaxInt // the fewest, because servers also do something by themselves
			for _, n := range []int{1, 10, 100} {
				room := h.Hall(s.host, nil)
				if c.prepare != nil {
					first, _, _ := invite(room, n, nil)
					c.prepare(room, first.List("rows"))
				}
				result, took, all := invite(room, n, Object{"role": "SPEAKER", "lastName": "Renamed"})
				Same(t, "how many were invited", result.Int("invited"), n)
				if one == nil {
					one = took
				}
				if len(took) != len(one) || len(took) > c.most {
					t.Errorf("%d rows take %d statements, one takes %d:\n%s", n, len(took), len(one), strings.Join(shortened(took), "\n"))
				}
				whole = min(whole, len(all))
			}
			if most := 20; c.prepare == nil && whole > most {
				t.Errorf("a whole call takes %d statements, want at most %d", whole, most)
			}
		})
	}
}

// shortened returns the beginnings of statements.
func shortened(statements []string) []string {
	short := slices.Clone(statements)
	for i, s := range short {
		short[i] = s[:min(len(s), 120)]
	}
	return short
}
