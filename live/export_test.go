package live

// DetourTo has hints take the way to another place.
func (s *Servers) DetourTo(host string) { s.config.Host, s.config.Fallbacks = host, nil }

// WantFree has Check want so many bytes to be free.
func (db *Database) WantFree(bytes uint64) { db.spare = bytes }

// Failing has Check take the last write for one that failed.
func (db *Database) Failing() { db.failing.Store(true) }
