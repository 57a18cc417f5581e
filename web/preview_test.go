package web

import (
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

func TestAPreviewOfALinkShowsAPictureOfThisSite(t *testing.T) {
	page, err := os.ReadFile("index.html")
	if err != nil {
		t.Fatal(err)
	}
	picture, err := os.ReadFile("public/share.png")
	if err != nil {
		t.Fatal(err)
	}
	if len(picture) > 20_000 {
		t.Errorf("the picture has %d bytes, which is a lot for a preview", len(picture))
	}
	p := newPages(fstest.MapFS{"index.html": {Data: page}, "share.png": {Data: picture}})
	p.addressPicture("https://usher.example.org/")
	head := mustRead(t, get(t, p, "/join", "User-Agent: Slackbot").Body)
	for _, want := range []string{
		`<meta property="og:title" content="You are invited to a live session" />`,
		`<meta property="og:description" content="Open your personal link to see when it starts and to enter." />`,
		`<meta property="og:image" content="https://usher.example.org/share.png" />`,
	} {
		if !strings.Contains(head, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	answer := get(t, p, "/share.png")
	if kind := answer.Header.Get("Content-Type"); answer.StatusCode != http.StatusOK || kind != "image/png" {
		t.Errorf("the picture is answered with %d, %s", answer.StatusCode, kind)
	}
}
