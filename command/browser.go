package command

import (
	"context"
	"os/exec"
	"runtime"

	"usher/settings"
	"usher/site"
)

// start is what decides whether a start opens the browser.
type start struct {
	system   string // as runtime.GOOS
	terminal bool   // both standard input and standard output are a terminal
	local    bool   // the site's address leads to this machine
	getenv   func(string) string
}

// opensBrowser reports whether somebody sits at this machine and has just started the program by hand. A service has no terminal. Over
// SSH, the browser would open on the wrong machine, or in the terminal.
func (s start) opensBrowser() bool {
	if !s.terminal || !s.local {
		return false
	}
	for _, elsewhere := range []string{"CI", "SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"} {
		if s.getenv(elsewhere) != "" {
			return false
		}
	}
	switch s.system {
	case "darwin", "windows":
		return true
	}
	return s.getenv("DISPLAY") != "" || s.getenv("WAYLAND_DISPLAY") != ""
}

// browserFor returns a function that opens a link in the person's browser, or nil if this start opens none.
func browserFor(ctx context.Context, out Console, settings *settings.Settings, link string, getenv func(string) string) func() {
	now := start{
		system: runtime.GOOS, terminal: site.IsTerminal(out.In) && site.IsTerminal(out.Out), local: settings.PublicURL.Loopback(), getenv: getenv,
	}
	if link == "" || !now.opensBrowser() {
		return nil
	}
	return func() { openBrowser(context.WithoutCancel(ctx), link) }
}

// openBrowser opens a link as the system does it. A failure is silent, because the link is printed anyway.
func openBrowser(ctx context.Context, link string) {
	opener := []string{"xdg-open"}
	switch runtime.GOOS {
	case "darwin":
		opener = []string{"open"}
	case "windows":
		opener = []string{"rundll32", "url.dll,FileProtocolHandler"}
	}
	c := exec.CommandContext(ctx, opener[0], append(opener[1:], link)...)
	apart(c)
	if c.Start() == nil {
		go func() { _ = c.Wait() }()
	}
}
