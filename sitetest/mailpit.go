package sitetest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// Mailpit is a real mail server that keeps what it gets.
type Mailpit struct {
	t   *testing.T
	api string
	// SMTP is where it takes emails, such as 127.0.0.1:2525.
	SMTP string
	// Halt ends it. What it got is gone.
	Halt func()
}

// StartMailpit starts a Mailpit until the test ends.
func StartMailpit(t *testing.T) *Mailpit {
	t.Helper()
	p := &Mailpit{t: t, api: MustFindPort(t), SMTP: MustFindPort(t)}
	p.Start()
	return p
}

// Start starts it at its ports, until the test ends or Halt is called.
func (p *Mailpit) Start() {
	p.t.Helper()
	program := filepath.Join(Root(p.t), ".bin", "mailpit-v1.33.1")
	_, err := os.Stat(program)
	MustHave(p.t, "Mailpit (make .bin/mailpit-v1.33.1)", err)
	command := exec.Command(program, "--listen", p.api, "--smtp", p.SMTP, "--max", "10000", "--smtp-disable-rdns",
		"--disable-version-check", "--enable-chaos", "--smtp-auth-accept-any", "--smtp-auth-allow-insecure", "-q")
	if err := command.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.Halt = sync.OnceFunc(func() {
		_ = command.Process.Kill()
		_ = command.Wait()
	})
	p.t.Cleanup(p.Halt)
	WaitUntil(p.t, "Mailpit answers", func() bool {
		answer, err := http.Get("http://" + p.api + "/readyz")
		if err != nil {
			return false
		}
		defer answer.Body.Close()
		return answer.StatusCode == http.StatusOK
	})
}

// Settings are the flags of a site that sends its emails there.
func (p *Mailpit) Settings() []string {
	return []string{"--smtp-url=smtp://" + p.SMTP, "--mail-from=usher@site.example", "--mails-per-minute=100000"}
}

func (p *Mailpit) do(method, path string, body []byte) []byte {
	p.t.Helper()
	r, err := http.NewRequestWithContext(p.t.Context(), method, "http://"+p.api+path, bytes.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		p.t.Fatalf("%s %s: %d %s %v", method, path, answer.StatusCode, text, err)
	}
	return text
}

// Refuse has it answer recipients by a code for so many percent of them; 0 is nobody.
func (p *Mailpit) Refuse(code, percent int) {
	p.t.Helper()
	chaos := Object{"Recipient": Object{"Probability": percent, "ErrorCode": code}}
	text, err := json.Marshal(chaos)
	if err != nil {
		p.t.Fatal(err)
	}
	p.do(http.MethodPut, "/api/v1/chaos", text)
}

// Letter is an email that it got.
type Letter struct {
	ID, MessageID, Subject, Text, HTML, Raw string
	Calendar                                string // the attached file, unfolded
	From, To, ReplyTo                       string // addresses
	FromName                                string
}

// Got returns the emails to an address, oldest first.
func (p *Mailpit) Got(address string) (letters []Letter) {
	p.t.Helper()
	var found struct{ Messages []struct{ ID string } }
	p.mustRead("/api/v1/search?limit=1000&query="+url.QueryEscape(`to:"`+address+`"`), &found)
	for _, m := range found.Messages {
		letters = append([]Letter{p.letter(m.ID)}, letters...)
	}
	return letters
}

// Taken returns how many emails it got.
func (p *Mailpit) Taken() int {
	p.t.Helper()
	var all struct{ Total int }
	p.mustRead("/api/v1/messages?limit=1", &all)
	return all.Total
}

// Addresses returns to whom it got emails, once for each email, and how many different Message-IDs these have.
func (p *Mailpit) Addresses() (to []string, ids int) {
	p.t.Helper()
	var all struct {
		Messages []struct {
			MessageID string
			To        []struct{ Address string }
		}
	}
	p.mustRead("/api/v1/messages?limit=10000", &all)
	different := map[string]bool{}
	for _, m := range all.Messages {
		different[m.MessageID] = true
		to = append(to, m.To[0].Address)
	}
	return to, len(different)
}

func (p *Mailpit) letter(id string) Letter {
	p.t.Helper()
	type person struct{ Name, Address string }
	var m struct {
		MessageID, Subject, Text, HTML string
		From                           person
		To, ReplyTo                    []person
		Attachments                    []struct{ PartID, FileName string }
	}
	p.mustRead("/api/v1/message/"+id, &m)
	l := Letter{
		ID: id, MessageID: m.MessageID, Subject: m.Subject, Text: strings.ReplaceAll(m.Text, "\r\n", "\n"), HTML: m.HTML,
		From: m.From.Address, FromName: m.From.Name, Raw: string(p.do(http.MethodGet, "/api/v1/message/"+id+"/raw", nil)),
	}
	for _, a := range m.Attachments {
		if a.FileName == "invite.ics" {
			file := string(p.do(http.MethodGet, "/api/v1/message/"+id+"/part/"+a.PartID, nil))
			l.Calendar = strings.ReplaceAll(strings.ReplaceAll(file, "\r\n ", ""), "\r\n", "\n")
		}
	}
	for _, to := range m.To {
		l.To += to.Address
	}
	for _, to := range m.ReplyTo {
		l.ReplyTo += to.Address
	}
	return l
}

// Wait waits until it got so many emails to an address, and returns them.
func (p *Mailpit) Wait(address string, n int) (letters []Letter) {
	p.t.Helper()
	WaitUntil(p.t, "the emails arrived", func() bool {
		letters = p.Got(address)
		return len(letters) >= n
	})
	if len(letters) != n {
		p.t.Errorf("%d emails arrived, want %d", len(letters), n)
	}
	return letters
}

func (p *Mailpit) mustRead(path string, into any) {
	p.t.Helper()
	if err := json.Unmarshal(p.do(http.MethodGet, path, nil), into); err != nil {
		p.t.Fatal(err)
	}
}

// Supported returns how much of the HTML of an email mail programs support wholly or partly, in percent.
func (p *Mailpit) Supported(id string) float64 {
	p.t.Helper()
	var check struct {
		Total struct{ Supported, Partial float64 }
	}
	p.mustRead("/api/v1/message/"+id+"/html-check", &check)
	return check.Total.Supported + check.Total.Partial
}
