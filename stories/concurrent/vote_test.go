package concurrent

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"usher/ent"
	"usher/ent/answer"
	"usher/ent/choice"
	"usher/live/livetest"
	. "usher/sitetest"
)

// drafted drafts a poll of two options, as the host, at a server.
func drafted(h *House, room *Hall, key string) Object {
	h.T.Helper()
	return h.At(room.Host).Must("createInteraction", Object{"roomId": room.ID, "key": key + strings.Repeat("k", 22), "interaction": Object{
		"kind": "CHOICE", "title": "Which day?", "options": []Object{{"text": "Monday"}, {"text": "Friday"}},
	}}, "interaction { id options { id } }").In("interaction")
}

// ofPoll names a poll.
func ofPoll(of Object) Object { return Object{"interactionId": of.Text("id")} }

// stopBesideAnswers has a crowd answer a poll again and again, until it is stopped among more than a thousand answers. Each person's last
// acknowledged answer must be counted, and no refused one.
func stopBesideAnswers(t *testing.T, servers []*House) {
	h := servers[0]
	room := h.Hall(h.User("ada@example.com"), nil)
	devices := crowdOf(t, servers, room, crowd)
	room.Command("startSession")
	Same(t, "who enters", everyone(t, devices, "enterRoom", Object{"roomId": room.ID}), map[string]int{"IN_ROOM": crowd})
	of := drafted(h, room, "poll")
	room.Host.Must("startInteraction", ofPoll(of), "")
	options := of.Texts("options", "id")

	last := make([]int, crowd) // the option of each one's last acknowledged answer, from 1; 0 without one
	var acknowledged atomic.Int64
	begin, enough := make(chan struct{}), make(chan struct{})
	var all sync.WaitGroup
	for i, c := range devices {
		all.Go(func() {
			<-begin
			for n := 0; ; n++ {
				option := (i + n) % 2
				r, result, err := c.Insist(t, "answerInteraction", Object{"interactionId": of.Text("id"), "choices": []string{options[option]}}, "")
				switch {
				case err != nil || result == nil:
					t.Errorf("an answer fails: %v %v", err, r)
					return
				case result.Code() == "INTERACTION_NOT_OPEN":
					return
				case result.Code() != "":
					t.Errorf("an answer is refused: %s", r.Raw)
					return
				}
				last[i] = option + 1
				if acknowledged.Add(1) == 2*crowd {
					close(enough)
				}
			}
		})
	}
	close(begin)
	<-enough
	stopped := servers[len(servers)-1].At(room.Host).Must("stopInteraction", ofPoll(of), "interaction { answers options { answers } }").In("interaction")
	all.Wait()

	want, voted := []int{0, 0}, 0
	for _, option := range last {
		if option > 0 {
			want[option-1]++
			voted++
		}
	}
	read := h.Parts.Database.Read
	row := read.Interaction.GetX(t.Context(), of.Text("id"))
	Same(t, "the counted answers", []int{row.Answers, stopped.Int("answers")}, []int{voted, voted})
	for n, c := range read.Choice.Query().Where(choice.InteractionID(row.ID)).Order(ent.Asc(choice.FieldNth)).AllX(t.Context()) {
		rows := read.Answer.Query().Where(answer.InteractionID(row.ID), answer.Choices(1<<n)).CountX(t.Context())
		Same(t, fmt.Sprint("option ", n, " by its counter, its rows and the stop"),
			[]int{c.Answers, rows, stopped.List("options")[n].Int("answers")}, []int{want[n], want[n], want[n]})
	}
	Same(t, "answers that lead to a person", read.Answer.Query().Where(answer.PersonNotNil()).CountX(t.Context()), 0)
	for _, server := range servers {
		if strings.Contains(server.Log.String(), "counters of an interaction") {
			t.Error("the stop found a wrong counter")
		}
	}
}

func TestN5_AStopAmongAThousandAnswersCountsThoseThatWereAcknowledged(t *testing.T) {
	livetest.Long(t)
	OnEach(t, func(t *testing.T, h *House) { stopBesideAnswers(t, []*House{h}) })
}

func TestN5_AStopAtOneServerCountsTheAnswersAtBoth(t *testing.T) {
	livetest.Long(t)
	t.Parallel()
	stopBesideAnswers(t, startServers(t, 2))
}

func TestN3_OfTwoStartsAtTwoServersOneWins(t *testing.T) {
	t.Parallel()
	servers := startServers(t, 2)
	room := servers[0].Hall(servers[0].User("ada@example.com"), nil)
	room.Command("startSession")
	for round := range 5 {
		var all sync.WaitGroup
		codes, polls := make([]string, 2), make([]Object, 2)
		begin := make(chan struct{})
		for i, h := range servers {
			polls[i] = drafted(h, room, fmt.Sprint(round, "-", i))
			all.Go(func() {
				<-begin
				_, result := h.At(room.Host).Do("startInteraction", ofPoll(polls[i]), "")
				codes[i] = result.Code()
			})
		}
		close(begin)
		all.Wait()
		if codes[0]+codes[1] != "INTERACTION_OPEN" {
			t.Fatalf("two starts at once are answered %q", codes)
		}
		for i, code := range codes {
			if code == "" {
				servers[1-i].At(room.Host).Must("stopInteraction", ofPoll(polls[i]), "")
			}
		}
	}
}
