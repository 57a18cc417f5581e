package concurrent

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"usher/live/livetest"
	. "usher/sitetest"
)

// followingTalk follows the events and messages of a room.
const followingTalk = `subscription($room: ID!, $after: Int) { roomEvents(roomId: $room, after: $after, tools: [CHAT, BACKCHANNEL]) {
	__typename revision ... on MessagesPosted { channel messages { id text } } } }`

// spoken returns the messages that a stream hears until one has the text, in their order. It fails where revisions do not ascend.
func spoken(o *Subscription, until string) (ids []string) {
	o.T.Helper()
	for at := 0; ; {
		e := o.Event()
		if e.Int("revision") <= at {
			o.T.Fatalf("revision %d after %d", e.Int("revision"), at)
		}
		at = e.Int("revision")
		if e.Text("__typename") != "MessagesPosted" {
			continue
		}
		for _, m := range e.List("messages") {
			if m.TextIfAny("text") == until {
				return ids
			}
			ids = append(ids, m.Text("id"))
		}
	}
}

// writing is a message as a client sends it.
func writing(room *Hall, channel, text string) Object {
	return Object{"roomId": room.ID, "channel": channel, "text": text, "key": "a-key-for-the-text-" + strings.ReplaceAll(text, " ", "-")}
}

func TestV12_ReadersOfTwoServersGetEachMessageOnceInOneOrder(t *testing.T) {
	t.Parallel()
	servers := startServers(t, 2)
	room := servers[0].Hall(servers[0].User("ada@example.com"), nil)
	room.Command("startSession")
	var people []*Client
	for i := range 6 { // three at each server
		guest := servers[i%2].At(room.Invite(fmt.Sprintf("guest%d@example.org", i), nil).BearerGuest())
		guest.Enter(room)
		people = append(people, guest)
	}
	streams := make([]*Subscription, len(people))
	for i, c := range people {
		streams[i] = c.Connect().Subscribe(followingTalk, Object{"room": room.ID, "after": room.Revision()})
	}
	var all sync.WaitGroup
	for i, c := range people { // each writes at its own server, and one of them once more at the other with the same key
		for n := range 5 {
			in := writing(room, "CHAT", fmt.Sprintf("number %d of guest %d", n, i))
			all.Go(func() { c.Must("sendMessage", in, "") })
			if i == 0 {
				all.Go(func() { servers[1].At(c).Must("sendMessage", in, "") })
			}
		}
	}
	all.Wait()
	servers[1].At(room.Host).Must("sendMessage", writing(room, "CHAT", "that was all"), "")
	stored := room.Host.MustAsk(`query($id: ID!) { room(id: $id) { messages(channel: CHAT, first: 100) { nodes { id } } } }`, Object{"id": room.ID})
	var want []string
	for _, m := range stored.List("room.messages.nodes")[1:] { // the newest is the last
		want = append([]string{m.Text("id")}, want...)
	}
	Same(t, "the number of messages", len(want), 30)
	for i, o := range streams {
		Same(t, fmt.Sprint("what guest ", i, " hears"), spoken(o, "that was all"), want)
	}
}

func TestB2_APromotionAtOneServerOpensTheBackchannelAtTheOther(t *testing.T) {
	t.Parallel()
	servers := startServers(t, 2)
	room := servers[0].Hall(servers[0].User("ada@example.com"), nil)
	room.Command("startSession")
	guest := servers[1].At(room.Invite("guest@example.org", nil).BearerGuest())
	place := guest.Enter(room).Text("id")
	here, there := room.Host, servers[1].At(room.Host)
	heard := guest.Connect().Subscribe(followingTalk, Object{"room": room.ID, "after": room.Revision()})
	change := func(to string) { here.Must("changeRole", Object{"participantId": place, "role": to}, "") }
	say := func(who *Client, channel, text string) string {
		return who.Must("sendMessage", writing(room, channel, text), "chatMessage { id }").Text("chatMessage.id")
	}
	say(there, "BACKCHANNEL", "before the promotion")
	change("SPEAKER")
	heard.Expect("RolePromoted")
	for i, host := range []*Client{here, there} {
		id := say(host, "BACKCHANNEL", fmt.Sprint("from server ", i))
		Same(t, "what the guest hears", heard.Expect("MessagesPosted").Texts("messages", "id"), []string{id})
	}
	say(guest, "BACKCHANNEL", "from the guest")
	heard.Expect("MessagesPosted")
	change("VIEWER")
	guest.Fails("FORBIDDEN", "sendMessage", writing(room, "BACKCHANNEL", "after the demotion"))
	heard.Expect("RoleDemoted")
	say(there, "BACKCHANNEL", "without the guest")
	id := say(there, "CHAT", "for everyone here")
	Same(t, "what the guest hears next", heard.Expect("MessagesPosted").Texts("messages", "id"), []string{id})
}

func TestNoAcknowledgedMessageIsLostWhenOneOfTwoServersIsKilled(t *testing.T) {
	livetest.Long(t)
	t.Parallel()
	h := NewHouse(t, livetest.Postgres(t))
	h.Serve()
	room := h.Hall(h.User("ada@example.com"), nil)
	room.Command("startSession")
	killed := StartChild(t, h.Storage...)
	var mu sync.Mutex
	acknowledged := map[string]string{} // texts, by the id of the message
	var all sync.WaitGroup
	enough := make(chan struct{})
	reader := room.Host.Connect().Subscribe(followingTalk, Object{"room": room.ID, "after": room.Revision()})
	for i := range 10 {
		ticket := room.Invite(fmt.Sprintf("guest%d@example.org", i), Object{"role": "SPEAKER"})
		guest := ticket.BearerGuest()
		guest.Enter(room)
		all.Go(func() {
			for n := range 5 {
				in := writing(room, "BACKCHANNEL", fmt.Sprintf("number %d of guest %d", n, i))
				_, result, err := guest.Visit(killed.URL).TryDo(t.Context(), "sendMessage", in, "chatMessage { id text }")
				if err != nil || result == nil || result.Code() != "" { // the server is gone: again at the other, with the same key
					result = guest.Must("sendMessage", in, "chatMessage { id text }")
				}
				mu.Lock()
				acknowledged[result.Text("chatMessage.id")] = result.Text("chatMessage.text")
				if len(acknowledged) == 10 {
					close(enough)
				}
				mu.Unlock()
			}
		})
	}
	<-enough
	killed.Kill()
	all.Wait()
	Same(t, "the acknowledged messages", len(acknowledged), 50)
	room.Host.Must("sendMessage", writing(room, "CHAT", "that was all"), "")
	heard := spoken(reader, "that was all")
	Same(t, "the messages that a reader hears", len(heard), 50)
	for _, id := range heard {
		if acknowledged[id] == "" {
			t.Errorf("the message %s was never acknowledged", id)
		}
		delete(acknowledged, id) // so twice is seen
	}
	stored := h.Parts.Database.Read.Message.Query().CountX(t.Context())
	Same(t, "the stored messages", stored, 51)
}
