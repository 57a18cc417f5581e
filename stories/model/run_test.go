package model

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"usher/ent/event"
	"usher/ent/room"
	"usher/live/livetest"
	. "usher/sitetest"
)

// The model and the program take the same steps. After each they must have the same answer, the same events and the same state.

var (
	modelSeed  = flag.Uint64("seed", 20260109, "TestModel: where chance begins")
	modelSteps = flag.Int("steps", 0, "TestModel: how many steps, where not the default")
	modelOnly  = flag.String("only", "", "TestModel: the numbers of the steps to take, as in 3,17,20")
)

// trial is one run of steps against a site.
type trial struct {
	h       *House
	w       *world
	askers  []*mAsker
	checked map[*mHall]int // the revision up to which events were compared
	stood   map[*mHall]int // the revision at which the state was compared
	streams map[*mHall]*Subscription
	history []string
	seen    map[string]int // codes answered, by step; kinds of events
	reader  *Client        // an administrator
	careful bool           // compares everything after each step
}

// difference is how model and program differ.
type difference string

func (x *trial) differs(format string, args ...any) { panic(difference(fmt.Sprintf(format, args...))) }

func (x *trial) same(what string, got, want any) {
	if diff := Diff(got, want); diff != "" {
		x.differs("%s (-model +program):\n%s", what, diff)
	}
}

func (x *trial) note(line string) { x.history = append(x.history, line) }
func (x *trial) met(what string)  { x.seen[what]++ }

// hears compares what a watcher of the room receives with the log: each event once, in order (V4).
func (x *trial) hears(h *mHall, from int) {
	if x.streams[h] == nil {
		return
	}
	for n, f := range h.log[from:] {
		if slices.Contains(OfTools, f.kind) { // it asks for no tools (V11)
			continue
		}
		e := x.streams[h].Event()
		x.same("what a watcher hears", []any{e.Text("__typename"), e.Int("revision")}, []any{f.kind, from + n + 1})
	}
}

// ask runs a mutation and compares its code with the model's, which is empty for success.
func (x *trial) ask(a *mAsker, name string, with Object, selection, want string) Object {
	if !x.w.good(a) {
		want = unauthenticated
	}
	r, result := a.Do(name, with, selection)
	got := result.Code()
	if result == nil {
		got = r.Code()
	}
	x.note(fmt.Sprintf("%s: %s %v: %q", a.name, name, with, got))
	x.met(name + ": " + got)
	if got != want {
		x.differs("%s by %s: the program answers %s, the model %q", name, a.name, r.Raw, want)
	}
	if !x.w.good(a) { // a program drops a token that has ended
		a.token, a.Bearer = nil, ""
	}
	return result
}

// run takes the steps and returns the first difference, with the number of its step.
func (x *trial) run(seed uint64, numbers []int) (at int, found difference) {
	defer func() {
		switch d := recover().(type) {
		case nil:
		case difference:
			found = d
		default:
			panic(d)
		}
	}()
	for _, at = range numbers {
		r := &draw{rand.New(rand.NewPCG(seed, uint64(at)))}
		x.passes(time.Second + time.Duration(r.IntN(1000))*time.Millisecond)
		before := len(x.history)
		for len(x.history) == before { // some find nothing to do
			name := pick(r, stepNames...)
			if len(x.w.halls) == 0 || !slices.ContainsFunc(x.w.halls, func(h *mHall) bool { return !h.deleted }) {
				name = "createRoom"
			}
			steps[name].do(x, r)
		}
		for i := before; i < len(x.history); i++ {
			x.history[i] = fmt.Sprintf("%5d %s %s", at, x.w.now.Format("15:04:05"), x.history[i])
		}
		x.compareEvents()
		if x.careful || at%4 == 0 {
			x.compareState(at / 4)
		}
	}
	return 0, ""
}

