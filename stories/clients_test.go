package stories

import (
	"context"
	"encoding/json"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	. "usher/sitetest"
)

// The programs of wire/clients play GraphQL clients as they are published, set up as docs/clients.md shows.

// mustPlay runs a program of wire/clients against a room with an open session, in which a guest and two more people are.
// It must pass these stories.
func mustPlay(t *testing.T, program string, stories ...string) {
	t.Helper()
	t.Parallel()
	folder := filepath.Join(Root(t), "wire/clients")
	node, err := exec.LookPath("node")
	if err == nil {
		_, err = os.Stat(filepath.Join(folder, "node_modules/graphql"))
	}
	MustHave(t, "Node 20, or what npm ci --prefix wire/clients installs,", err)
	h := StartHouse(t)
	room := h.Hall(h.User("ada@example.com", "--admin"), nil)
	room.Command("startSession")
	guest := room.Invite("grace@example.org", Object{"firstName": "Grace"}).BearerGuest()
	for _, name := range []string{"Hana", "Ines"} {
		room.Invite(strings.ToLower(name)+"@example.org", Object{"firstName": name}).BearerGuest()
	}
	browser := h.SignedIn("ada@example.com", Password)
	address, err := url.Parse(h.URL)
	if err != nil {
		t.Fatal(err)
	}
	var cookies []string
	for _, cookie := range browser.HTTP.Jar.Cookies(address) {
		cookies = append(cookies, cookie.Name+"="+cookie.Value)
	}
	site, err := json.Marshal(Object{
		"url": h.URL, "password": Password, "room": room.ID, "host": room.Host.Bearer, "cookie": strings.Join(cookies, "; "),
		"guest": guest.Bearer, "place": guest.MustAsk("{ me { participants { id } } }", nil).In("me").Texts("participants", "id")[0],
		"names": []string{"Grace Guest", "Hana Guest", "Ines Guest"},
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*Patience)
	defer cancel()
	run := exec.CommandContext(ctx, node, program, string(site))
	run.Dir = folder
	var printed, complaints strings.Builder
	run.Stdout, run.Stderr = &printed, &complaints
	if err := run.Run(); err != nil || complaints.Len() > 0 {
		t.Errorf("%s: %v\n%s", program, err, complaints.String())
	}
	Same(t, "the stories that passed", strings.Split(strings.TrimSpace(printed.String()), "\n"), stories)
}

func TestApolloClientWorks(t *testing.T) {
	mustPlay(t, "apollo.mjs",
		"a query and the next page of a connection",
		"a mutation",
		"a problem is data",
		"errors have their code",
		"a cookie, a key of an account and a token of a participant",
		"an event changes what a query shows",
		"events come again after a break, and none is missing",
		"a subscription that is refused",
		"stored documents fall back, with POST",
		"stored documents fall back, with GET",
		"a subscription over plain HTTP is refused with a reason",
		"a subscription ends with the sign-in",
		"a subscription ends with the access",
	)
}

func TestGraphQLRequestWorks(t *testing.T) {
	mustPlay(t, "request.mjs",
		"a query with variables",
		"a query by GET",
		"a mutation, and a problem",
		"errors have their code",
		"headers of a client and of a request",
		"a batch is refused with a reason",
	)
}

func TestUrqlWorks(t *testing.T) {
	mustPlay(t, "urql.mjs",
		"a query",
		"a query as urql sends it by itself",
		"a mutation, and a problem",
		"errors have their code",
		"a subscription, through a break",
		"a subscription that is refused",
		"a subscription over plain HTTP, and its end",
	)
}

func TestGraphQLSSEWorks(t *testing.T) {
	mustPlay(t, "sse.mjs",
		"a query and a mutation",
		"a subscription",
		"a subscription that is refused",
		"the mode of one connection is refused with a reason",
	)
}

func TestRelayWorks(t *testing.T) {
	mustPlay(t, "relay.mjs",
		"the compiler takes the contract",
		"the compiler takes the schema that the server shows",
		"a query, with the pages of a connection",
		"a mutation adds to a connection",
		"a problem is data, and errors have their code",
		"an event changes what a query shows, through a break",
		"no id belongs to two objects",
		"Relay warns of nothing",
	)
}
