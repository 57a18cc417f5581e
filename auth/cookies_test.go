package auth

import "testing"

func TestTheNamesOfCookiesHaveThePortUnlessItIsTheSchemes(t *testing.T) {
	for _, c := range []struct {
		secure     bool
		port, want string
	}{
		{false, "", "usher_device"},
		{false, "8080", "usher_device_8080"},
		{true, "", "__Host-usher_device"},
		{true, "8443", "__Host-usher_device_8443"},
	} {
		if got := NewCookieNames(c.secure, c.port).of(deviceCookie); got != c.want {
			t.Errorf("secure %v, port %q: got %s, want %s", c.secure, c.port, got, c.want)
		}
	}
}
