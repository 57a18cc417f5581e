package command

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"usher/auth"
	"usher/ent"
	entroom "usher/ent/room"
	"usher/people"
	"usher/role"
	"usher/room"
	"usher/settings"
	"usher/site"
)

// demoPeople have accounts on the demo site. Their names are in several scripts, to show search and rendering.
var demoPeople = []people.NewUser{
	{Email: "mia@example.com", FirstName: "Mia", LastName: "Keller"},
	{Email: "amelie.ostergaard@example.com", FirstName: "Amélie", LastName: "Østergård"},
	{Email: "sean.obrien@example.com", FirstName: "Seán", LastName: "O’Brien"},
	{Email: "olga.petrova@example.org", FirstName: "Ольга", LastName: "Петрова"},
	{Email: "sakura@example.org", FirstName: "さくら", LastName: "田中"},
	{Email: "m.elfassi@example.org", FirstName: "محمد", LastName: "الفاسي"},
	{Email: "jose.nunez@example.net", FirstName: "José", LastName: "Núñez"},
	{Email: "lukasz@example.net", FirstName: "Łukasz", LastName: "Żółć"},
	{Email: "eleni@example.net", FirstName: "Ελένη", LastName: "Παπαδοπούλου"},
	{Email: "anjali@example.com", FirstName: "अंजलि", LastName: "शर्मा"},
}

// demo is what the welcome text needs.
type demo struct {
	manager  *ent.User
	password string
	room     *room.Room
	links    []*room.Invitation
}

// startDemo fills the site and runs the demo's guest until the site closes.
func startDemo(ctx context.Context, s *site.Site, p *site.Parts, settings *settings.Settings, log *slog.Logger) error {
	d, err := seedDemo(ctx, p)
	if err != nil {
		return err
	}
	s.Welcome = welcome(p, settings, d)
	playing, stop := context.WithCancel(ctx)
	var guest sync.WaitGroup
	guest.Go(func() { playGuest(playing, p, log, d) })
	closeAll := s.Close
	s.Close = func() error {
		stop()
		guest.Wait()
		return closeAll()
	}
	return nil
}

// seedDemo fills an empty site: people, a manager to sign in as, rooms, a session about to start, and links to open.
func seedDemo(ctx context.Context, p *site.Parts) (*demo, error) {
	d := &demo{password: strings.ToLower(rand.Text()[:12])}
	for i, who := range demoPeople {
		who.Role = role.Member
		if i == 0 {
			who.Password, who.Role = d.password, role.Admin
		}
		u, err := p.People.Add(ctx, who)
		if err != nil {
			return nil, fmt.Errorf("add %s: %w", who.Email, err)
		}
		if i == 0 {
			d.manager = u
		}
	}
	mia := auth.Actor{User: d.manager}
	if err := seedRooms(ctx, p, mia, d); err != nil {
		return nil, err
	}
	return d, nil
}

func seedRooms(ctx context.Context, p *site.Parts, mia auth.Actor, d *demo) error {
	now := p.Log.Now()
	create := func(title, description string, startsIn, length time.Duration) (*room.Room, error) {
		ends := now.Add(startsIn + length)
		return p.Rooms.Create(ctx, mia, room.CreateRoomInput{
			Title: title, Description: description, TimeZone: "Europe/Paris", StartsAt: now.Add(startsIn), EndsAt: &ends,
			ChatAndCollaboration: true, Access: entroom.AccessInvited, Admission: entroom.AdmissionAutomatic,
		})
	}
	var err error
	if d.room, err = create("Product launch", "What is new this autumn, with questions and answers.", 3*time.Minute, time.Hour); err != nil {
		return fmt.Errorf("create room: %w", err)
	}
	review, err := create("Design review", "Every week: what we drew, what we learnt.", 0, time.Hour)
	if err != nil {
		return fmt.Errorf("create room: %w", err)
	}
	if _, err := p.Sessions.Start(ctx, mia, *review.CurrentSessionID); err != nil {
		return fmt.Errorf("start session: %w", err)
	}
	if _, err := create("Town hall", "Once a quarter, everyone.", 26*time.Hour, 90*time.Minute); err != nil {
		return fmt.Errorf("create room: %w", err)
	}
	for _, who := range []room.InviteUserInput{
		{Email: "sam@example.org", FirstName: "Sam", LastName: "Rivers", Role: role.Speaker},
		{Email: "vera@example.org", FirstName: "Vera", LastName: "Lindqvist", Role: role.Viewer},
		{Email: "sakura@example.org", Role: role.Moderator},
		{Email: "olga.petrova@example.org", Role: role.Viewer},
	} {
		who.RoomID = d.room.ID
		i, err := p.Invitations.Invite(ctx, mia, who)
		if err != nil {
			return fmt.Errorf("invite %s: %w", who.Email, err)
		}
		d.links = append(d.links, i)
	}
	return nil
}

