package site

import (
	"net"
	"os"
	"time"

	"usher/live"
	"usher/settings"
)

// running is what a server reports of itself.
type running struct {
	name  string
	begun time.Time
}

// newRunning names the server by its machine and its port, as an operator knows it.
func newRunning(chosen *settings.Settings, begun time.Time) running {
	name := string(chosen.Addr)
	if host, err := os.Hostname(); err == nil {
		if _, port, err := net.SplitHostPort(name); err == nil {
			name = net.JoinHostPort(host, port)
		}
	}
	return running{name, begun}
}

// report returns what the server says of itself.
func (p *Parts) report() live.Server {
	return live.Server{
		Name: p.running.name, Version: Version(), StartedAt: p.running.begun, Connections: p.connections.Count(), WorkLate: p.jobs.late(time.Now()),
	}
}

// listServers returns the running servers of the site. On SQLite this is the only one.
func (p *Parts) listServers() []live.Server {
	if p.servers != nil {
		return p.servers.Servers()
	}
	only := p.report()
	only.Run, only.AliveAt = "only", p.Log.Now()
	only.People, only.Rooms = live.Here(p.Presence)
	return []live.Server{only}
}
