//go:build linux

package main

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"usher/web/documents"
)

// leftOut are the operations of an invitee's pages that nobody in this crowd sends, and why.
var leftOut = map[string]string{
	"AskHost":        "all links work",
	"ClearChannel":   "nobody moderates",
	"DeleteMessage":  "nobody takes back what they wrote",
	"EditMessage":    "nobody changes what they wrote",
	"HereNow":        "everyone enters themselves, so the answer says who is there",
	"HideMessage":    "nobody moderates",
	"HideMessagesOf": "nobody moderates",
	"LeaveRoom":      "everyone stays until the end",
	"MessageCursors": "nobody reads older messages",
	"PinMessage":     "nobody moderates",
	"QueuePlace":     "nobody waits to be let in",
	"RestoreMessage": "nobody moderates",
	"UnpinMessage":   "nobody moderates",
	"UpdateTools":    "nobody moderates",
}

func TestTheCrowdSendsWhatThePagesOfInviteesSend(t *testing.T) {
	all, err := documents.Read("../../web/src")
	if err != nil {
		t.Fatal(err)
	}
	var source strings.Builder
	for _, name := range []string{"page.go", "talk.go", "host.go"} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		source.Write(text)
	}
	sent := map[string]bool{}
	for _, quoted := range regexp.MustCompile(`(?:ask\(|subscribe\(|h\.token, |token, |\n\t\t)"([A-Z]\w+)"`).FindAllStringSubmatch(source.String(), -1) {
		sent[quoted[1]] = true
		if all[quoted[1]] == "" {
			t.Errorf("the crowd sends %s, which the app no longer has", quoted[1])
		}
	}
	for _, folder := range []string{"link", "place", "talk"} {
		of, err := documents.Read("../../web/src/" + folder)
		if err != nil {
			t.Fatal(err)
		}
		for name := range of {
			if !sent[name] && leftOut[name] == "" {
				t.Errorf("pages of invitees may send %s: send it in page.go where the page does, or say in leftOut why not", name)
			}
			if sent[name] && leftOut[name] != "" {
				t.Errorf("%s is sent, so leftOut should not have it", name)
			}
		}
	}
}
