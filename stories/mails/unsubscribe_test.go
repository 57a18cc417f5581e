package mails

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	. "usher/sitetest"
)

func TestD16_OneClickInAMailProgramStopsEmails(t *testing.T) {
	form := func(add func(*multipart.Writer)) (string, string) {
		var b bytes.Buffer
		w := multipart.NewWriter(&b)
		add(w)
		_ = w.Close()
		return w.FormDataContentType(), b.String()
	}
	multi, body := form(func(w *multipart.Writer) { _ = w.WriteField("List-Unsubscribe", "One-Click") })
	for kind, content := range map[string]string{"application/x-www-form-urlencoded": "List-Unsubscribe=One-Click", multi: body} {
		t.Run(kind[:9], func(t *testing.T) { oneClick(t, kind, content) })
	}
}

// oneClick stops emails as a mail program does.
func oneClick(t *testing.T, kind, content string) {
	onEach(t, func(t *testing.T, p *post) {
		k := p.invite("grace@example.org", nil)
		raw := p.Wait(k.Email, 1)[0].Raw
		unfolded := strings.ReplaceAll(raw, "\r\n ", " ")
		_, after, found := strings.Cut(unfolded, "\r\nList-Unsubscribe: <")
		address, _, ended := strings.Cut(after, ">\r\n")
		if !found || !ended || !strings.HasPrefix(address, p.URL+"/stop-mail/") {
			t.Fatalf("the headers are\n%s", unfolded)
		}
		Same(t, "how", strings.Count(unfolded, "\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), 1)
		click := func(content string) int {
			answer, err := http.Post(address, kind, strings.NewReader(content))
			if err != nil {
				t.Fatal(err)
			}
			defer answer.Body.Close()
			return answer.StatusCode
		}
		for range 2 {
			Same(t, "the answer", click(content), http.StatusOK)
		}
		p.waitFor(p.Hall(p.host, nil).Invite(k.Email, Object{"send": true}), "INVITATION DROPPED STOPPED")
	})
}

func TestD16_PersonalEmailsHaveNoUnsubscribeHeader(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		admin := p.User("admin@example.com", "--admin")
		admin.Must("testMail", nil, "")
		p.Wait("admin@example.com", 1)
		p.Browser().Must("forgotPassword", Object{"email": "admin@example.com"}, "")
		for _, letter := range p.Wait("admin@example.com", 2) {
			if strings.Contains(letter.Raw, "List-Unsubscribe") {
				t.Errorf("%s has the header", letter.Subject)
			}
		}
	})
}
