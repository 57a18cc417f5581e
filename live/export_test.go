package live

// DetourTo has hints take the way to another place.
func (s *Servers) DetourTo(host string) { s.way.Host, s.way.Fallbacks = host, nil }
