package stories

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	. "usher/sitetest"
	"usher/text"
	"usher/text/texttest"
)

// A client may read files itself, as the command line does, and send the rows.
func TestI10_TheAPIInvitesEverybodyInEveryFileOfTheCorpus(t *testing.T) {
	h := StartHouse(t)
	host := h.User("host@example.net")
	for n, c := range texttest.Files(t) {
		t.Run(c.Name, func(t *testing.T) {
			of := *h
			of.T = t
			room := of.Hall(host, nil)
			f, err := text.OpenPeopleFile(bytes.NewReader(c.Content(t)))
			if c.Error != "" {
				Same(t, "why the file is refused", fmt.Sprint(err), c.Error)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var rows, wrong []string
			var sent []Object
			var lines []int
			for {
				p, err := f.Next()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				if p.Wrong != nil {
					wrong = append(wrong, fmt.Sprintf("line %d: %v", p.Line, p.Wrong))
					continue
				}
				lines = append(lines, p.Line)
				sent = append(sent, Object{"email": p.Email, "firstName": p.First, "lastName": p.Last, "oneName": strings.TrimSpace(p.Last) == ""})
			}
			if len(sent) > 0 {
				in := Object{"roomId": room.ID, "key": key(n), "role": "VIEWER", "rows": sent}
				answer := host.Must("inviteUsers", in, "rows { outcome problem { field message } invitation { email firstName lastName } }")
				first := map[string]int{}
				for i, row := range answer.List("rows") {
					switch row.Text("outcome") {
					case "REFUSED":
						wrong = append(wrong, fmt.Sprintf("line %d: %s: %s", lines[i], f.Column(row.Text("problem.field")), row.Text("problem.message")))
					case "DUPLICATE":
						email := row.Text("invitation.email")
						wrong = append(wrong, fmt.Sprintf("line %d: %s is already in line %d", lines[i], strings.ToLower(email), first[email]))
					default:
						who := row.In("invitation")
						first[who.Text("email")] = lines[i]
						rows = append(rows, who.Text("email")+"|"+who.Text("firstName")+"|"+who.Text("lastName"))
					}
				}
			}
			byLine := func(a, b string) int {
				var one, two int
				_, _ = fmt.Sscanf(a, "line %d:", &one)
				_, _ = fmt.Sscanf(b, "line %d:", &two)
				return one - two
			}
			slices.SortFunc(wrong, byLine)
			slices.Sort(rows)
			slices.Sort(c.People)
			Same(t, "columns that are not read", strings.Join(f.Skipped(), ", "), strings.Join(c.Skipped, ", "))
			Same(t, "the rows that are refused", strings.Join(wrong, "\n"), strings.Join(c.Wrong, "\n"))
			Same(t, "the people", strings.Join(rows, "\n"), strings.Join(c.People, "\n"))
		})
	}
}
