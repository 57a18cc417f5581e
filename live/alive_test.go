package live

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// introduced returns a server that has reported nothing yet. It sends nothing: a test carries its words.
func introduced(run, name string) *Servers {
	p := NewPresence(AwayAfter, GatherFor)
	p.share(func() {}, func() {})
	s := &Servers{self: run, presence: p, more: make(chan struct{}, 1)}
	begun := time.Now()
	s.Introduce(func() Server { return Server{Name: name, Version: "v1", StartedAt: begun, Connections: 3} }, time.Now)
	return s
}

// tells has one server hear a report of another.
func (s *Servers) tells(other *Servers) { other.receive(s.self + " " + s.signs.word()) }

// seen describes what a server knows of all, such as "a:1 b:2 (silent)".
func seen(s *Servers) string {
	var all []string
	for _, server := range s.Servers() {
		text := server.Name
		if server.Silent {
			text += " (silent)"
		}
		all = append(all, text)
	}
	return strings.Join(all, " ")
}

func expect(t *testing.T, what string, got, want any) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %v instead of %v", what, got, want)
	}
}

func TestU5_AServerFallsSilentAndIsForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := introduced("a", "a:1"), introduced("b", "b:2")
		expect(t, "at first", seen(a), "a:1")
		a.receive("b")
		expect(t, "a sign of life without a report", seen(a), "a:1")
		b.tells(a)
		expect(t, "with a report", seen(a), "a:1 b:2")
		heard := a.Servers()[1]
		expect(t, "what it reports", fmt.Sprint(heard.Run, heard.Version, heard.Connections, heard.StartedAt.UnixMilli() == b.signs.report().StartedAt.UnixMilli()), "bv13 true")
		time.Sleep(AwayAfter - time.Millisecond)
		a.receive("b") // any hint is a sign of life
		time.Sleep(AwayAfter - time.Millisecond)
		synctest.Wait()
		expect(t, "a moment before it is silent", seen(a), "a:1 b:2")
		at := time.Now().Add(time.Millisecond - AwayAfter)
		time.Sleep(time.Millisecond)
		synctest.Wait()
		expect(t, "silent", seen(a), "a:1 b:2 (silent)")
		silent := a.Servers()[1]
		expect(t, "its last sign of life", silent.AliveAt, at)
		expect(t, "its connections", silent.Connections, 0)
		time.Sleep(time.Until(at.Add(forgetAfter)))
		expect(t, "remembered", seen(a), "a:1 b:2 (silent)")
		time.Sleep(time.Millisecond)
		expect(t, "forgotten", seen(a), "a:1")
		b.tells(a)
		expect(t, "back", seen(a), "a:1 b:2")
		time.Sleep(AwayAfter)
	})
}

func TestU5_AServerThatSaysGoodbyeIsNotSilent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := introduced("a", "a:1"), introduced("b", "b:2")
		b.tells(a)
		a.presence.heard("b", roomPerson{"room", "grace"}, true)
		expect(t, "people there", a.Servers()[1].People, 1)
		expect(t, "rooms there", a.Servers()[1].Rooms, 1)
		a.receive("b " + hintLeave)
		expect(t, "gone", seen(a), "a:1")
		expect(t, "its people, who are about to come back", a.presence.Online("room", "grace"), true)
		a.receive("b " + hintLeave)
		time.Sleep(AwayAfter)
		synctest.Wait()
		expect(t, "its people after the grace", a.presence.Online("room", "grace"), false)
		expect(t, "later", seen(a), "a:1")
	})
}

func TestU5_AServerReplacesASilentOneOfItsName(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := introduced("a", "a:1")
		introduced("b", "b:2").tells(a)
		introduced("c", "b:2").tells(a)
		expect(t, "two that live", seen(a), "a:1 b:2 b:2")
		time.Sleep(AwayAfter)
		synctest.Wait()
		expect(t, "two that are silent", seen(a), "a:1 b:2 (silent) b:2 (silent)")
		introduced("d", "b:2").tells(a)
		expect(t, "a new one", seen(a), "a:1 b:2")
		time.Sleep(AwayAfter)
	})
}

func TestU5_AtMostAHundredOthersAreRemembered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := introduced("a", "a:1")
		for n := range rememberServers + 1 {
			introduced(fmt.Sprint("run", n), fmt.Sprint("b:", n)).tells(a)
		}
		expect(t, "this one and the others", len(a.Servers()), 1+rememberServers)
		introduced("run0", "renamed").tells(a)
		expect(t, "one that is known may report again", strings.Contains(seen(a), "renamed"), true)
		time.Sleep(AwayAfter)
	})
}

