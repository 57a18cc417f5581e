package stories

import (
	"context"
	"strings"
	"testing"
	"time"

	. "usher/sitetest"
)

func TestS3_ASessionThatNeverOpenedIsCancelledByItself(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		end  any
		left time.Duration // from the start of the session to the moment at which it is cancelled
	}{
		{"24 h after its end", time.Hour, 25 * time.Hour},
		{"24 h after its start where it has no end", nil, 24 * time.Hour},
	} {
		t.Run(c.name, func(t *testing.T) {
			OnEach(t, func(t *testing.T, h *House) {
				host := h.User("ada@example.com")
				starts := h.Now().Add(time.Hour)
				input := Object{"title": "Hall", "startsAt": Stamp(starts)}
				if length, ok := c.end.(time.Duration); ok {
					input["endsAt"] = Stamp(starts.Add(length))
				}
				id := host.Must("createRoom", input, "room { id }").Text("room.id")
				state := func() string {
					if err := h.Parts.Clock.Lapse(context.Background(), h.Now()); err != nil {
						t.Fatal(err)
					}
					return host.MustAsk(`query($id: ID!) { room(id: $id) { session { state } } }`, Object{"id": id}).Text("room.session.state")
				}
				h.Set(starts.Add(c.left))
				host = h.User("ada2@example.com", "--admin") // the first sign-in is over by now
				Same(t, "at that moment", state(), "SCHEDULED")
				h.Advance(time.Millisecond)
				Same(t, "a millisecond later", state(), "CANCELLED")
				events := host.MustAsk(`query($id: ID!) { room(id: $id) { events(first: 1) { __typename actor } } }`, Object{"id": id})
				Same(t, "its event, which nobody made", events.At("room.events"), []any{map[string]any{"__typename": "SessionCancelled", "actor": nil}})
			})
		})
	}
}

func TestS3_AnOverdueSessionEndsAfterAnHourWithNobodyConnected(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		ada := h.User("ada@example.com", "--admin")
		ends := Object{"endsAt": Stamp(h.Now().Add(2 * time.Hour))}
		left, kept, endless := h.Hall(ada, ends), h.Hall(ada, ends), h.Hall(ada, nil)
		for _, room := range []*Hall{left, kept, endless} {
			room.Command("startSession")
		}
		lapse := func(what, want string) {
			t.Helper()
			if err := h.Parts.Clock.Lapse(context.Background(), h.Now()); err != nil {
				t.Fatal(err)
			}
			states := ""
			for _, room := range []*Hall{left, kept, endless} {
				states += ada.MustAsk(`query($id: ID!) { room(id: $id) { session { state } } }`, Object{"id": room.ID}).Text("room.session.state") + " "
			}
			Same(t, what, states, want+" ")
		}
		h.Advance(2 * time.Hour)
		lapse("at their end", "OPEN OPEN OPEN")
		h.Advance(time.Millisecond)
		lapse("past their end nobody is there", "OPEN OPEN OPEN")
		h.Advance(time.Hour - time.Millisecond)
		lapse("for an hour less a millisecond", "OPEN OPEN OPEN")
		kept.Begin(ada.Watch(Watching, kept.ID, kept.Revision()))
		h.Advance(time.Millisecond)
		lapse("for an hour, but where somebody came", "ENDED OPEN OPEN")
		Same(t, "the end's event", left.Kinds(left.Revision()-1), []string{"SessionEnded"})
	})
}

// firstAdmin returns the input of setUp with the token of the setup link.
func firstAdmin(token string) Object {
	return Object{"token": token, "email": "ada@example.com", "firstName": "Ada", "lastName": "Lovelace", "password": Password}
}

func TestTheSetupLinkMakesTheFirstAdministratorOnce(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		token := h.Parts.People.NewSetUpToken()
		someone := h.Browser()
		someone.Refused("LINK_NOT_VALID", "setUp", firstAdmin(token[:len(token)-1]))
		weak := firstAdmin(token)
		weak["password"] = "short"
		someone.Refused("INVALID_PASSWORD", "setUp", weak)
		h.Advance(30*time.Minute - time.Millisecond)
		someone.Must("setUp", firstAdmin(token), "me { user { siteRole } }")
		me := someone.MustAsk(`{ me { user { siteRole email } } }`, nil)
		Same(t, "who is signed in", me.At("me.user"), map[string]any{"siteRole": "ADMIN", "email": "ada@example.com"})
		again := firstAdmin(token)
		again["email"] = "eve@example.com"
		h.Browser().Refused("LINK_NOT_VALID", "setUp", again)
		if !strings.HasPrefix(token, "usher_a_") {
			t.Errorf("a token begins with %.8s", token)
		}
	})
}

func TestTheSetupLinkExpiresAfter30Minutes(t *testing.T) {
	OnEach(t, func(t *testing.T, h *House) {
		token := h.Parts.People.NewSetUpToken()
		h.Advance(30 * time.Minute)
		h.Browser().Refused("LINK_NOT_VALID", "setUp", firstAdmin(token))
	})
}
