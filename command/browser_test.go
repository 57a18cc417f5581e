package command

import "testing"

func TestAStartOpensTheBrowserOnlyWhereAPersonSits(t *testing.T) {
	desktop := map[string]string{"DISPLAY": ":0"}
	for name, c := range map[string]struct {
		start
		env  map[string]string
		want bool
	}{
		"a terminal of a Linux desktop":             {start{"linux", true, true, nil}, desktop, true},
		"with Wayland alone":                        {start{"linux", true, true, nil}, map[string]string{"WAYLAND_DISPLAY": "wayland-0"}, true},
		"Linux without a desktop":                   {start{"linux", true, true, nil}, nil, false},
		"FreeBSD without a desktop":                 {start{"freebsd", true, true, nil}, nil, false},
		"a Mac":                                     {start{"darwin", true, true, nil}, nil, true},
		"Windows":                                   {start{"windows", true, true, nil}, nil, true},
		"output to a file, or a service":            {start{"linux", false, true, nil}, desktop, false},
		"a service on a Mac":                        {start{"darwin", false, true, nil}, nil, false},
		"a site that others reach at a public name": {start{"linux", true, false, nil}, desktop, false},
		"CI with a terminal":                        {start{"linux", true, true, nil}, map[string]string{"DISPLAY": ":0", "CI": "true"}, false},
		"over SSH":                                  {start{"darwin", true, true, nil}, map[string]string{"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}, false},
		"over SSH with a forwarded display":         {start{"linux", true, true, nil}, map[string]string{"DISPLAY": "localhost:10.0", "SSH_TTY": "/dev/pts/1"}, false},
		"empty variables count as not set":          {start{"linux", true, true, nil}, map[string]string{"DISPLAY": ":0", "CI": "", "SSH_CLIENT": ""}, true},
	} {
		t.Run(name, func(t *testing.T) {
			c.getenv = func(name string) string { return c.env[name] }
			if got := c.opensBrowser(); got != c.want {
				t.Errorf("it opens: %t, want %t", got, c.want)
			}
		})
	}
}
