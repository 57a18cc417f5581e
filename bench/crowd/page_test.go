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
	"AnswerQuestion":   "nobody answers questions",
	"AnswerHandOver":   "nobody moves to another device",
	"AskHandOver":      "nobody moves to another device",
	"AskHost":          "all links work",
	"MoveInvitation":   "nobody moves to another device",
	"SendCode":         "the site asks nobody for a code",
	"AskQuestion":      "nobody asks a question",
	"ClearChannel":     "nobody moderates",
	"CopyPoll":         "only the host runs polls",
	"CreatePoll":       "only the host runs polls",
	"DeclineHand":      "nobody raises a hand",
	"DeleteMessage":    "nobody takes back what they wrote",
	"DeletePoll":       "only the host runs polls",
	"DismissQuestion":  "nobody answers questions",
	"EditMessage":      "nobody changes what they wrote",
	"Hands":            "nobody moderates",
	"Missed":           "nobody comes late, or is away for a minute",
	"HandOverWatch":    "nobody moves to another device",
	"HereNow":          "everyone enters themselves, so the answer says who is there",
	"HideMessage":      "nobody moderates",
	"HideMessagesOf":   "nobody moderates",
	"HidePollAnswer":   "only the host runs polls",
	"LeaveRoom":        "everyone stays until the end",
	"LowerAllHands":    "nobody raises a hand",
	"LowerHand":        "nobody raises a hand",
	"MessageCursors":   "nobody reads older messages",
	"Messages":         "everyone enters themselves, so the answer has the newest",
	"MoreQuestions":    "nobody opens the panel of questions",
	"MuteAsker":        "nobody answers questions",
	"OfferHandOver":    "nobody moves to another device",
	"OwnHand":          "everyone enters themselves, so the answer has their hand",
	"PinMessage":       "nobody moderates",
	"PollAnswers":      "only the host runs polls",
	"PollResults":      "no results are shared",
	"Polls":            "nobody opens the panel of polls",
	"PublishQuestion":  "nobody answers questions",
	"Questions":        "nobody opens the panel of questions",
	"QueuePlace":       "nobody waits to be let in",
	"RaiseHand":        "nobody raises a hand",
	"React":            "nobody reacts",
	"ReleaseQuestion":  "nobody answers questions",
	"ReopenQuestion":   "nobody answers questions",
	"RestoreMessage":   "nobody moderates",
	"SharePoll":        "only the host runs polls",
	"StartPoll":        "only the host runs polls",
	"StopPoll":         "only the host runs polls",
	"TakeQuestion":     "nobody answers questions",
	"UnpinMessage":     "nobody moderates",
	"UpdatePoll":       "only the host runs polls",
	"UpdateTools":      "nobody moderates",
	"UpvoteQuestion":   "nobody asks a question",
	"WithdrawQuestion": "nobody asks a question",
}

func TestTheCrowdSendsWhatThePagesOfInviteesSend(t *testing.T) {
	all, err := documents.Read("../../web/src")
	if err != nil {
		t.Fatal(err)
	}
	var source strings.Builder
	for _, name := range []string{"page.go", "talk.go", "vote.go", "host.go"} {
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
	for _, folder := range []string{"link", "place", "talk", "gesture"} {
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
