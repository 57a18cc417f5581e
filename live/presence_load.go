package live

import (
	"cmp"
	"slices"
)

// RoomLoad is how many people are connected to a room, at all servers.
type RoomLoad struct {
	RoomID string
	People int
}

// Busiest returns the rooms with the most people connected, busiest first, at most n.
func Busiest(p *Presence, n int) []RoomLoad {
	var all []RoomLoad
	p.mu.Lock()
	for id, r := range p.rooms {
		if len(r.people) > 0 {
			all = append(all, RoomLoad{id, len(r.people)})
		}
	}
	p.mu.Unlock()
	slices.SortFunc(all, func(a, b RoomLoad) int {
		return cmp.Or(cmp.Compare(b.People, a.People), cmp.Compare(a.RoomID, b.RoomID))
	})
	return all[:min(n, len(all))]
}

// Here returns how many people are connected to this server, or were within the grace, counted once for each room, and to how many
// rooms.
func Here(p *Presence) (people, rooms int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, r := range p.rooms {
		before := people
		for _, who := range r.people {
			if who.here() {
				people++
			}
		}
		if people > before {
			rooms++
		}
	}
	return people, rooms
}

// load is what is connected to a server.
type load struct{ people, rooms int }

// otherLoads returns what is connected to the other servers that send signs of life, by their runs.
func otherLoads(p *Presence) map[string]load {
	p.mu.Lock()
	defer p.mu.Unlock()
	loads := make(map[string]load, len(p.shared.servers))
	for server, o := range p.shared.servers {
		rooms := map[string]struct{}{}
		for id := range o.people {
			rooms[id.room] = struct{}{}
		}
		loads[server] = load{len(o.people), len(rooms)}
	}
	return loads
}

// otherServers returns the other servers that send signs of life, by their runs.
func otherServers(p *Presence) map[string]struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	runs := make(map[string]struct{}, len(p.shared.servers))
	for run := range p.shared.servers {
		runs[run] = struct{}{}
	}
	return runs
}
