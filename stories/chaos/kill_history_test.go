package chaos

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"usher/live/livetest"
	. "usher/sitetest"
)

// history records what the clients of a killed site asked, and what was acknowledged.
type history struct {
	room *Hall

	mu        sync.Mutex
	emails    int                 // were invited, or tried to be
	unsure    string              // an email whose invitation was not acknowledged
	invited   map[string]*Ticket  // acknowledged, by invitation
	waiting   []*Ticket           // invited and not yet redeemed
	redeeming *Ticket             // asked for, not acknowledged: the same device asks again
	redeemed  map[string]redeemer // acknowledged, by invitation
	asked     int                 // the newest title that was asked for
	titled    int                 // the newest title that was acknowledged
	away      atomic.Int64        // answers that storage was away
	over      atomic.Bool         // nobody is to ask for more
	told      func(what string)   // if set, called for each acknowledgement
	walkers   []*walker
	poll      Object // that is open
	voters    []*voter
}

// redeemer is a device and the participant that it became.
type redeemer struct {
	ticket      *Ticket
	participant string
}

// newHistory makes a room and its manager, and starts their history.
func newHistory(h *House) *history {
	h.T.Helper()
	y := &history{
		room:    h.Hall(h.User("ada@example.com"), Object{"title": "0"}),
		invited: map[string]*Ticket{}, redeemed: map[string]redeemer{},
	}
	y.addWalkers()
	y.addVoters()
	return y
}

// Titled returns the newest acknowledged title.
func (y *history) Titled() int {
	y.mu.Lock()
	defer y.mu.Unlock()
	return y.titled
}

// Work sends requests until the program is killed or the history is over: one worker invites, one redeems, one renames the room,
// a few enter and leave it at the same time, and a few answer a poll.
func (y *history) Work(ctx context.Context, t *testing.T, h *House) {
	t.Helper()
	var all sync.WaitGroup
	workers := []func(context.Context, *House) error{y.invite, y.redeem, y.rename}
	for _, w := range y.walkers {
		workers = append(workers, func(ctx context.Context, h *House) error { return y.walk(ctx, h, w) })
	}
	for _, v := range y.voters {
		workers = append(workers, func(ctx context.Context, h *House) error { return y.vote(ctx, h, v) })
	}
	for _, work := range workers {
		all.Go(func() {
			for !y.over.Load() {
				err := work(ctx, h)
				var told refusal
				switch {
				case errors.Is(err, errAway):
					y.away.Add(1)
				case errors.As(err, &told):
					t.Error(err)
					return
				case err != nil:
					return
				}
			}
		})
	}
	all.Wait()
}

func (y *history) invite(ctx context.Context, h *House) error {
	y.mu.Lock()
	email := y.unsure
	if email == "" {
		y.emails++
		email = fmt.Sprintf("guest%d@example.org", y.emails)
		y.unsure = email
	}
	y.mu.Unlock()
	r, result, err := h.At(y.room.Host).TryDo(ctx, "inviteUser", y.room.Invitee(email, nil), "invitation { id link }")
	if err != nil {
		return err
	}
	y.mu.Lock()
	defer y.mu.Unlock()
	switch {
	case result.TextIfAny("invitation.id") != "" && result.TextIfAny("invitation.link") == "" && r.Code() == "SERVICE_UNAVAILABLE":
		return errAway // it was written, and the answer could not be read whole: it is asked again
	case result.TextIfAny("invitation.id") != "":
		k := y.room.Ticket(email, result)
		y.invited[k.ID] = k
		y.waiting = append(y.waiting, k)
	case result.TextIfAny("standingInvitation.id") != "": // it was written, and only the answer was lost
		y.invited[result.TextIfAny("standingInvitation.id")] = &Ticket{Hall: y.room, ID: result.TextIfAny("standingInvitation.id"), Email: email}
	default:
		return refused("inviting", r)
	}
	y.unsure = ""
	y.tell("invitation")
	return nil
}

func (y *history) redeem(ctx context.Context, h *House) error {
	y.mu.Lock()
	if y.redeeming == nil && len(y.waiting) > 0 {
		y.redeeming, y.waiting = y.waiting[0], y.waiting[1:]
	}
	k := y.redeeming
	y.mu.Unlock()
	if k == nil { // nobody is invited yet: ask for the time
		_, err := h.Browser().Try(ctx, "{ serverTime }", nil)
		return err
	}
	r, result, err := h.At(h.Bearer("")).TryDo(ctx, "redeemInvitation", k.Bearing(), "participant { id }")
	if err != nil {
		return err
	}
	if result.TextIfAny("participant.id") == "" {
		return refused("redeeming", r)
	}
	y.mu.Lock()
	defer y.mu.Unlock()
	y.redeemed[k.ID] = redeemer{k, result.TextIfAny("participant.id")}
	y.redeeming = nil
	y.tell("redemption")
	return nil
}

