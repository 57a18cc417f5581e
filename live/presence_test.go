package live

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestP5_APersonGoesOfflineAfterTheGrace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPresence(AwayAfter, GatherFor)
		watch, stop := p.Watch("room")
		expect := func(what string, online bool, changed int) {
			t.Helper()
			synctest.Wait()
			n, who := p.Take("room", watch)
			if p.Online("room", "grace") != online || (n == 1) != online || len(who) != changed {
				t.Errorf("%s: online is %v, %d people, %v changed", what, p.Online("room", "grace"), n, who)
			}
		}
		p.Connect("room", "grace")
		p.Connect("room", "grace")
		expect("with two tabs", true, 1)
		p.Disconnect("room", "grace")
		time.Sleep(time.Minute)
		expect("with one tab left", true, 0)
		p.Disconnect("room", "grace")
		time.Sleep(AwayAfter - time.Millisecond)
		expect("just before the grace is over", true, 0)
		p.Connect("room", "grace")
		time.Sleep(time.Minute)
		expect("back in time", true, 0)
		p.Disconnect("room", "grace")
		time.Sleep(AwayAfter)
		expect("when the grace is over", false, 1)
		stop()
		if len(p.rooms) != 0 {
			t.Errorf("%d rooms are kept", len(p.rooms))
		}
	})
}
