package live

import "time"

// sharedPresence exchanges presence with the other servers.
type sharedPresence struct {
	changed func()                  // called when there is something to send
	lost    func()                  // called when another server is gone
	unsent  map[roomPerson]bool     // who came to this server, or left (false), since the last send
	servers map[string]*otherServer // by name
}

// otherServer is another server, with the people connected to it by its own account.
type otherServer struct {
	people map[roomPerson]int // and the latest list that named them
	list   int                // the number of its latest list of everyone
	silent *time.Timer        // removes the server unless it sends a sign of life
}

// share starts to share with other servers. changed is called when there is something to send, and lost when another
// server is gone, whose last hints may be lost. They must not block.
func (p *Presence) share(changed, lost func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.shared = &sharedPresence{changed: changed, lost: lost, unsent: map[roomPerson]bool{}, servers: map[string]*otherServer{}}
}

// queue records for the next send that somebody came to this server or left. The caller holds the mutex.
func (s *sharedPresence) queue(id roomPerson, here bool) {
	if s != nil {
		s.unsent[id] = here
		s.changed()
	}
}

// news returns who came to this server and who left since the last call, or, if all is set, everyone who is connected here.
func (p *Presence) news(all bool) (news map[roomPerson]bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	news, p.shared.unsent = p.shared.unsent, map[roomPerson]bool{}
	if !all {
		return news
	}
	clear(news)
	for roomID, r := range p.rooms {
		for personID, who := range r.people {
			if who.here() {
				news[roomPerson{roomID, personID}] = true
			}
		}
	}
	return news
}

// meet records a sign of life of another server. After a grace without one, the people connected there are removed (P5). meet reports
// whether the server is new, and must be asked for its list.
func (p *Presence) meet(server string) (isNew bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if o := p.shared.servers[server]; o != nil {
		o.silent.Reset(p.grace)
		return false
	}
	o := &otherServer{people: map[roomPerson]int{}}
	o.silent = time.AfterFunc(p.grace, func() { p.lose(server, o) })
	p.shared.servers[server] = o
	return true
}

// lose removes a server that stopped sending signs of life.
func (p *Presence) lose(server string, o *otherServer) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shared.servers[server] == o {
		delete(p.shared.servers, server)
	}
	for id := range o.people {
		p.leaves(o, id)
	}
	p.shared.lost()
}

// heard records that a person is connected to another server, or no longer.
func (p *Presence) heard(server string, id roomPerson, there bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	o := p.shared.servers[server]
	if o == nil {
		return // it was just removed; after its next sign of life it is asked for its list
	}
	_, known := o.people[id]
	switch {
	case there:
		o.people[id] = o.list
		if !known {
			p.add(id).elsewhere++
		}
	case known:
		p.leaves(o, id)
	}
}

func (p *Presence) leaves(o *otherServer, id roomPerson) {
	delete(o.people, id)
	who := p.rooms[id.room].people[id.person]
	who.elsewhere--
	p.settle(id, who)
}

// beginList begins a server's list of everyone who is connected to it.
func (p *Presence) beginList(server string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if o := p.shared.servers[server]; o != nil {
		o.list++
	}
}

// endList ends the list. Whoever it did not name is no longer connected there.
func (p *Presence) endList(server string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	o := p.shared.servers[server]
	if o == nil {
		return
	}
	for id, list := range o.people {
		if list < o.list {
			p.leaves(o, id)
		}
	}
}
