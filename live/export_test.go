package live

// DetourTo makes hints connect to another place.
func (s *Servers) DetourTo(host string) { s.config.Host, s.config.Fallbacks = host, nil }

// WantFree makes Check require this many free bytes.
func (db *Database) WantFree(bytes uint64) { db.spare = bytes }

// Failing makes Check believe that the last write failed.
func (db *Database) Failing() { db.failing.Store(true) }

// Suffices is suffices.
var Suffices = suffices

// Waiting returns how many commands wait in line for a key.
func (c *Collect[C, V]) Waiting(key string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.lines[key])
}

// Receive receives a hint.
func (s *Servers) Receive(hint string) { s.receive(hint) }
