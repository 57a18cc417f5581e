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
	modelOnly  = flag.String("only", "", "TestModel: the steps to take, as in 3:createRoom,17:time passes")
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
	taken   []turn
	met     map[string]int // how often a code was answered, an event written, a command successful
	aim     *mInvite       // the invitation that the steps under way are about, nil: any
	reader  *Client        // an administrator
	careful bool           // compares everything after each step
	ending  bool           // takes steps only for the sake of what is missing
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

// answered counts an answer of a command, by its code, which is empty for success.
func (x *trial) answered(name, code string) {
	if code == "" {
		code = name + succeeds
	}
	x.met[code]++
}

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
	if x.w.good(a) {
		return x.answer(a, name, with, selection, want)
	}
	result := x.answer(a, name, with, selection, unauthenticated)
	a.token, a.Bearer = nil, "" // a program drops a token that has ended
	return result
}

// answer is ask for a command that may end the asker's own token.
func (x *trial) answer(a *mAsker, name string, with Object, selection, want string) Object {
	r, result := a.Do(name, with, selection)
	got := result.Code()
	if result == nil {
		got = r.Code()
	}
	x.note(fmt.Sprintf("%s: %s %v: %q", a.name, name, with, got))
	x.answered(name, got)
	if got != want {
		x.differs("%s by %s: the program answers %s, the model %q", name, a.name, r.Raw, want)
	}
	return result
}

// run takes the steps and returns the first difference. Steps without a name are drawn.
func (x *trial) run(seed uint64, turns []turn) (found difference) {
	defer func() {
		switch d := recover().(type) {
		case nil:
		case difference:
			found = d
		default:
			panic(d)
		}
	}()
	for _, t := range turns {
		x.take(seed, t)
		x.compareEvents()
		if x.careful || t.number%4 == 0 {
			x.compareState(t.number / 4)
		}
	}
	return ""
}

// take takes a step. What it does depends on its number and the state, however its name was found. So it can be taken again by its name.
func (x *trial) take(seed uint64, t turn) {
	names := &draw{rand.New(rand.NewPCG(seed, uint64(2*t.number)))}
	x.passes(time.Second + time.Duration(names.IntN(1000))*time.Millisecond)
	before, again := len(x.history), t.name != ""
	x.taken = append(x.taken, t)
	for len(x.history) == before { // some find nothing to do
		if !again {
			t.name = x.next(names)
			x.taken[len(x.taken)-1] = t
		} else if t.name != "createRoom" && !x.w.anywhere() {
			return
		}
		steps[t.name].do(x, &draw{rand.New(rand.NewPCG(seed, uint64(2*t.number+1)))})
		if again {
			break
		}
	}
	for i := before; i < len(x.history); i++ {
		x.history[i] = fmt.Sprintf("%5d %s %s", t.number, x.w.now.Format("15:04:05"), x.history[i])
	}
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
			x.met[f.kind]++
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
func story(t *testing.T, databaseURL string, turns []turn, careful bool) (x *trial, found difference) {
	t.Helper()
	x = newTrial(t, databaseURL)
	x.careful = careful
	return x, x.run(*modelSeed, turns)
}

// TestModel takes many random steps on both databases. Where it fails, it prints how to take the same steps again:
//
//	go test -run TestModel ./stories/model -seed N -only 3:createRoom,17:enterRoom
func TestModel(t *testing.T) {
	t.Parallel()
	livetest.Each(t, func(t *testing.T, databaseURL string) {
		t.Parallel()
		turns := turnsOf(t, databaseURL)
		x, found := story(t, databaseURL, turns, *modelOnly != "")
		full := len(turns) >= onSQLite
		x.ending = full
		for n := len(turns); found == "" && full && len(x.lacks(leastMet)) > 0 && n < 2*len(turns); n++ {
			found = x.run(*modelSeed, []turn{{number: n + 1}})
		}
		if found == "" {
			if full {
				x.covered(t, leastMet)
			}
			return
		}
		t.Errorf("seed %d, step %s: %s\n%s", *modelSeed, x.taken[len(x.taken)-1], found, strings.Join(x.history[max(0, len(x.history)-20):], "\n"))
		for line := range strings.SplitSeq(x.h.Log.String(), "\n") {
			if strings.Contains(line, "ERROR") || strings.Contains(line, "WARN") {
				t.Log(line)
			}
		}
		turns = shrunk(x.taken, modelShrinks, func(turns []turn) bool {
			_, found := story(t, livetest.SQLite(t), turns, true)
			return found != ""
		})
		t.Errorf("fewer steps that find a difference: -seed %d -only '%s'", *modelSeed, onlyOf(turns))
	})
}

// modelShrinks limits the runs that shrink a failed one. Each starts a site.
const modelShrinks = 40
