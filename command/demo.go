package command

import (
	"context"
	"crypto/rand"
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

// demoPeople have accounts on the demo site: the manager, the administrator, and others. Their names are in several scripts, to show
// search and rendering.
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
	manager, admin *ent.User
	password       string
	room           *room.Room
	links          []*room.Invitation
}

// startDemo fills the site and runs the demo's guest until the site closes. It returns the link that manages the demo.
func startDemo(ctx context.Context, s *site.Site, p *site.Parts, settings *settings.Settings, log *slog.Logger) (link string, err error) {
	d, err := seedDemo(ctx, p)
	if err != nil {
		return "", err
	}
	link = p.Demo.Link(string(settings.PublicURL), d.manager)
	s.Welcome = welcome(p, settings, d, link)
	playing, stop := context.WithCancel(ctx)
	var guest sync.WaitGroup
	guest.Go(func() { playGuest(playing, p, log, d, demoPace) })
	closeAll := s.Close
	s.Close = func() error {
		stop()
		guest.Wait()
		return closeAll()
	}
	return link, nil
}

// seedDemo fills an empty site: people, a manager and an administrator to sign in as, rooms, a session about to start, and links to open.
func seedDemo(ctx context.Context, p *site.Parts) (*demo, error) {
	d := &demo{password: strings.ToLower(rand.Text()[:12])}
	for i, who := range demoPeople {
		who.Role = role.Member
		switch i {
		case 0:
			who.Password = d.password
		case 1:
			who.Password, who.Role = d.password, role.Admin
		}
		u, err := p.People.Add(ctx, who)
		if err != nil {
			return nil, fmt.Errorf("add %s: %w", who.Email, err)
		}
		switch i {
		case 0:
			d.manager = u
		case 1:
			d.admin = u
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

// welcome returns the text that tells the person where to click. manage is the manager's sign-in link.
func welcome(p *site.Parts, settings *settings.Settings, d *demo, manage string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\nThis is a demo with a temporary database. “%s” is planned to start in 3 minutes.\n\n", d.room.Title)
	fmt.Fprintf(&b, "  Manage it:     %s\n                 (signs in %s, once)\n", manage, d.manager.EmailTyped)
	for _, i := range d.links[:2] {
		fmt.Fprintf(&b, "  Be invited:    %s\n                 (as %s, with the email %s)\n",
			p.Invitations.LinkOf(i.Invitation), strings.ToLower(string(i.Role)), i.EmailTyped)
	}
	fmt.Fprintf(&b, "  Administer it: %s\n                 (signs in %s, once)\n", p.Demo.Link(string(settings.PublicURL), d.admin), d.admin.EmailTyped)
	b.WriteString("\nOpen the manager's link here, and the two invitations in a private window, a tab each: a tab is one person.\n")
	b.WriteString("A simulated guest, Noor Haddad, waits for the start, enters and stays a while, so you see both sides.\nShe welcomes you in the chat. Write something, and she answers.\n")
	fmt.Fprintf(&b, "To sign in again, use the password %s for both accounts.\n", d.password)
	return b.String()
}
