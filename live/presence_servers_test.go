package live

import (
	"maps"
	"testing"
	"testing/synctest"
	"time"
)

func TestP5_APersonIsOnlineWhileConnectedToAnyServer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPresence(AwayAfter, GatherFor)
		told := 0
		p.share(func() { told++ }, func() {})
		watch, stop := p.Watch("room")
		grace := roomPerson{"room", "grace"}
		expect := func(what string, online bool, changed int) {
			t.Helper()
			synctest.Wait()
			n, who := p.Take("room", watch)
			if p.Online("room", "grace") != online || p.Anyone("room") != online || (n == 1) != online || len(who) != changed {
				t.Errorf("%s: online is %v, %d people, %v changed", what, p.Online("room", "grace"), n, who)
			}
		}
		if !p.meet("b") || p.meet("b") {
			t.Error("a server is met for the first time once")
		}
		p.heard("b", grace, true)
		p.heard("b", grace, true) // repeated, but counted once
		expect("there, at another server", true, 1)
		p.Connect("room", "grace")
		p.heard("b", grace, false)
		p.heard("b", grace, false)
		expect("moved here", true, 0)
		p.meet("c")
		p.heard("c", grace, true)
		p.Disconnect("room", "grace")
		time.Sleep(AwayAfter - time.Millisecond)
		p.meet("c")
		time.Sleep(time.Millisecond)
		expect("moved on, and away from here for the grace", true, 0)
		if news := p.news(false); !maps.Equal(news, map[roomPerson]bool{grace: false}) || told != 2 {
			t.Errorf("the others receive %v, in %d signals", news, told)
		}
		time.Sleep(AwayAfter - 2*time.Millisecond)
		expect("until the other server was silent for the grace", true, 0)
		time.Sleep(time.Millisecond)
		expect("gone with the server that fell silent", false, 1)
		p.heard("c", grace, true)
		expect("what a silent server says before it is met again counts for nothing", false, 0)
		if !p.meet("c") {
			t.Error("a server that comes back is not asked who is there")
		}
		stop()
		if len(p.rooms) != 0 {
			t.Errorf("%d rooms are kept", len(p.rooms))
		}
		time.Sleep(AwayAfter) // the last server sends no sign of life
	})
}

func TestPeopleMissingFromAServersListGoOffline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPresence(AwayAfter, GatherFor)
		p.share(func() {}, func() {})
		p.meet("b")
		for _, person := range []string{"grace", "alan"} {
			p.heard("b", roomPerson{"room", person}, true)
		}
		watch, stop := p.Watch("room")
		defer stop()
		p.beginList("b")
		p.heard("b", roomPerson{"room", "alan"}, true)
		p.heard("b", roomPerson{"room", "joan"}, true)
		p.endList("b")
		n, changed := p.Take("room", watch)
		if n != 2 || len(changed) != 2 || p.Online("room", "grace") || !p.Online("room", "alan") || !p.Online("room", "joan") {
			t.Errorf("%d are there, %v changed", n, changed)
		}
		time.Sleep(AwayAfter)
	})
}

func TestTheListForOtherServersNamesOnlyPeopleConnectedHere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPresence(AwayAfter, GatherFor)
		p.share(func() {}, func() {})
		p.meet("b")
		p.heard("b", roomPerson{"room", "elsewhere"}, true)
		p.Connect("room", "here")
		p.Connect("other room", "here")
		p.Connect("room", "a moment ago")
		p.Disconnect("room", "a moment ago")
		want := map[roomPerson]bool{{"room", "here"}: true, {"other room", "here"}: true, {"room", "a moment ago"}: true}
		for _, all := range []bool{false, true, true} {
			if news := p.news(all); !maps.Equal(news, want) {
				t.Errorf("all is %v: %v", all, news)
			}
		}
		if news := p.news(false); len(news) != 0 {
			t.Errorf("sent twice: %v", news)
		}
		time.Sleep(AwayAfter)
	})
}
