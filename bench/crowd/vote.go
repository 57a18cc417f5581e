//go:build linux

package main

import (
	"errors"
	"fmt"
	"io"
	"time"

	"usher/bench/program"
	"usher/bench/socket"
)

// What a crowd answers: everyone once, within voteFor.
const (
	voteFor  = 10 * time.Second
	inTurn   = 40 // answers, one after the other
	commands = 40 // in a room without anybody, one after the other
)

// poll is a poll as people answer it.
type poll struct {
	ID      string
	Options []string
}

// answer answers the poll: web/src/talk/PollAnswer.tsx.
func answer(p *person) error {
	of := p.of.poll
	_, err := p.ask("AnswerPoll", map[string]any{"input": map[string]any{"interactionId": of.ID, "choices": []string{of.Options[p.i%len(of.Options)]}}})
	return err
}

// pollParts are what the host's page gets of a poll.
type pollParts struct {
	ID      string
	Answers int
	Options []struct {
		ID      string
		Answers int
	}
}

// sum returns the sum of the options' counters.
func (p pollParts) sum() (all int) {
	for _, o := range p.Options {
		all += o.Answers
	}
	return all
}

// poll drafts a poll: web/src/talk/PollForm.tsx.
func (h *host) poll() (*poll, error) {
	options := []map[string]any{{"text": "Monday"}, {"text": "Tuesday"}, {"text": "Thursday"}, {"text": "Friday"}}
	var answer struct {
		CreateInteraction struct{ Interaction pollParts }
	}
	err := h.Ask(h.Token, "CreatePoll", map[string]any{"input": map[string]any{
		"roomId": h.Room, "key": socket.UUID(), "interaction": map[string]any{"kind": "CHOICE", "title": "Which day suits you best?", "options": options},
	}}, &answer)
	drafted := &poll{ID: answer.CreateInteraction.Interaction.ID}
	for _, o := range answer.CreateInteraction.Interaction.Options {
		drafted.Options = append(drafted.Options, o.ID)
	}
	return drafted, err
}

func (h *host) start(p *poll) error {
	return h.Ask(h.Token, "StartPoll", map[string]any{"id": p.ID}, new(any))
}

// counted reads the newest poll with its counters.
func (h *host) counted() (pollParts, error) {
	var answer struct {
		Room struct{ Interactions struct{ Nodes []pollParts } }
	}
	if err := h.Ask(h.Token, "Polls", map[string]any{"roomId": h.Room}, &answer); err != nil {
		return pollParts{}, err
	}
	if len(answer.Room.Interactions.Nodes) == 0 {
		return pollParts{}, errors.New("the room has no poll")
	}
	return answer.Room.Interactions.Nodes[0], nil
}

// stop stops a poll. The server then counts its rows once more.
func (h *host) stop(p *poll) (pollParts, error) {
	var answer struct {
		StopInteraction struct{ Interaction pollParts }
	}
	err := h.Ask(h.Token, "StopPoll", map[string]any{"id": p.ID}, &answer)
	return answer.StopInteraction.Interaction, err
}

// vote is what a poll of the crowd cost.
type vote struct {
	Answers, Counted, Rows int     // acknowledged; by the counters; by the rows, as the stop counts them
	StartP99               float64 // ms until a person has the poll
	P50, P99, Last         float64 // ms until an answer is acknowledged
	CPU                    float64 // µs of the server for each answer, with the tallies that everyone gets meanwhile, and one title
	QuietTitle, BusyTitle  float64 // p99 in ms of a title alone, and of one while people answer
	Refused                map[string]int
	Faults                 int
	InTurn                 float64 // answers a second, one after the other on one connection
	Alone                  float64 // commands a second with a transaction each, one after the other in a room without anybody
}

