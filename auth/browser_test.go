package auth

import (
	"strings"
	"testing"
)

func TestBrowser(t *testing.T) {
	const (
		windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
		iphone  = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
	)
	for name, c := range map[string]struct{ userAgent, want string }{
		"Chrome on Windows":                   {windows, "Chrome on Windows"},
		"Edge is not taken for Chrome":        {windows + " Edg/131.0.0.0", "Edge on Windows"},
		"Opera is not taken for Chrome":       {windows + " OPR/116.0.0.0", "Opera on Windows"},
		"Firefox on Linux":                    {"Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox on Linux"},
		"Firefox on Ubuntu is on Linux":       {"Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox on Linux"},
		"Firefox on a system of few":          {"Mozilla/5.0 (X11; FreeBSD amd64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox"},
		"Safari on iPhone":                    {iphone + "Version/18.1 Mobile/15E148 Safari/604.1", "Safari on iPhone"},
		"Chrome on iPhone":                    {iphone + "CriOS/131.0.6778.73 Mobile/15E148 Safari/604.1", "Chrome on iPhone"},
		"Firefox on iPhone":                   {iphone + "FxiOS/132.0 Mobile/15E148 Safari/605.1.15", "Firefox on iPhone"},
		"an app on iPhone that says no more":  {iphone + "Mobile/15E148", "iPhone"},
		"the browser within an app on iPhone": {iphone + "Mobile/15E148 [FBAN/FBIOS;FBAV/480.0;FBBV/1]", "Facebook App on iPhone"},
		"Safari on iPad":                      {"Mozilla/5.0 (iPad; CPU OS 17_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.7 Mobile/15E148 Safari/604.1", "Safari on iPad"},
		"Safari on macOS":                     {"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15", "Safari on macOS"},
		"Chrome on Android":                   {"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36", "Chrome on Android"},
		"Samsung's browser on Android":        {"Mozilla/5.0 (Linux; Android 13; SM-S908B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36", "Samsung Browser on Android"},
		"Chrome on a Chromebook":              {"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36", "Chrome on ChromeOS"},
		"curl is a client of the API":         {"curl/8.5.0", "curl"},
		"Go's client":                         {"Go-http-client/2.0", "Go-http-client"},
		"Python's client":                     {"python-requests/2.31.0", "python-requests"},
		"Node's client":                       {"node", "node"},
		"no header is nobody":                 {"", ""},
		"a dash is nobody":                    {"-", ""},
		"the word that all say is nobody":     {"Mozilla/5.0", ""},
		"a sentence is nobody":                {"Your host sends you greetings", ""},
		"markup is nobody":                    {"<b>curl</b>/1.0", ""},
		"a bidi override is nobody":           {"\u202elruc/1.0", ""},
		"a control character is nobody":       {"cu\x1brl/1.0", ""},
		"the system is kept without a name that could not be one": {
			"Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131 <b>/1 Safari/537.36", "Windows",
		},
		"a very long header is read in part": {windows + strings.Repeat(" x", 1<<20), "Chrome on Windows"},
		"a very long name is nobody":         {strings.Repeat("x", 1<<20), ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Browser(c.userAgent); got != c.want {
				t.Errorf("Browser(%.120q) = %q, want %q", c.userAgent, got, c.want)
			}
		})
	}
}

func FuzzBrowser(f *testing.F) {
	for _, seed := range []string{
		"", "curl/8.5.0", "a\x00b/1", "Mozilla/5.0 (", "Mozilla/5.0 (Linux; Android", "(iPhone;;;) Instagram 1", "Mozilla/5.0 (Macintosh) FBAN/ XiaoMi/ BytedanceWebview/",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, userAgent string) {
		got := Browser(userAgent)
		if len(got) > 64 {
			t.Fatalf("%q gives %q", userAgent, got)
		}
		for _, c := range []byte(got) {
			if c < ' ' || c > '~' || strings.IndexByte(`<>&"'`, c) >= 0 {
				t.Fatalf("%q gives %q", userAgent, got)
			}
		}
	})
}
