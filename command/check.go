package command

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"
	"syscall"

	"usher/ent"
	"usher/live"
	"usher/room"
	"usher/settings"
	"usher/site"
)

type checkCommand struct{}

// check inspects one thing and describes its state in a few words. It returns an error for a failure and a note for a likely mistake.
type check struct {
	name string
	run  func(context.Context, *settings.Settings) (string, error)
}

type note string

func (n note) Error() string { return string(n) }

var checks = []check{
	{"database", checkDatabase},
	{"key", checkKey},
	{"port", checkPort},
	{"metrics", checkMetrics},
	{"public URL", checkPublicURL},
	{"proxy", checkProxy},
	{"mail", checkMail},
}

// Run prints a line for each check and fails if one of them does. It changes nothing.
func (*checkCommand) Run(ctx context.Context, out Console, settings *settings.Settings) error {
	failed := 0
	for _, c := range checks {
		verdict := "ok"
		found, err := c.run(ctx, settings)
		var noted note
		switch {
		case errors.As(err, &noted):
			verdict, found = "note", err.Error()
		case err != nil:
			verdict, found = "FAIL", err.Error()
			failed++
		}
		fmt.Fprintf(out.Out, "%-4s  %-10s  %s\n", verdict, c.name, found)
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d checks failed", failed, len(checks))
	}
	return nil
}

func checkDatabase(ctx context.Context, settings *settings.Settings) (string, error) {
	status, err := live.Inspect(ctx, string(settings.DatabaseURL), nil)
	if warnings := live.Warnings(string(settings.DatabaseURL)); err == nil && len(warnings) > 0 {
		return "", note(strings.Join(append([]string{status}, warnings...), "; "))
	}
	return status, err
}

func checkKey(ctx context.Context, settings *settings.Settings) (string, error) {
	fingerprint := ""
	// An error with the database is reported by its own check.
	_, _ = live.Inspect(ctx, string(settings.DatabaseURL), func(read *ent.Client) (err error) {
		fingerprint, err = room.LinkKey(ctx, read)
		return err
	})
	switch _, err := site.ReadKeys(settings, fingerprint); {
	case site.MayMakeKeys(settings, err):
		return settings.SecretKeyFile + " will be created at the first start", nil
	case err != nil:
		return "", err
	case fingerprint == "":
		return settings.SecretKeyFile + " can be read", nil
	}
	return settings.SecretKeyFile + " signs the site's links", nil
}

func checkPort(ctx context.Context, settings *settings.Settings) (string, error) {
	return checkAddr(ctx, settings.Addr, answersAsUsher)
}

// checkMetrics keeps the site's own address while it tries the one of metrics, as the server does: one address cannot be both.
func checkMetrics(ctx context.Context, settings *settings.Settings) (string, error) {
	if settings.MetricsAddr == "" {
		return "off: set metrics-addr to serve them", nil
	}
	if own, err := listen(ctx, settings.Addr); err == nil {
		defer own.Close()
	}
	return checkAddr(ctx, settings.MetricsAddr, servesMetrics)
}

// checkAddr says whether a server can listen at addr, or does so already.
func checkAddr(ctx context.Context, addr settings.Addr, isUsher func(context.Context, settings.Addr) bool) (string, error) {
	listener, err := listen(ctx, addr)
	if err == nil {
		return string(addr) + " is free", listener.Close()
	}
	if errors.Is(err, syscall.EADDRINUSE) && isUsher(ctx, addr) {
		return string(addr) + " is in use by Usher", nil
	}
	return "", err
}

func listen(ctx context.Context, addr settings.Addr) (net.Listener, error) {
	return (&net.ListenConfig{}).Listen(ctx, "tcp", string(addr))
}

// answersAsUsher reports whether the server at addr is Usher.
func answersAsUsher(ctx context.Context, addr settings.Addr) bool {
	_, body, err := probe(ctx, addr, "/healthz")
	return err == nil && body == site.Healthy
}

// servesMetrics reports whether the metrics at addr are Usher's.
func servesMetrics(ctx context.Context, addr settings.Addr) bool {
	_, body, err := probe(ctx, addr, "/metrics")
	return err == nil && strings.Contains(body, "\nusher_build_info{")
}

// checkMail connects to the mail server, greets and authenticates. It sends nothing.
func checkMail(ctx context.Context, settings *settings.Settings) (string, error) {
	if !settings.On() {
		return "off: set smtp-url and mail-from to send emails", nil
	}
	server := site.MailServer(settings)
	if err := server.Try(ctx); err != nil {
		return "", fmt.Errorf("%s: %w", server, err)
	}
	return server.String() + " takes emails", nil
}

func checkPublicURL(_ context.Context, settings *settings.Settings) (string, error) {
	if warnings := settings.Warnings(); len(warnings) > 0 {
		return "", note(strings.Join(warnings, "; "))
	}
	return "links begin with " + string(settings.JoinURL), nil
}

// checkProxy asks the running server through the public URL which address it sees, with a request that claims to come from another.
func checkProxy(ctx context.Context, settings *settings.Settings) (string, error) {
	public := string(settings.PublicURL)
	switch {
	case !settings.PublicURL.Secure():
		return "not needed for " + public, nil
	case !answersAsUsher(ctx, settings.Addr):
		return "checked while the server at " + string(settings.Addr) + " runs", nil
	}
	if slices.ContainsFunc(settings.TrustedProxies, func(network netip.Prefix) bool { return network.Bits() == 0 }) {
		return "", errors.New("trusted-proxies names every address, so clients can choose the address that Usher counts: name only the proxies")
	}
	keys, err := room.ReadKeys(settings.SecretKeyFile)
	if err != nil {
		return "", note("not checked, because the key cannot be read")
	}
	seen, err := site.Probe(ctx, settings, keys)
	switch {
	case err != nil:
		return "", note(public + " cannot be checked from here: " + err.Error())
	case seen.Forged:
		return "", errors.New("clients can choose the address that Usher counts, by an X-Forwarded-For of their own: have the proxy append the address " +
			"that it sees, as in nginx by proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for")
	case seen.Ignored:
		return "", note("requests come from " + seen.Address.String() + ", which trusted-proxies lacks: add it, because until then everyone behind it " +
			"counts as one address")
	case seen.Missing:
		return "", note("the proxy at " + seen.Address.String() + " sends no X-Forwarded-For, so everyone behind it counts as one address: have it " +
			"append the address that it sees")
	}
	return "Usher sees that this request came from " + seen.Address.String(), nil
}
