package mails

import (
	"fmt"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"usher/live/livetest"
	. "usher/sitetest"
)

const asking = `query($id: ID!) { node(id: $id) { ... on Invitation { hostAskedAt hostAskedFor vouchedUntil } } }`

func TestW6_AHostVouchesWhileTheMailServerIsDown(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		p.prove("EVERYONE")
		p.Halt()
		k := p.room.Invite("grace@example.org", nil)
		guest := p.Browser()
		with := Object{"token": k.Token, "message": "I get no code"}
		guest.Look(k.Token)
		guest.Refused("CODE_REQUIRED", "askHost", with)
		guest.Refused("CODE_REQUIRED", "redeemInvitation", k.Own())
		asked := p.Now()
		p.Advance(time.Minute - time.Millisecond)
		Same(t, "when to ask the host", guest.Refused("CODE_REQUIRED", "askHost", with).Text("retryAt"), Stamp(asked.Add(time.Minute)))
		p.Advance(time.Millisecond)
		guest.Must("askHost", with, "")
		now := k.Host.MustAsk(asking, Object{"id": k.ID}).In("node")
		Same(t, "what managers see", now, Object{"hostAskedAt": Stamp(p.Now()), "hostAskedFor": "CODE_REQUIRED", "vouchedUntil": nil})
		watch := guest.Connect().Subscribe(`subscription($token: String!) { invitationLink(token: $token) { needsCode hostAsked } }`, Object{"token": k.Token})
		Same(t, "the waiting page", watch.Next().Data.In("invitationLink"), Object{"needsCode": true, "hostAsked": true})
		before := p.room.Revision()
		k.Do("vouchFor")
		Same(t, "the event", p.kinds(before), []string{"InvitationUpdated"})
		Same(t, "the page goes on", watch.Next().Data.In("invitationLink"), Object{"needsCode": false, "hostAsked": false})
		Same(t, "what managers see then", k.Host.MustAsk(asking, Object{"id": k.ID}).In("node"),
			Object{"hostAskedAt": nil, "hostAskedFor": nil, "vouchedUntil": Stamp(p.Now().Add(30 * time.Minute))})
		k.Do("vouchFor")
		Same(t, "again at the same time", len(p.kinds(before)), 1)
		guest.Must("redeemInvitation", k.Own(), "")
		k.Do("releaseDevice")
		Same(t, "only the next redemption", p.Browser().Look(k.Token).At("needsCode"), true)
		p.Browser().Refused("CODE_REQUIRED", "redeemInvitation", k.Own())
	})
}

func TestW6_VouchingEndsAfterHalfAnHourAndWithTheLink(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		p.prove("EVERYONE")
		k, soon := p.room.Invite("grace@example.org", nil), p.room.Invite("soon@example.org", nil)
		k.Do("vouchFor")
		soon.Do("vouchFor")
		p.Advance(30 * time.Minute)
		p.Browser().Must("redeemInvitation", soon.Own(), "")
		p.Advance(time.Millisecond)
		p.Browser().Refused("CODE_REQUIRED", "redeemInvitation", k.Own())
		k.Do("vouchFor")
		k.Do("regenerateLink")
		p.Browser().Refused("CODE_REQUIRED", "redeemInvitation", k.Renewed().Own())
		k.Do("revokeInvitation")
		p.host.Refused("INVITATION_NOT_ACTIVE", "vouchFor", Object{"invitationId": k.ID})
		before := p.room.Revision()
		soon.Do("vouchFor") // it is redeemed
		Same(t, "events", p.kinds(before), []string{})
		p.room.Command("cancelSession")
		p.host.Refused("SESSION_CANCELLED", "vouchFor", Object{"invitationId": soon.ID})
	})
}

func TestW5_ThePageSeesThatACodeWasRefused(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		p.prove("EVERYONE")
		p.Refuse(550, 100)
		k := p.room.Invite("grace@example.org", nil)
		guest := p.Browser()
		guest.Look(k.Token)
		watch := guest.Connect().Subscribe(`subscription($token: String!) { invitationLink(token: $token) { needsCode codeFailed } }`, Object{"token": k.Token})
		Same(t, "at first", watch.Next().Data.In("invitationLink"), Object{"needsCode": true, "codeFailed": false})
		guest.Refused("CODE_REQUIRED", "redeemInvitation", k.Own())
		Same(t, "once it is refused", watch.Next().Data.In("invitationLink"), Object{"needsCode": true, "codeFailed": true})
		Same(t, "on another device", p.Browser().Look(k.Token).At("codeFailed"), false)
		p.waitFor(k, "CODE FAILED UNKNOWN_ADDRESS")
		guest.Must("askHost", Object{"token": k.Token}, "") // there is nothing to wait for
	})
}

func TestW5_ThePageSeesThatACodeCameBack(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		p.prove("EVERYONE")
		k := p.room.Invite("grace@example.org", nil)
		guest := p.Browser()
		p.codeAt(guest, k, 1)
		p.waitFor(k, "CODE SENT")
		Same(t, "before", guest.Look(k.Token).At("codeFailed"), false)
		Same(t, "the answer", p.returned(p.Wait(k.Email, 1)[0], "postfix.eml"), http.StatusOK)
		p.waitFor(k, "CODE RETURNED UNKNOWN_ADDRESS")
		Same(t, "the page", guest.Look(k.Token).At("codeFailed"), true)
	}, "--mail-reports-key="+reportsKey)
}

