package mails

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	. "usher/sitetest"
)

var reportsKey = strings.Repeat("k", 32)

// report sends a report, and returns the status of the answer.
func (p *post) report(kind, key, body string) int {
	p.T.Helper()
	r, err := http.NewRequestWithContext(p.T.Context(), http.MethodPost, p.URL+"/mail/reports", strings.NewReader(body))
	MustHave(p.T, "the request", err)
	r.Header.Set("Content-Type", kind)
	if key != "" {
		r.Header.Set("Authorization", "Bearer "+key)
	}
	answer, err := http.DefaultClient.Do(r)
	MustHave(p.T, "the answer", err)
	defer answer.Body.Close()
	return answer.StatusCode
}

// returned sends the sample of a report for an email.
func (p *post) returned(l Letter, sample string) int {
	p.T.Helper()
	body := MustReadFile(p.T, "../../mail/testdata/reports/"+sample)
	return p.report("message/rfc822", reportsKey, strings.ReplaceAll(body, "ml_01h2xcejqtf2nbrexx3vqjhp41.1@usher.example", l.MessageID))
}

func TestD15_AReportTurnsAnEmailIntoOneThatCameBack(t *testing.T) {
	for sample, fault := range map[string]string{"postfix.eml": "UNKNOWN_ADDRESS", "exchange.eml": "MAILBOX_FULL", "gmail.eml": "REFUSED"} {
		t.Run(sample, func(t *testing.T) {
			onEach(t, func(t *testing.T, p *post) {
				k := p.invite("grace@example.org", nil)
				letter := p.Wait(k.Email, 1)[0]
				p.waitFor(k, "INVITATION SENT")
				page := p.host.Watch(watchingMails, p.room.ID, p.room.Revision())
				Same(t, "a delay", p.returned(letter, "delayed.eml"), http.StatusOK)
				Same(t, "what changes nothing", mails(k), []string{"INVITATION SENT"})
				for range 2 {
					Same(t, "the answer", p.returned(letter, sample), http.StatusOK)
					p.waitFor(k, "INVITATION RETURNED "+fault)
				}
				for state := ""; state != "RETURNED"; {
					e := page.Event()
					for _, m := range e.List("mails") {
						state = m.Text("state")
						Same(t, "the fault of "+state, m.TextIfAny("fault"), map[string]string{"RETURNED": fault}[state])
					}
				}
			}, "--mail-reports-key="+reportsKey)
		})
	}
}

func TestD15_OtherReportsChangeNothing(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		k := p.invite("grace@example.org", nil)
		id := p.Wait(k.Email, 1)[0].MessageID
		p.waitFor(k, "INVITATION SENT")
		failed := func(id string) string {
			return fmt.Sprintf(`{"messageId": %q, "status": "5.1.1", "action": "failed"}`, id)
		}
		own, host, _ := strings.Cut(id, "@")
		for _, other := range []string{"ml_unknown.1@" + host, own + "@elsewhere.example", own + "0@" + host, strings.TrimSuffix(own, ".1") + "@" + host, own, "@", "."} {
			Same(t, other, p.report("application/json", reportsKey, failed(other)), http.StatusOK)
		}
		for _, key := range []string{"", "x", reportsKey + "k", reportsKey[1:], strings.ToUpper(reportsKey)} {
			Same(t, "with the key "+key, p.report("application/json", key, failed(id)), http.StatusUnauthorized)
		}
		Same(t, "no report", p.report("application/json", reportsKey, "{}"), http.StatusBadRequest)
		full := failed(id) + strings.Repeat(" ", 256<<10-len(failed(id)))
		Same(t, "a byte too many", p.report("application/json", reportsKey, full+" "), http.StatusRequestEntityTooLarge)
		Same(t, "nothing changed", mails(k), []string{"INVITATION SENT"})
		Same(t, "as long as allowed", p.report("application/json", reportsKey, full), http.StatusOK)
		p.waitFor(k, "INVITATION RETURNED UNKNOWN_ADDRESS")
		p.Stop()
		if log := p.Log.String(); strings.Contains(log, "@") || strings.Contains(log, reportsKey) || !strings.Contains(log, `msg="email came back"`) {
			t.Errorf("the log is\n%s", log)
		}
	}, "--mail-reports-key="+reportsKey)
}

func TestD15_ASiteWithoutAKeyTakesNoReports(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		if status := p.report("application/json", "", "{}"); status != http.StatusNotFound && status != http.StatusMethodNotAllowed {
			t.Errorf("the answer is %d", status)
		}
	})
}

func TestD15_AnAddressThatDoesNotExistIsLeftAlone(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		k, other := p.invite("grace@example.org", nil), p.invite("alan@example.org", nil)
		p.Wait(other.Email, 1)
		Same(t, "the answer", p.returned(p.Wait(k.Email, 1)[0], "postfix.eml"), http.StatusOK)
		p.waitFor(k, "INVITATION RETURNED UNKNOWN_ADDRESS")
		again := p.Hall(p.host, nil).Invite(k.Email, Object{"send": true}) // by name
		p.waitFor(again, "INVITATION SENT")
		p.Advance(time.Minute)
		remind := Object{"roomId": p.room.ID, "status": []string{"PENDING", "OPENED"}}
		Same(t, "all who have not joined", p.host.Must("sendInvitations", remind, "queued skipped"), Object{"queued": 1, "skipped": 1})
		p.Wait(other.Email, 2)
		p.host.Must("sendInvitations", Object{"roomId": p.room.ID, "invitationIds": []string{k.ID}}, "")
		p.waitFor(k, "INVITATION SENT", "INVITATION RETURNED UNKNOWN_ADDRESS")
		p.reschedule(time.Hour)
		p.Advance(time.Minute)
		p.waitFor(other, "RESCHEDULED SENT", "INVITATION SENT", "INVITATION SENT")
		p.waitFor(k, "INVITATION SENT", "INVITATION RETURNED UNKNOWN_ADDRESS")
		p.Advance(30 * 24 * time.Hour)
		late := p.Hall(p.host, nil)
		waits := late.Invite(k.Email, nil)
		Same(t, "after 30 days", p.host.Must("sendInvitations", Object{"roomId": late.ID, "status": []string{"PENDING"}}, "queued skipped"), Object{"queued": 1, "skipped": 0})
		p.waitFor(waits, "INVITATION SENT")
	}, "--mail-reports-key="+reportsKey)
}
