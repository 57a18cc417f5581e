package live

import "time"

// sharedPresence is what a presence and those of the other servers tell each other.
type sharedPresence struct {
	changed func()                  // there is something to tell
	untold  map[at]bool             // who came to this server, and who went (false), since the others were told
	servers map[string]*otherServer // by name
}

// otherServer is what another server said of who is connected to it.
type otherServer struct {
	people  map[at]int // and in which telling they were named last
	telling int
	silent  *time.Timer
}

// share begins to share with other servers. changed is called when there is something to tell; it must not wait.
func (p *Presence) share(changed func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.shared = &sharedPresence{changed: changed, untold: map[at]bool{}, servers: map[string]*otherServer{}}
}

// tell notes that somebody came to this server, or went. It expects the mutex to be held.
func (s *sharedPresence) tell(id at, here bool) {
	if s != nil {
		s.untold[id] = here
		s.changed()
	}
}

// news takes who came to this server and who went since the last call; with all everyone who is there.
func (p *Presence) news(all bool) (news map[at]bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	news, p.shared.untold = p.shared.untold, map[at]bool{}
	if !all {
		return news
	}
	clear(news)
	for roomID, r := range p.rooms {
		for personID, who := range r.people {
			if who.here() {
				news[at{roomID, personID}] = true
			}
		}
	}
	return news
}

// meet takes a sign of life of another server, whose people go when it is silent for as long as somebody may be without a
// connection (P5). It reports whether the server is new: then it has to be asked who is there.
func (p *Presence) meet(server string) (isNew bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if o := p.shared.servers[server]; o != nil {
		o.silent.Reset(p.grace)
		return false
	}
	o := &otherServer{people: map[at]int{}}
	o.silent = time.AfterFunc(p.grace, func() { p.lose(server, o) })
	p.shared.servers[server] = o
	return true
}

// lose takes out a server that fell silent.
func (p *Presence) lose(server string, o *otherServer) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shared.servers[server] == o {
		delete(p.shared.servers, server)
	}
	for id := range o.people {
		p.leaves(o, id)
	}
}

// told takes over that somebody is connected to another server, or not any more.
func (p *Presence) told(server string, id at, there bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	o := p.shared.servers[server]
	if o == nil {
		return // it fell silent this very moment; its next sign of life has it asked
	}
	_, known := o.people[id]
	switch {
	case there:
		o.people[id] = o.telling
		if !known {
			p.find(id).elsewhere++
		}
	case known:
		p.leaves(o, id)
	}
}

func (p *Presence) leaves(o *otherServer, id at) {
	delete(o.people, id)
	who := p.rooms[id.room].people[id.person]
	who.elsewhere--
	p.settle(id, who)
}

// beginTelling begins the telling of everyone who is connected to another server.
func (p *Presence) beginTelling(server string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if o := p.shared.servers[server]; o != nil {
		o.telling++
	}
}

// endTelling ends it: who was not named in it is not there.
func (p *Presence) endTelling(server string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	o := p.shared.servers[server]
	if o == nil {
		return
	}
	for id, telling := range o.people {
		if telling < o.telling {
			p.leaves(o, id)
		}
	}
}
