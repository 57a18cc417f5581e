package room

import (
	"context"
	"fmt"
	"slices"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/mail"
	"usher/live"
)

// SiteStatus is what runs the site now, for administrators (U5).
type SiteStatus struct {
	Servers []*ServerStatus

	policy *Policy
	actor  auth.Actor
}

// ServerStatus is one server as administrators see it.
type ServerStatus struct{ live.Server }

// ID identifies this run of the server.
func (s *ServerStatus) ID() string { return s.Run }

// HintLagMilliseconds is nil if the server has no hints, or none came back yet.
func (s *ServerStatus) HintLagMilliseconds() *int {
	if s.HintLag == nil {
		return nil
	}
	ms := int(s.HintLag.Milliseconds())
	return &ms
}

// DatabaseStatus describes the database.
type DatabaseStatus struct {
	Kind, Migration string
	Bytes           float64
}

// RoomLoad is how many people are connected to a room.
type RoomLoad struct {
	Room   *Room
	People int
}

// BusiestRooms limits the list of busy rooms.
const BusiestRooms = 20

// Status returns what runs the site now. Returns problem.ErrForbidden unless the asker is an administrator.
func (s *Policy) Status(ctx context.Context, actor auth.Actor) (*SiteStatus, error) {
	if err := s.adminOnly(ctx, actor); err != nil {
		return nil, err
	}
	status := &SiteStatus{policy: s, actor: actor}
	for _, server := range s.options.Servers() {
		status.Servers = append(status.Servers, &ServerStatus{server})
	}
	return status, nil
}

// Database returns the kind, the size and the newest migration of the database.
func (s *SiteStatus) Database(ctx context.Context) (*DatabaseStatus, error) {
	database := s.policy.options.Database
	size, err := database.Size(ctx)
	if err != nil {
		return nil, err
	}
	migration, err := database.Migration(ctx)
	return &DatabaseStatus{Kind: database.Kind(), Migration: migration, Bytes: float64(size)}, err
}

// Busiest returns the rooms with the most people connected, busiest first.
func (s *SiteStatus) Busiest(ctx context.Context) ([]*RoomLoad, error) {
	busiest := live.Busiest(s.policy.presence, BusiestRooms)
	ids := make([]string, len(busiest))
	for i, load := range busiest {
		ids[i] = load.RoomID
	}
	rooms, err := s.policy.visible(ctx, s.actor, ids)
	if err != nil {
		return nil, err
	}
	loads := []*RoomLoad{}
	for _, load := range busiest {
		if r := rooms[load.RoomID]; r != nil { // it may have been deleted a moment ago
			loads = append(loads, &RoomLoad{r, load.People})
		}
	}
	return loads, nil
}

// SiteFailureKind is what fails.
type SiteFailureKind string

// What fails, the worst first.
const (
	FailureDatabase     SiteFailureKind = "DATABASE"
	FailureServerSilent SiteFailureKind = "SERVER_SILENT"
	FailureServerDeaf   SiteFailureKind = "SERVER_DEAF"
	FailureWorkLate     SiteFailureKind = "WORK_LATE"
	FailureMail         SiteFailureKind = "MAIL"
	FailureTwoVersions  SiteFailureKind = "TWO_VERSIONS"
)

// SiteFailure is one thing that fails now.
type SiteFailure struct {
	Kind   SiteFailureKind
	Server *ServerStatus
	Since  *time.Time
}

// Failing returns what fails now, the worst first. It is empty if all is well.
func (s *SiteStatus) Failing(ctx context.Context) ([]*SiteFailure, error) {
	failing := []*SiteFailure{}
	if s.policy.options.Database.Check(ctx) != nil {
		failing = append(failing, &SiteFailure{Kind: FailureDatabase})
	}
	for _, of := range []struct {
		kind  SiteFailureKind
		fails func(*ServerStatus) bool
	}{
		{FailureServerSilent, func(s *ServerStatus) bool { return s.Silent }},
		{FailureServerDeaf, func(s *ServerStatus) bool { return s.Deaf }},
		{FailureWorkLate, func(s *ServerStatus) bool { return s.WorkLate }},
	} {
		for _, server := range s.Servers {
			if !of.fails(server) {
				continue
			}
			failure := &SiteFailure{Kind: of.kind, Server: server}
			if server.Silent {
				failure.Since = &server.AliveAt
			}
			failing = append(failing, failure)
		}
	}
	if s.policy.options.Mailing.On {
		m, err := s.policy.db.Mail.Query().Where(mail.StateEQ(mail.StateWaiting), mail.Fault(string(FaultSite))).Order(ent.Asc(mail.FieldAt)).First(ctx)
		if err == nil {
			failing = append(failing, &SiteFailure{Kind: FailureMail, Since: &m.At})
		} else if !ent.IsNotFound(err) {
			return nil, fmt.Errorf("read emails: %w", err)
		}
	}
	if since := twoVersionsSince(s.Servers); since != nil {
		failing = append(failing, &SiteFailure{Kind: FailureTwoVersions, Since: since})
	}
	return failing, nil
}

// twoVersionsSince returns when a second version began to run beside the first, or nil if one version runs.
func twoVersionsSince(servers []*ServerStatus) *time.Time {
	began := map[string]time.Time{}
	for _, s := range servers {
		if first, ok := began[s.Version]; !s.Silent && (!ok || s.StartedAt.Before(first)) {
			began[s.Version] = s.StartedAt
		}
	}
	if len(began) < 2 {
		return nil
	}
	var starts []time.Time
	for _, at := range began {
		starts = append(starts, at)
	}
	slices.SortFunc(starts, time.Time.Compare)
	return &starts[1]
}
