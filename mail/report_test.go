package mail

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const reported = "ml_01h2xcejqtf2nbrexx3vqjhp41.1@usher.example"

func mustReadReport(t testing.TB, name string) []byte {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("testdata", "reports", name))
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestD15_ReportsOfMailServersAreRead(t *testing.T) {
	for file, want := range map[string]Report{
		"postfix.eml":  {reported, "5.1.1", "failed"},
		"delayed.eml":  {reported, "4.4.1", "delayed"}, // with the headers of the email alone
		"exchange.eml": {reported, "5.2.2", "failed"},
		"gmail.eml":    {reported, "5.7.1", "failed"},
		"headless.eml": {reported, "5.2.2", "failed"}, // without the email
		"base64.eml":   {reported, "5.1.1", "failed"},
	} {
		for name, ends := range map[string]string{"LF": "\n", "CRLF": "\r\n"} {
			body := strings.ReplaceAll(string(mustReadReport(t, file)), "\n", ends)
			for _, kind := range []string{"message/rfc822", "", "text/plain; charset=utf-8"} {
				if got, err := ReadReport(kind, []byte(body)); err != nil || got != want {
					t.Errorf("%s with %s as %q: %+v, %v, want %+v", file, name, kind, got, err, want)
				}
			}
		}
	}
}

func TestD15_ReportsOfProgramsAreRead(t *testing.T) {
	for body, want := range map[string]Report{
		`{"messageId": "<` + reported + `>", "status": "5.1.1", "action": "failed"}`:              {reported, "5.1.1", "failed"},
		`{"messageId": "` + reported + `", "status": "smtp; 550 5.2.2 full", "action": "Failed"}`: {reported, "5.2.2", "failed"},
		`{"messageId": "` + reported + `", "action": "failed"}`:                                   {reported, "", "failed"},
		`{"messageId": "x", "status": "", "action": "relayed", "more": [1]}`:                      {"x", "", "relayed"},
	} {
		if got, err := ReadReport("application/json; charset=utf-8", []byte(body)); err != nil || got != want {
			t.Errorf("%s: %+v, %v, want %+v", body, got, err, want)
		}
	}
}

func TestD15_WhatIsNoReportIsRefused(t *testing.T) {
	reply := "From: grace@example.org\nTo: usher@site.example\nIn-Reply-To: <" + reported + ">\nContent-Type: text/plain\n\nThank you\nAction: failed\n"
	for _, c := range []struct{ kind, body string }{
		{"message/rfc822", ""},
		{"message/rfc822", "no message"},
		{"message/rfc822", reply},
		{"message/rfc822", "\x00\xff\n\n"},
		{"message/rfc822", "Content-Type: multipart/report; boundary=\n\n--\n"},
		{"application/json", ""},
		{"application/json", "{}"},
		{"application/json", "[]"},
		{"application/json", `{"messageId": "x"}`},
		{"application/json", `{"messageId": "x y", "action": "failed"}`},
		{"application/json", `{"action": "failed"}`},
		{"application/json", `{"messageId": 1, "action": "failed"}`},
		{"message/rfc822", strings.Repeat("Content-Type: multipart/mixed; boundary=b\n\n--b\n", 100)},
	} {
		if got, err := ReadReport(c.kind, []byte(c.body)); err == nil {
			t.Errorf("%s %.80q is read as %+v", c.kind, c.body, got)
		}
	}
}

func FuzzReadReport(f *testing.F) {
	for _, file := range []string{"postfix.eml", "delayed.eml", "exchange.eml", "gmail.eml", "headless.eml", "base64.eml"} {
		f.Add("message/rfc822", mustReadReport(f, file))
	}
	f.Add("application/json", []byte(`{"messageId": "<`+reported+`>", "status": "5.1.1", "action": "failed"}`))
	f.Fuzz(func(t *testing.T, kind string, body []byte) {
		r, err := ReadReport(kind, body)
		if err != nil && r != (Report{}) {
			t.Errorf("a refused report is %+v", r)
		}
		if err == nil && (r.MessageID == "" || r.Action == "" || strings.ContainsAny(r.MessageID, " \t\r\n<>") || len(r.Status) > 9) {
			t.Errorf("the report is %+v", r)
		}
	})
}
