package graph

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"

	"usher/graph/generated"
	"usher/web/documents"
)

// A page with a document that depends on its asker costs the server several times as much in a full room.
func TestEachSubscriptionOfTheAppIsShared(t *testing.T) {
	all, err := documents.Read("../web/src")
	if err != nil {
		t.Fatal(err)
	}
	read := map[string]bool{}
	for name, document := range all {
		op, errs := executor.New(generated.NewExecutableSchema(generated.Config{})).CreateOperationContext(
			graphql.StartOperationTrace(context.Background()),
			&graphql.RawParams{Query: document, Variables: map[string]any{"roomId": "r", "after": 7, "token": "t"}, OperationName: name})
		if op.Operation == nil || op.Operation.Operation != "subscription" {
			continue
		}
		if name == "HandOverWatch" { // two devices follow one, for two minutes
			continue
		}
		if errs != nil {
			t.Fatalf("%s: %v", name, errs)
		}
		ask, ok := sharedAsk(op)
		if !ok {
			t.Errorf("%s is executed for each asker alone:\n%s", name, document)
		}
		if ask.alone {
			t.Errorf("%s is rendered for each asker alone:\n%s", name, document)
		}
		read[ask.root] = true
	}
	if want := map[string]bool{rootEvents: true, rootPresence: true, rootTally: true, rootLink: true}; !maps.Equal(read, want) {
		t.Errorf("read the app's subscriptions to %v, want %v", read, want)
	}
}

// A field of a link that is missing in room.Alike would show somebody what another person sees.
func TestLooksThatAreRenderedOnceAreEqualInEachField(t *testing.T) {
	known := []string{ // in room.Alike, or shown to one person alone: link, participant
		"link", "problem", "participant", "roomTitle", "roomDescription", "timeZone", "invitedBy", "role", "session", "expiresAt",
		"hostAsked", "hostAskedAt", "signInRequired", "matchesAccount", "needsCode", "codeFailed", "serverTime",
	}
	for _, field := range generated.NewExecutableSchema(generated.Config{}).Schema().Types["InvitationLink"].Fields {
		if !slices.Contains(known, field.Name) {
			t.Errorf("InvitationLink.%s is new: add what it shows to room.Alike, then to this list", field.Name)
		}
	}
}

func TestADocumentWithTheLinkItselfIsRenderedForEachAlone(t *testing.T) {
	for document, alone := range map[string]bool{
		`subscription($t: String!) { invitationLink(token: $t) { roomTitle participant { id } } }`:                                              false,
		`subscription($t: String!) { invitationLink(token: $t) { it: link } }`:                                                                  true,
		`subscription($t: String!) { invitationLink(token: $t) { ... on InvitationLink { ...L } } } fragment L on InvitationLink { link role }`: true,
	} {
		op, errs := executor.New(generated.NewExecutableSchema(generated.Config{})).CreateOperationContext(
			graphql.StartOperationTrace(context.Background()), &graphql.RawParams{Query: document, Variables: map[string]any{"t": "secret"}})
		if errs != nil {
			t.Fatal(errs)
		}
		ask, ok := sharedAsk(op)
		if !ok || ask.alone != alone || strings.Contains(ask.key, "secret") {
			t.Errorf("%s: %+v, %t, want alone: %t", document, ask, ok, alone)
		}
	}
}