func TestU5_AServerLearnsFromItsOwnHintsHowLongTheyTake(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := introduced("a", "a:1"), introduced("b", "b:2")
		if own := a.Servers()[0]; own.HintLag != nil || own.Deaf {
			t.Errorf("before its first sign of life: %+v", own)
		}
		word := a.signs.word()
		time.Sleep(40 * time.Millisecond)
		a.receive("a x@1 " + word)
		own := a.Servers()[0]
		expect(t, "the lag", *own.HintLag, 40*time.Millisecond)
		a.tells(b)
		expect(t, "the lag as reported", *b.Servers()[0].HintLag, 40*time.Millisecond)
		expect(t, "itself is no other server", len(a.Servers()), 1)
		time.Sleep(AwayAfter)
		expect(t, "after a grace", a.Servers()[0].Deaf, false)
		time.Sleep(time.Millisecond)
		expect(t, "after more than that", a.Servers()[0].Deaf, true)
		a.tells(b)
		expect(t, "as reported", b.Servers()[0].Deaf, true)
		a.receive("a " + a.signs.word())
		expect(t, "when hints come back", a.Servers()[0].Deaf, false)
		time.Sleep(AwayAfter)
	})
}

func TestU5_InvalidReportsAreIgnored(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := introduced("a", "a:1")
		const rest = "&version=v1&connections=3&started=1&sent=1"
		for name, word := range map[string]string{
			"nothing": "", "no query": "%zz", "a semicolon": "name=b;c" + rest, "no name": "name=" + rest, "no numbers": "name=b",
			"a word for a number": "name=b&version=v1&connections=three&started=1&sent=1",
			"less than nothing":   "name=b&version=v1&connections=-1&started=1&sent=1",
			"a number too large":  "name=b&version=v1&connections=3&started=99999999999999999999&sent=1",
			"a lag in words":      "name=b" + rest + "&lag=soon",
			"a name of 201":       "name=" + strings.Repeat("b", maxServerText+1) + rest,
			"a version of 201":    "name=b&version=" + strings.Repeat("1", maxServerText+1) + "&connections=3&started=1&sent=1",
		} {
			a.receive("b =" + word)
			a.receive("a =" + word)
			if got := seen(a); got != "a:1" {
				t.Errorf("%s: %s", name, got)
			}
		}
		longest := strings.Repeat("b", maxServerText)
		a.receive("b =name=" + longest + rest + "&newer=value")
		expect(t, "the longest name, with a value that a newer program adds", seen(a), "a:1 "+longest)
		time.Sleep(AwayAfter)
	})
}

// A program that does not know reports looks for "@", "/" and blanks in each word.
func TestAReportIsOneWordWithoutTheSignsOfOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := introduced("a", "a:1"), introduced("b", "ro@m/7 +?*~!=&%:ü")
		word := b.signs.word()
		if strings.ContainsAny(word, "@/ ") || word[0] != hintReport {
			t.Errorf("the word is %s", word)
		}
		if _, err := url.ParseQuery(word[1:]); err != nil {
			t.Error(err)
		}
		b.tells(a)
		expect(t, "it arrives", seen(a), "a:1 ro@m/7 +?*~!=&%:ü")
		time.Sleep(AwayAfter)
	})
}

func TestHintsOfMoreThanEightServersAreGatheredForLonger(t *testing.T) {
	for servers, want := range map[int]time.Duration{1: 10 * time.Millisecond, 8: 10 * time.Millisecond, 9: 45 * time.Millisecond, 20: 100 * time.Millisecond, 21: 100 * time.Millisecond} {
		expect(t, fmt.Sprint(servers, " servers"), gatherFor(servers), want)
	}
}

func TestTheBusiestRoomsComeFirst(t *testing.T) {
	p := NewPresence(AwayAfter, GatherFor)
	for n := range 4 {
		for person := range min(n, 2) + 1 {
			p.Connect(fmt.Sprint("room", n), fmt.Sprint("person", person))
		}
	}
	_, stop := p.Watch("nobody's")
	defer stop()
	expect(t, "all", fmt.Sprint(Busiest(p, 5)), "[{room2 3} {room3 3} {room1 2} {room0 1}]")
	expect(t, "two", fmt.Sprint(Busiest(p, 2)), "[{room2 3} {room3 3}]")
	people, rooms := Here(p)
	expect(t, "here", fmt.Sprint(people, rooms), "9 4")
}