func (y *history) rename(ctx context.Context, h *House) error {
	y.mu.Lock()
	y.asked++
	n := y.asked
	y.mu.Unlock()
	r, result, err := h.At(y.room.Host).TryDo(ctx, "updateRoom", Object{"roomId": y.room.ID, "title": fmt.Sprint(n)}, "room { title }")
	if err != nil {
		return err
	}
	if result.TextIfAny("room.title") != fmt.Sprint(n) {
		return refused("renaming", r)
	}
	y.mu.Lock()
	defer y.mu.Unlock()
	y.titled = n
	y.tell("title")
	return nil
}

// tell expects the mutex to be held.
func (y *history) tell(what string) {
	if y.told != nil {
		y.told(what)
	}
}

// Check compares the database with what was acknowledged. Nobody works meanwhile.
func (y *history) Check(t *testing.T) {
	t.Helper()
	kinds := map[string]int{}
	// Read a single snapshot: the database may still be writing the last change of the killed program.
	db, err := y.room.H.DB().BeginTx(t.Context(), &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Rollback() }()
	log := MustReadLog(t, db, y.room.ID, 0) // insists on revisions without a gap
	for _, e := range log {
		kinds[e.Kind]++
	}
	var title, revision int
	if err := db.QueryRowContext(t.Context(), `SELECT CAST(title AS INTEGER), revision FROM rooms WHERE id = $1`, y.room.ID).Scan(&title, &revision); err != nil {
		t.Fatal(err)
	}
	Same(t, "the room's revision", revision, len(log))
	y.checkWalkers(t, log)
	y.checkVotes(t, db)
	if title < y.titled || title > y.asked {
		t.Errorf("title %d was acknowledged, %d asked for, %d is there", y.titled, y.asked, title)
	}
	rows, err := db.QueryContext(t.Context(), `SELECT i.id, i.redeemed_at IS NOT NULL, COALESCE(p.id, ''), COALESCE(d.id, '') FROM invitations i
		LEFT JOIN participants p ON p.invitation_id = i.id LEFT JOIN devices d ON d.id = i.device_id WHERE i.room_id = $1`, y.room.ID)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	invitations, redemptions, found := 0, 0, map[string]bool{}
	for rows.Next() {
		var id, participant, device string
		var redeemed bool
		if err := rows.Scan(&id, &redeemed, &participant, &device); err != nil {
			t.Fatal(err)
		}
		invitations++
		found[id] = true
		if redeemed {
			redemptions++
		}
		if redeemed != (participant != "") || redeemed != (device != "") {
			t.Errorf("%s is redeemed: %t, by participant %q on device %q", id, redeemed, participant, device)
		}
		if told, ok := y.redeemed[id]; ok && told.participant != participant {
			t.Errorf("%s was acknowledged to be %s and is %q", id, told.participant, participant)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	for id := range y.invited {
		if !found[id] {
			t.Errorf("%s was acknowledged and is not there", id)
		}
	}
	Same(t, "events of the changes that are there", []int{kinds["InvitationCreated"], kinds["InvitationRedeemed"]}, []int{invitations, redemptions})
	if unacknowledged := invitations - len(y.invited); unacknowledged > 1 {
		t.Errorf("%d invitations are there that nobody asked for", unacknowledged)
	}
}

func TestKillingTheServerRepeatedlyLosesNothingAcknowledged(t *testing.T) {
	livetest.Long(t)
	OnEachUnserved(t, func(t *testing.T, h *House) {
		serve := func() *Child {
			return h.ServeApart("--invitations-per-session=1000000")
		}
		program := serve()
		y := newHistory(h)
		seed := rand.Uint64()
		random := rand.New(rand.NewPCG(seed, 0))
		for kill := range kills {
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			// Kill it a random moment after some answers, in the middle of its work.
			left, delay := 1+random.IntN(12), time.Duration(random.IntN(20_000))*time.Microsecond
			// Every second time only redemptions count, of which there would be few on a slow database.
			redemptions := kill%2 == 1
			if redemptions {
				left = 1 + random.IntN(3)
			}
			y.told = func(what string) { // with the history's mutex held
				if redemptions && what != "redemption" {
					return
				}
				if left--; left == 0 {
					time.AfterFunc(delay, program.Kill)
				}
			}
			y.Work(ctx, t, h)
			cancel()
			program.Kill() // it may have been the first: the workers end when it is gone
			program = serve()
			if y.Check(t); t.Failed() {
				t.Fatalf("after kill %d of seed %d", kill+1, seed)
			}
		}
		Same(t, "answers that storage is away", y.away.Load(), 0)
		t.Logf("acknowledged: %d invitations, %d redemptions, title %d", len(y.invited), len(y.redeemed), y.titled)
		if len(y.invited) < kills/2 || len(y.redeemed) < kills/2 || y.titled < kills/2 {
			t.Error("too little was at work to show anything")
		}
		for _, told := range y.redeemed { // each device can come back
			again := h.Bearer("").Must("redeemInvitation", told.ticket.Bearing(), "participant { id }")
			Same(t, "the participant", again.Text("participant.id"), told.participant)
		}
	})
}