func TestD7_ACodeThatIsFiveMinutesLateIsNotSent(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		p.prove("EVERYONE")
		p.Halt()
		k := p.room.Invite("grace@example.org", nil)
		guest := p.Browser()
		guest.Refused("CODE_REQUIRED", "redeemInvitation", k.Own())
		p.waitFor(k, "CODE WAITING SITE")
		p.Advance(5*time.Minute + time.Millisecond)
		p.waitFor(k, "CODE DROPPED TOO_LATE")
		Same(t, "the page", guest.Look(k.Token).At("codeFailed"), true)
	})
}

func TestW5_CodesCountAgainstNoLimitOfOtherEmails(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		p.prove("EVERYONE")
		k := p.room.Invite("grace@example.org", nil)
		p.codeAt(p.Browser(), k, 1)
		p.host.Must("rescheduleSession", Object{"sessionId": p.room.Session, "startsAt": Stamp(p.room.Starts.Add(time.Hour))}, "")
		p.host.Must("sendInvitations", Object{"roomId": p.room.ID, "invitationIds": []string{k.ID}}, "")
		p.waitFor(k, "INVITATION SENT", "CODE SENT") // no RESCHEDULED: who got a code only got no link by email
	}, "--mails-per-manager=1")
}

func TestW3_RacesOfCodes(t *testing.T) {
	onEach(t, func(t *testing.T, p *post) {
		p.prove("EVERYONE")
		k := p.room.Invite("grace@example.org", nil)
		devices, codes := make([]*Client, 50), make([]string, 50)
		for n := range devices {
			devices[n] = p.Browser()
			if n < 6 {
				codes[n] = p.codeAt(devices[n], k, n+1)
			} else {
				codes[n] = codes[n%6] // of another device
			}
		}
		results := make([]string, 50)
		var all sync.WaitGroup
		for n, c := range devices {
			all.Go(func() {
				_, result := c.Do("redeemInvitation", withCode(k, codes[n]), "")
				results[n] = result.Code()
			})
		}
		all.Wait()
		bound := 0
		for n, code := range results {
			switch {
			case code == "" && n < 6:
				bound++
			case code != "USED_ON_OTHER_DEVICE" && (n < 6 || code != "CODE_WRONG"):
				t.Errorf("device %d: %q", n, code)
			}
		}
		Same(t, "bound devices", bound, 1)

		last := p.room.Invite("last@example.org", nil)
		guest := p.Browser()
		code := p.codeAt(guest, last, 1)
		for range 4 {
			guest.Refused("CODE_WRONG", "redeemInvitation", withCode(last, otherThan(code)))
		}
		var won atomic.Int32
		for _, typed := range []string{code, otherThan(code)} {
			all.Go(func() {
				_, result := guest.Do("redeemInvitation", withCode(last, typed), "")
				if result.Code() == "" {
					won.Add(1)
				} else if got := result.Code(); got != "CODE_WRONG" && got != "CODE_EXPIRED" {
					t.Errorf("it answers %s", got)
				}
			})
		}
		all.Wait()
		// If the right code came first, the wrong one is answered to the device that redeemed, which needs none.
		if status := last.Status(); won.Load() == 0 && status != "PENDING" || won.Load() > 0 && status != "REDEEMED" {
			t.Errorf("%d won, and the invitation is %s", won.Load(), status)
		}
	})
}

func TestW5_NoTimeSaysWhetherACodeIsOutstanding(t *testing.T) {
	p := newPost(t, NewHouse(t, livetest.SQLite(t)))
	p.prove("EVERYONE")
	const invitations, rounds = 6, 3
	took := map[string][]time.Duration{}
	for n := range invitations {
		k := p.room.Invite(fmt.Sprintf("guest%d@example.org", n), nil)
		bare := p.room.Invite(fmt.Sprintf("bare%d@example.org", n), nil) // nobody has asked for a code
		own, other, none, first := p.Browser(), p.Browser(), p.Browser(), p.Browser()
		code := p.codeAt(own, k, 1)
		p.codeAt(other, k, 2)
		for round := range rounds {
			for name, try := range map[string]func(){ // in any order
				"a wrong code":                        func() { own.Refused("CODE_WRONG", "redeemInvitation", withCode(k, otherThan(code))) },
				"the right code on another device":    func() { other.Refused("CODE_WRONG", "redeemInvitation", withCode(k, code)) },
				"the right code on one that has none": func() { none.Refused("CODE_WRONG", "redeemInvitation", withCode(k, code)) },
				"a code where no device has one":      func() { first.Refused("CODE_WRONG", "redeemInvitation", withCode(bare, code)) },
			} {
				begun := time.Now()
				try()
				if round > 0 { // the first one reports the refusal
					took[name] = append(took[name], time.Since(begun))
				}
			}
		}
	}
	var medians []time.Duration
	for name, all := range took {
		slices.Sort(all)
		medians = append(medians, all[len(all)/2])
		t.Logf("%s: %v", name, all[len(all)/2])
		if all[0] < 100*time.Millisecond {
			t.Errorf("%s is refused after %v", name, all[0])
		}
	}
	// Much other work runs beside this test, so this is a safety limit. The log has what a quiet machine takes.
	if least, most := slices.Min(medians), slices.Max(medians); most > 2*least {
		t.Errorf("the medians are %v", medians)
	}
}