// welcome returns the text that tells the person where to click.
func welcome(p *site.Parts, settings *settings.Settings, d *demo) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\nThis is a demo with a temporary database. “%s” is planned to start in 3 minutes.\n\n", d.room.Title)
	fmt.Fprintf(&b, "  Manage it:  %s/  (sign in as %s, password %s)\n", settings.PublicURL, d.manager.EmailTyped, d.password)
	for _, i := range d.links[:2] {
		link := p.Invitations.LinkOf(i.Invitation)
		fmt.Fprintf(&b, "  Be invited: %s\n              (as %s, with the email %s)\n",
			link, strings.ToLower(string(i.Role)), i.EmailTyped)
	}
	b.WriteString("\nOpen both links in a private window, a tab each: a tab is one person. Your own window is the manager's.\n")
	b.WriteString("A simulated guest, Noor Haddad, comes and goes, so you see both sides.\n")
	return b.String()
}

// demoPace is how long the demo's guest waits between steps.
const demoPace = 20 * time.Second

// playGuest simulates the demo's guest. She redeems her link, waits for the start, enters, confirms changes of her role, leaves and
// comes back. If she was removed, she asks the host to let her in.
func playGuest(ctx context.Context, p *site.Parts, logger *slog.Logger, d *demo) {
	g := &demoGuest{Parts: p, demo: d, actor: auth.Actor{Device: auth.AttemptDevice(rand.Text()), Browser: "Firefox on Linux", Address: "demo"}}
	for ctx.Err() == nil {
		if err := g.visit(ctx); err != nil && !errors.Is(err, context.Canceled) {
			logger.Debug("demo guest", "error", err)
		}
		select {
		case <-time.After(demoPace):
		case <-ctx.Done():
		}
	}
}

type demoGuest struct {
	*site.Parts
	demo  *demo
	actor auth.Actor
	link  string
	email string
}

// visit is one visit of the guest, from opening her link to leaving.
func (g *demoGuest) visit(ctx context.Context) error {
	if g.link == "" {
		g.email = "noor@example.net"
		i, err := g.Invitations.Invite(ctx, auth.Actor{User: g.demo.manager}, room.InviteUserInput{
			RoomID: g.demo.room.ID, Email: g.email, FirstName: "Noor", LastName: "Haddad", Role: role.Viewer,
		})
		if err != nil {
			return err
		}
		g.link = g.Invitations.LinkOf(i.Invitation)
	}
	_, token, _ := strings.Cut(g.link, "#")
	if _, err := g.Links.Look(ctx, g.actor, token); err != nil {
		return err
	}
	if _, err := g.Links.Redeem(ctx, g.actor, room.Redemption{Token: token, Email: &g.email, Device: g.actor.Device}); err != nil {
		askAgain := "May I come in again?"
		_, asked := g.Links.AskHost(ctx, g.actor, room.AskHostInput{Token: token, Message: &askAgain})
		return errors.Join(err, asked)
	}
	return g.stay(ctx)
}

// stay enters once the session is open, and leaves after a while.
func (g *demoGuest) stay(ctx context.Context) error {
	stream, err := g.News.Stream(ctx, g.actor, g.demo.room.ID, nil)
	if err != nil {
		return err
	}
	defer stream.Close()
	g.News.Connect(stream.Watcher)
	defer g.News.Disconnect(stream.Watcher)
	until := time.Now().Add(3 * demoPace)
	for time.Now().Before(until) {
		if p, err := g.Places.Enter(ctx, g.actor, g.demo.room.ID); err == nil {
			if _, err := g.Places.AcknowledgeRole(ctx, g.actor, g.demo.room.ID, p.RoleRevision); err != nil {
				return err
			}
		}
		waiting, cancel := context.WithTimeout(ctx, demoPace)
		_, ended, err := stream.Next(waiting)
		cancel()
		if ended || ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil && !errors.Is(err, context.DeadlineExceeded) {
			return err
		}
	}
	_, err = g.Places.Leave(ctx, g.actor, g.demo.room.ID)
	return err
}