// runVote has everyone in the room answer a poll.
func (s *session) runVote() error {
	title := 0
	rename := func() (string, func() error) {
		title++
		return fmt.Sprintf(`Title %d"`, title), func() error { return s.host.rename(fmt.Sprintf("Title %d", title)) }
	}
	if err := s.event("room title", s.n, quiet, rename); err != nil {
		return err
	}
	quietTitle, _ := s.step("room title")
	of, err := s.host.poll()
	if err != nil {
		return err
	}
	if err := s.event("poll", s.n, 1, func() (string, func() error) { return `"to":"OPEN"`, func() error { return s.host.start(of) } }); err != nil {
		return err
	}
	started, _ := s.step("poll")
	text, happen := rename()
	if _, err := s.fleet.do(order{Do: await, Await: text}); err != nil {
		return err
	}
	before := s.site.Rest()
	var since time.Time
	done := make(chan error, 1)
	go func() {
		time.Sleep(voteFor / 2)
		since = time.Now()
		done <- happen()
	}()
	got, err := s.fleet.do(order{Do: "answer", To: s.n, Within: voteFor, InRoom: true, Poll: of})
	if err := errors.Join(err, <-done); err != nil {
		return err
	}
	cost := s.site.CostSince(before)
	busy, err := s.fleet.do(order{Do: report, To: s.n, Since: since, InRoom: true})
	if err != nil {
		return err
	}
	counted, err := s.host.counted()
	if err != nil {
		return err
	}
	rows, err := s.host.stop(of)
	if err != nil {
		return err
	}
	s.Vote = &vote{
		Answers: len(got.Times), Counted: counted.Answers, Rows: rows.Answers, StartP99: started.P99, CPU: cost / float64(max(1, len(got.Times))),
		P50: program.Quantile(got.Times, 0.5), P99: program.Quantile(got.Times, 0.99), Last: program.Quantile(got.Times, 1),
		QuietTitle: quietTitle.P99, BusyTitle: program.Quantile(busy.Times, 0.99), Refused: got.Refused, Faults: got.Faults,
	}
	if err := s.voteInTurn(); err != nil {
		return err
	}
	if n := len(got.Times); got.Faults == 0 && (counted.Answers != n || counted.sum() != n || rows.Answers != n || rows.sum() != n) {
		return fmt.Errorf("%d answers were acknowledged, the counters have %d and %d, the rows %d and %d", n, counted.Answers, counted.sum(), rows.Answers, rows.sum())
	}
	return errors.Join(got.fault(), busy.fault())
}

// voteInTurn measures answers, and other commands, that come one after the other.
func (s *session) voteInTurn() error {
	of, err := s.host.poll()
	if err = errors.Join(err, s.host.start(of)); err != nil {
		return err
	}
	some, began := min(inTurn, s.n), time.Now()
	got, err := s.fleet.do(order{Do: "answer", To: some, AtOnce: 1, Poll: of})
	s.Vote.InTurn = float64(len(got.Times)) / time.Since(began).Seconds()
	if err := errors.Join(err, got.fault()); err != nil {
		return err
	}
	if _, err := s.host.stop(of); err != nil {
		return err
	}
	elsewhere := *s.host
	if err := elsewhere.CreateRoom(); err != nil {
		return err
	}
	began = time.Now()
	for i := range commands {
		if err := elsewhere.rename(fmt.Sprintf("Elsewhere %d", i)); err != nil {
			return err
		}
	}
	s.Vote.Alone = commands / time.Since(began).Seconds()
	return nil
}

// printVote prints what a poll of a crowd cost, if it was measured.
func (r results) printVote(w io.Writer) {
	for _, size := range r.Sizes {
		v := size.Vote
		if v == nil {
			continue
		}
		fmt.Fprintf(w, "\n%s people answer a poll within %v, and everyone gets its tally:\n\n", program.Thousands(float64(size.N)), voteFor)
		fmt.Fprintf(w, "| | | target |\n|---|---|---|\n")
		fmt.Fprintf(w, "| acknowledged; by the counters; by the rows | %d; %d; %d | equal |\n", v.Answers, v.Counted, v.Rows)
		fmt.Fprintf(w, "| refused; other requests that failed | %v; %d | none |\n", v.Refused, v.Faults)
		fmt.Fprintf(w, "| until an answer is acknowledged, p50 · p99 · last | %.0f · %.0f · %.0f ms | p99 ≤ 500 ms |\n", v.P50, v.P99, v.Last)
		fmt.Fprintf(w, "| processor time for each answer, with all tallies and one title | %s µs | |\n", program.Short(v.CPU))
		fmt.Fprintf(w, "| until a person has the started poll, p99 | %.0f ms | |\n", v.StartP99)
		fmt.Fprintf(w, "| a title meanwhile, p99 | %.0f ms, %.2f × a title alone | |\n", v.BusyTitle, v.BusyTitle/v.QuietTitle)
		fmt.Fprintf(w, "| answers a second, one after the other on one connection | %.0f | |\n", v.InTurn)
		fmt.Fprintf(w, "| commands a second with a transaction each, one after the other | %.0f | |\n", v.Alone)
	}
}
