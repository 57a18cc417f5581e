package wire

import (
	"slices"
	"strings"
	"sync"
	"time"
)

// lasting is what stays open until it is ended: a WebSocket or an event stream.
type lasting interface {
	// part ends it gracefully, once its client has the answers it waits for. It does not block. The first ending counts.
	part(e Ending)
	// cutOff ends it at once.
	cutOff(e Ending)
	registered() *entry
	transport() string
	// ended returns why it is over: the code of a WebSocket's close frame, and whether its client did not read.
	ended() (code int, slow bool)
}

// entry is what Connections know about something lasting; guarded by the mutex of Connections.
type entry struct {
	credentials []string
	// missed lists credentials that ended while the asker was being identified.
	missed []lapsed
}

func (e *entry) registered() *entry { return e }

// lapsed is a credential that has ended.
type lapsed struct {
	credential string
	with       Ending
}

// Connections are a server's open connections of all transports, indexed by their credentials. The zero value is ready to use.
type Connections struct {
	// RestartSpread is the time over which Shutdown spreads their ends; zero means 5 s.
	RestartSpread time.Duration
	// Metrics are set before the first connection.
	Metrics Metrics

	mu      sync.Mutex
	count   int // includes those about to open
	open    map[lasting]struct{}
	holders map[string][]lasting // by credential
	pending map[lasting]struct{} // their askers are being identified
	leaving bool
	empty   chan struct{} // made when leaving is set; closed when the last connection is gone
}

// Count returns how many connections are open or about to open.
func (s *Connections) Count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.count
}

// enter counts a connection that is about to open. It returns false once the server is shutting down.
func (s *Connections) enter() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.leaving {
		s.count++
	}
	return !s.leaving
}

// forget undoes enter.
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

// add registers an open connection that has entered.
func (s *Connections) add(of lasting) {
	s.mu.Lock()
	if s.open == nil {
		s.open, s.holders, s.pending = map[lasting]struct{}{}, map[string][]lasting{}, map[lasting]struct{}{}
	}
	s.open[of] = struct{}{}
	leaving := s.leaving
	s.mu.Unlock()
	s.Metrics.began(of)
	if leaving {
		of.part(EndRestarting)
	}
}

func (s *Connections) remove(of lasting) {
	s.Metrics.ended(of)
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, of)
	delete(s.pending, of)
	for _, key := range of.registered().credentials {
		holders := s.holders[key]
		i, last := slices.Index(holders, of), len(holders)-1
		holders[i], holders[last] = holders[last], nil
		if s.holders[key] = holders[:last]; last == 0 {
			delete(s.holders, key)
		}
	}
	of.registered().credentials = nil
	s.gone()
}

// identify announces that a connection's asker is being identified. Credentials that end before identified is called are remembered.
func (s *Connections) identify(of lasting) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pending[of] = struct{}{}
}

// identified records a connection's credentials. It ends the connection if one of them has ended since identify.
func (s *Connections) identified(of lasting, credentials []string) {
	s.mu.Lock()
	delete(s.pending, of)
	p := of.registered()
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

// Len returns the number of open connections.
func (s *Connections) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.count
}

// Held returns the credentials of open connections that have a prefix.
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

// LoseCredential ends the connections that use a credential which gives less access than before. If left, the credential still gives
// some access, and the clients should reconnect.
func (s *Connections) LoseCredential(credential string, left bool) {
	if left {
		s.EndCredential(credential, EndTryAgainLater)
		return
	}
	s.EndCredential(credential, EndDisabled)
}

// EndCredential ends the connections that use a credential, even beside others, because their asker is no longer the same.
func (s *Connections) EndCredential(credential string, with Ending) {
	s.mu.Lock()
	holders := slices.Clone(s.holders[credential])
	endings := make([]Ending, len(holders))
	for i, of := range holders {
		endings[i] = with.beside(of.registered().credentials)
	}
	for of := range s.pending {
		of.registered().missed = append(of.registered().missed, lapsed{credential, with})
	}
	s.mu.Unlock()
	for i, of := range holders {
		of.part(endings[i])
	}
}