// compareEvents compares the new events with the model's log: kind, order, subject and content.
func (x *trial) compareEvents() {
	t := x.h.T
	rooms, err := x.h.Parts.Database.Read.Room.Query().Select(room.FieldID, room.FieldRevision).All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	revisions := map[string]int{}
	for _, r := range rooms {
		revisions[r.ID] = r.Revision
	}
	for _, h := range x.w.halls {
		from := x.checked[h]
		if from == len(h.log) && revisions[h.id] == from {
			continue
		}
		want := []string{}
		for n, f := range h.log[from:] {
			want = append(want, fmt.Sprint(from+n+1, " ", f))
			x.met(f.kind)
		}
		if last := len(h.log) - 1; h.log[last].kind == "InvitationOpened" { // recorded after the answer (L1)
			x.h.WaitUntil("the look was noted", func() bool {
				r, err := x.h.Parts.Database.Read.Room.Get(t.Context(), h.id)
				return err == nil && r.Revision > last
			})
		}
		rows, err := x.h.Parts.Database.Read.Event.Query().Where(event.RoomID(h.id), event.RevisionGT(from)).
			Order(event.ByRevision()).All(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		got := []string{}
		for _, e := range rows {
			says := string(e.Detail.ManagerRole)
			switch e.Kind {
			case "ParticipantChanged":
				says = e.Detail.PreviousState + " " + e.Detail.State
			case "RolePromoted", "RoleDemoted":
				says = string(e.Detail.PreviousRole) + " " + string(e.Detail.Role)
			case "ParticipantRemoved":
				says = map[bool]string{false: "REMOVED", true: "BLOCKED"}[e.Detail.Blocked]
			case "RedemptionRefused":
				says = e.Detail.Code
			case "ChannelCleared":
				says = e.Detail.Channel + map[bool]string{true: " again"}[e.Detail.Restored]
			case "ParticipantMuted":
				says = pauseText(e.Detail.Blocked, timeOf(e.Detail.Until))
			case "MessagesPosted", "MessagesChanged", "MessagePinned":
				says = e.Detail.Channel
			case "HandLowered":
				says = e.Detail.State
			case "QuestionsAsked":
				says = fmt.Sprint(e.Detail.Published)
			case "QuestionChanged", "OwnQuestionChanged":
				says = fmt.Sprint(e.Detail.PreviousState, " ", e.Detail.State, " ", e.Detail.Published)
			case "InteractionChanged":
				says = e.Detail.PreviousState + " " + e.Detail.State
			case "AnswerHidden":
				says = map[bool]string{true: "again"}[e.Detail.Restored]
			case "AskerMuted":
				says = pauseText(e.Detail.Blocked, timeOf(e.Detail.Until))
			}
			subject := e.InvitationID + e.ParticipantID
			switch {
			case strings.HasPrefix(e.Kind, "Session"):
				subject = e.SessionID
			case strings.HasPrefix(e.Kind, "Manager"):
				subject = e.UserID
			case e.Detail.Interaction != "":
				subject = e.Detail.Interaction
			case e.Detail.Question != "":
				subject = e.Detail.Question
			case len(e.Detail.Messages) > 0:
				subject = strings.Join(e.Detail.Messages, " ")
			}
			got = append(got, fmt.Sprintf("%d %s %s %s", e.Revision, e.Kind, subject, says))
		}
		if !slices.Equal(got, want) {
			x.differs("the events: the program writes\n\t%s\nthe model\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
		}
		x.hears(h, from)
		x.checked[h] = len(h.log)
	}
}

// String returns the event as the log should have it.
func (f fact) String() string {
	subject := ""
	switch {
	case f.invite != nil && f.place != nil:
		subject = f.invite.id + f.place.id
	case f.invite != nil:
		subject = f.invite.id
	case f.place != nil:
		subject = f.place.id
	case f.session != nil:
		subject = f.session.id
	case f.user != nil:
		subject = f.user.id
	case f.message != nil:
		subject = f.message.id
	case f.question != nil:
		subject = f.question.id
	case f.vote != nil:
		subject = f.vote.id
	}
	return fmt.Sprintf("%s %s %s", f.kind, subject, f.says)
}

// story runs steps on a new site.
func story(t *testing.T, databaseURL string, seed uint64, numbers []int, careful bool) (x *trial, at int, found difference) {
	t.Helper()
	x = newTrial(t, databaseURL)
	x.careful = careful
	at, found = x.run(seed, numbers)
	return x, at, found
}

// TestModel takes many random steps on both databases. Where it fails, it prints how to take the same steps again:
//
//	go test -run TestModel ./stories/model -seed N -steps K -only 3,17,20
func TestModel(t *testing.T) {
	t.Parallel()
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		t.Parallel()
		numbers := stepNumbers(t, databaseURL)
		x, at, found := story(t, databaseURL, *modelSeed, numbers, *modelOnly != "")
		if found == "" {
			if len(numbers) >= onSQLite {
				x.covered(t, leastMet)
			}
			return
		}
		t.Errorf("seed %d, step %d: %s\n%s", *modelSeed, at, found, strings.Join(x.history[max(0, len(x.history)-20):], "\n"))
		for line := range strings.SplitSeq(x.h.Log.String(), "\n") {
			if strings.Contains(line, "ERROR") || strings.Contains(line, "WARN") {
				t.Log(line)
			}
		}
		numbers = numbers[:slices.Index(numbers, at)+1]
		numbers = shrunk(numbers, modelShrinks, func(numbers []int) bool {
			_, _, found := story(t, livetest.SQLite(t), *modelSeed, numbers, true)
			return found != ""
		})
		t.Errorf("fewer steps that find a difference: -seed %d -only %s", *modelSeed, strings.Trim(strings.Join(strings.Fields(fmt.Sprint(numbers)), ","), "[]"))
	})
}

// modelShrinks limits the runs that shrink a failed one. Each starts a site.
const modelShrinks = 40
