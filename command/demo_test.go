package command

import (
	"bufio"
	"context"
	"crypto/rand"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"regexp"
	"strings"
	"testing"
	"time"

	"usher/ask"
	"usher/auth"
	"usher/live/livetest"
	"usher/role"
	"usher/room"
	"usher/settings"
	"usher/site"
	"usher/talk"
)

// mustStartDemo runs the demo until the test ends, and returns what it prints at the start.
func mustStartDemo(t *testing.T) (printed string) {
	t.Helper()
	t.Setenv("TMPDIR", t.TempDir())
	ctx, stop := context.WithCancel(t.Context())
	reader, writer := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		ended <- Run(ctx, []string{"--demo", "--addr=127.0.0.1:0"}, nil, Console{In: strings.NewReader(""), Out: writer, Err: io.Discard})
		_ = writer.Close()
	}()
	t.Cleanup(func() {
		stop()
		if status := <-ended; status != 0 {
			t.Errorf("the demo ended with status %d", status)
		}
	})
	for lines := bufio.NewScanner(reader); lines.Scan(); {
		printed += lines.Text() + "\n"
		if strings.Contains(lines.Text(), "use the password") {
			return printed
		}
	}
	t.Fatalf("it prints only\n%s", printed)
	return ""
}

// press requests a page as a browser does that shows the site. It follows no redirects.
func press(t *testing.T, c *http.Client, method, url string, headers ...string) (status int, body string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		r.Header.Set(name, value)
	}
	answer, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(content)
}

func newBrowser(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// who asks the site who the browser is signed in as.
func who(t *testing.T, c *http.Client, site string) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, site+"/graphql", strings.NewReader(`{"query":"{ me { user { email siteRole } } }"}`))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

var signInLinks = regexp.MustCompile(`(http://localhost:\d+)/demo/usher_d_\S+`)

func TestALinkOfTheDemoSignsInOnce(t *testing.T) {
	printed := mustStartDemo(t)
	links := signInLinks.FindAllStringSubmatch(printed, -1)
	if len(links) != 2 || strings.Count(printed, "/join#") != 2 {
		t.Fatalf("it prints\n%s", printed)
	}
	for i, says := range []string{`"email":"mia@example.com","siteRole":"MEMBER"`, `"email":"amelie.ostergaard@example.com","siteRole":"ADMIN"`} {
		link, site := links[i][0], links[i][1]
		b := newBrowser(t)
		for range 2 { // such as a browser that loads ahead, or a scanner
			if status, page := press(t, b, http.MethodGet, link); status != http.StatusOK || !strings.Contains(page, `<form method="post">`) {
				t.Fatalf("the page has status %d:\n%s", status, page)
			}
		}
		for _, foreign := range []string{"Origin: https://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site"} {
			if status, _ := press(t, b, http.MethodPost, link, foreign); status != http.StatusForbidden {
				t.Errorf("another page with %q gets %d", foreign, status)
			}
		}
		if got := who(t, b, site); !strings.Contains(got, "null") {
			t.Errorf("before the button somebody is signed in: %s", got)
		}
		// The page has no referrer, so browsers send the origin null and say that the page is the site's own.
		if status, _ := press(t, b, http.MethodPost, link, "Origin: null", "Sec-Fetch-Site: same-origin"); status != http.StatusSeeOther {
			t.Fatalf("the button gets %d", status)
		}
		if got := who(t, b, site); !strings.Contains(got, says) {
			t.Errorf("signed in is %s, want %s", got, says)
		}
		again := newBrowser(t)
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			if status, page := press(t, again, method, link); status != http.StatusNotFound || !strings.Contains(page, "has been used") {
				t.Errorf("%s again gets %d:\n%s", method, status, page)
			}
		}
		if got := who(t, again, site); strings.Contains(got, "example.com") {
			t.Errorf("the used link signs in: %s", got)
		}
	}
}

