package wire

import (
	"slices"
	"strings"
	"sync"
	"time"
)

// lasting is what stays open until it is ended: a WebSocket, or a stream of server-sent events.
type lasting interface {
	// part ends it, without waiting for the end: as soon as what its client has asked is answered. The first ending decides.
	part(e Ending)
	// cutOff ends it whatever is under way.
	cutOff(e Ending)
	at() *place
}

// place is the entry of something lasting, guarded by the mutex of Connections.
type place struct {
	credentials []string
	// missed is what ended while it was found out which credentials these are.
	missed []lapsed
}

func (p *place) at() *place { return p }

// lapsed is a credential that has ended.
type lapsed struct {
	credential string
	with       Ending
}

// Connections are what a server keeps open, whatever the transport, found by the credentials it was opened with. The zero value
// is ready for use.
type Connections struct {
	// RestartSpread is the time over which Shutdown ends them; zero means 5 s.
	RestartSpread time.Duration

	mu       sync.Mutex
	count    int // those that are about to be open included
	open     map[lasting]struct{}
	holders  map[string][]lasting // by credential
	unproven map[lasting]struct{} // their credentials are being looked at
	leaving  bool
	empty    chan struct{} // made with leaving; closed when the last of them is gone
}

// enter counts one that is about to be open; false: no more are taken.
func (s *Connections) enter() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.leaving {
		s.count++
	}
	return !s.leaving
}

// forget takes back enter.
func (s *Connections) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gone()
}

func (s *Connections) gone() {
	if s.count--; s.count == 0 && s.leaving {
		close(s.empty)
	}
}

// add makes known one that was let in and is open now.
func (s *Connections) add(of lasting) {
	s.mu.Lock()
	if s.open == nil {
		s.open, s.holders, s.unproven = map[lasting]struct{}{}, map[string][]lasting{}, map[lasting]struct{}{}
	}
	s.open[of] = struct{}{}
	leaving := s.leaving
	s.mu.Unlock()
	if leaving {
		of.part(EndRestarting)
	}
}

func (s *Connections) remove(of lasting) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, of)
	delete(s.unproven, of)
	for _, key := range of.at().credentials {
		holders := s.holders[key]
		i, last := slices.Index(holders, of), len(holders)-1
		holders[i], holders[last] = holders[last], nil
		if s.holders[key] = holders[:last]; last == 0 {
			delete(s.holders, key)
		}
	}
	of.at().credentials = nil
	s.gone()
}

// prove begins to find out which credentials one holds: what ends until hold is not missed.
func (s *Connections) prove(of lasting) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unproven[of] = struct{}{}
}

// hold notes the credentials of one that is open, and ends it where one of them has ended since prove.
func (s *Connections) hold(of lasting, credentials []string) {
	s.mu.Lock()
	delete(s.unproven, of)
	p := of.at()
	missed := p.missed
	p.missed = nil
	if _, open := s.open[of]; !open {
		s.mu.Unlock()
		return
	}
	for _, key := range credentials {
		if !slices.Contains(p.credentials, key) {
			p.credentials = append(p.credentials, key)
			s.holders[key] = append(s.holders[key], of)
		}
	}
	s.mu.Unlock()
	for _, m := range missed {
		if slices.Contains(credentials, m.credential) {
			of.part(m.with.beside(credentials))
		}
	}
}

// Len counts what is open.
func (s *Connections) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.count
}

// Held returns the credentials with a prefix that something open holds.
func (s *Connections) Held(prefix string) (credentials []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for credential := range s.holders {
		if strings.HasPrefix(credential, prefix) {
			credentials = append(credentials, credential)
		}
	}
	return credentials
}

// LoseCredential ends whatever was opened with a credential that opens less than it did. Where something is left, by it or by
// another credential, the client is to come back.
func (s *Connections) LoseCredential(credential string, left bool) {
	if left {
		s.EndCredential(credential, EndTryAgainLater)
		return
	}
	s.EndCredential(credential, EndDisabled)
}

// EndCredential ends whatever was opened with this credential, with others beside it too: who it was opened as is no more.
func (s *Connections) EndCredential(credential string, with Ending) {
	s.mu.Lock()
	holders := slices.Clone(s.holders[credential])
	endings := make([]Ending, len(holders))
	for i, of := range holders {
		endings[i] = with.beside(of.at().credentials)
	}
	for of := range s.unproven {
		of.at().missed = append(of.at().missed, lapsed{credential, with})
	}
	s.mu.Unlock()
	for i, of := range holders {
		of.part(endings[i])
	}
}