// mustPlay runs the demo's guest on a site in which the session is open. It returns what the manager's stream has.
func mustPlay(t *testing.T, at pace) (d *demo, p *site.Parts, next func() room.Seen) {
	t.Helper()
	chosen := &settings.Settings{DatabaseURL: settings.DatabaseURL(livetest.EmptySQLite(t)), Addr: "127.0.0.1:8080"}
	chosen.RoomCreation = settings.MembersCreateRooms
	chosen.InvitationsPerSession, chosen.SignInIdle, chosen.SignInMax = 100, settings.Term(time.Hour), settings.Term(time.Hour)
	if err := chosen.Complete(); err != nil {
		t.Fatal(err)
	}
	p, err := site.Build(t.Context(), chosen, slog.New(slog.DiscardHandler), time.Now, site.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	if d, err = seedDemo(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	mia := auth.Actor{User: d.manager}
	if _, err := p.Sessions.Start(t.Context(), mia, *d.room.CurrentSessionID); err != nil {
		t.Fatal(err)
	}
	stream, err := p.News.Stream(t.Context(), mia, d.room.ID, nil, room.Topics{room.Topic(talk.Chat)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		playGuest(ctx, p, slog.New(slog.DiscardHandler), d, at)
		close(ended)
	}()
	t.Cleanup(func() {
		stop()
		<-ended
		stream.Close()
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	var seen []room.Seen
	return d, p, func() room.Seen {
		t.Helper()
		if len(seen) == 0 {
			waiting, done := context.WithTimeout(ctx, 30*time.Second)
			defer done()
			if seen, _, err = stream.Next(waiting); err != nil {
				t.Fatal(err)
			}
		}
		first := seen[0]
		seen = seen[1:]
		return first
	}
}

// mustHappen reads events until one has this kind and state, and returns the kinds of all.
func mustHappen(next func() room.Seen, kind, state string) (last room.Seen, kinds []string) {
	for {
		e := next()
		kinds = append(kinds, e.Row.Kind)
		if e.Row.Kind == kind && (state == "" || e.Row.Detail.State == state) {
			return e, kinds
		}
	}
}

func TestTheDemosGuestComesOnceStaysAndComesBackLater(t *testing.T) {
	_, _, next := mustPlay(t, pace{stay: time.Second})
	_, first := mustHappen(next, "ParticipantChanged", "IN_ROOM")
	mustHappen(next, "ParticipantChanged", "LEFT")
	_, again := mustHappen(next, "ParticipantChanged", "IN_ROOM")
	if len(first) > 6 || len(again) > 1 {
		t.Errorf("until she is in for the first time: %v; the second time: %v", first, again)
	}
	if entries := 2 * time.Hour / (demoPace.stay + demoPace.away); entries > 10 {
		t.Errorf("she makes %d entries an hour", entries)
	}
}

func TestTheDemosGuestConfirmsHerRoleAndAsksToComeInAgainWhenSheIsRemoved(t *testing.T) {
	d, p, next := mustPlay(t, pace{stay: time.Hour})
	in, _ := mustHappen(next, "ParticipantChanged", "IN_ROOM")
	mia := auth.Actor{User: d.manager}
	if _, err := p.Places.ChangeRole(t.Context(), mia, room.ChangeRoleInput{ParticipantID: in.Row.ParticipantID, Role: role.Speaker}); err != nil {
		t.Fatal(err)
	}
	mustHappen(next, "RolePromoted", "")
	mustHappen(next, "RoleDelivered", "")
	if _, err := p.Places.Remove(t.Context(), mia, in.Row.ParticipantID, false); err != nil {
		t.Fatal(err)
	}
	mustHappen(next, "ParticipantRemoved", "")
	mustHappen(next, "ParticipantChanged", "WAITING")
}

func TestTheDemosGuestWelcomesWhoEntersAndAnswersOnce(t *testing.T) {
	d, p, next := mustPlay(t, pace{stay: time.Hour})
	noor, _ := mustHappen(next, "ParticipantChanged", "IN_ROOM")
	mia := auth.Actor{User: d.manager}
	if _, err := p.Places.Enter(t.Context(), mia, d.room.ID); err != nil {
		t.Fatal(err)
	}
	says := func(want int) (last *talk.ChatMessage) {
		t.Helper()
		for {
			mustHappen(next, "MessagesPosted", "")
			page, err := room.NewPage(nil, 50, nil)
			if err != nil {
				t.Fatal(err)
			}
			of, err := p.Rooms.Get(t.Context(), mia, d.room.ID)
			if err != nil {
				t.Fatal(err)
			}
			list, err := p.Talk.List(t.Context(), of, talk.Chat, page)
			if err != nil {
				t.Fatal(err)
			}
			if len(list.Nodes) >= want {
				return list.Nodes[0]
			}
		}
	}
	if got := says(1); got.AuthorID != noor.Row.ParticipantID || !strings.Contains(got.Message.Text, "Welcome, Mia") {
		t.Errorf("the first message is %q", got.Message.Text)
	}
	of, err := p.Rooms.Get(t.Context(), mia, d.room.ID)
	if err != nil {
		t.Fatal(err)
	}
	asked, err := p.Ask.List(t.Context(), mia, of, ask.Selection{Order: ask.Newest}, room.Page{First: 10})
	if err != nil || len(asked.Nodes) != 1 || asked.Nodes[0].AskerID != noor.Row.ParticipantID {
		t.Errorf("she asks %v, %v", asked, err)
	}
	write := func(text string) {
		t.Helper()
		if _, err := p.Talk.Send(t.Context(), mia, talk.SendMessageInput{RoomID: d.room.ID, Channel: talk.Chat, Text: text, Key: rand.Text()}); err != nil {
			t.Fatal(err)
		}
	}
	write("Hello, Noor")
	if got := says(3); got.AuthorID != noor.Row.ParticipantID || got.ReplyToID == nil {
		t.Errorf("the answer is %q", got.Message.Text)
	}
	write("And again")
	write("The last one")
	if got := says(5); got.Message.Text != "The last one" {
		t.Errorf("she answers again: %q", got.Message.Text)
	}
}
