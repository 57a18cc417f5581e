//go:build linux

// Package program runs the built Usher for benchmarks, with a database of its own, and reads what its process uses.
// Only benchmarks import it.
package program

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"usher/bench/process"
	"usher/live/livetest"
)

// Program is the program that is measured, with a database of its own. It runs as one server or several.
type Program struct {
	Host           string   // and port, also those of the site
	Hosts          []string // of all servers
	binary, folder string
	settings, also []string
	servers        []*exec.Cmd
	cluster        *livetest.Cluster // nil on SQLite
	database       string            // its URL on PostgreSQL
	drop           func() error
}

// New prepares a site for n invitations in a session. The folder is on the disk, because each commit waits for it.
func New(ctx context.Context, binary, folder string, n int, postgres bool) (u *Program, err error) {
	u = &Program{binary: binary, drop: func() error { return nil }}
	if u.folder, err = os.MkdirTemp(folder, "data-"); err != nil {
		return nil, err
	}
	key := make([]byte, 32)
	_, _ = rand.Read(key) // it never fails
	keys := filepath.Join(u.folder, "key")
	if err := os.WriteFile(keys, []byte("1 "+base64.StdEncoding.EncodeToString(key)+"\n"), 0o600); err != nil {
		return nil, err
	}
	database := "sqlite://" + filepath.Join(u.folder, "usher.db")
	if postgres {
		cluster, err := livetest.Start(ctx)
		if err != nil {
			return nil, err
		}
		url, _, err := cluster.Create(ctx)
		if err != nil {
			return nil, errors.Join(err, cluster.Stop())
		}
		database, u.drop, u.cluster, u.database = url, cluster.Stop, cluster, url
	}
	if u.Host, err = freeAddress(); err != nil {
		return nil, err
	}
	u.Hosts = []string{u.Host}
	u.settings = []string{
		"--public-url=http://" + u.Host, "--database-url=" + database,
		"--secret-key-file=" + keys, "--invitations-per-session=" + strconv.Itoa(n), "--open-sockets=100000",
	}
	return u, nil
}

// Set adds settings, before the site starts.
func (u *Program) Set(settings ...string) { u.settings = append(u.settings, settings...) }

// Also gives the site these settings besides, from its next start on.
func (u *Program) Also(settings ...string) { u.also = settings }

// Spread makes the site start as several servers. They need PostgreSQL.
func (u *Program) Spread(servers int) error {
	for len(u.Hosts) < servers {
		host, err := freeAddress()
		if err != nil {
			return err
		}
		u.Hosts = append(u.Hosts, host)
	}
	return nil
}

func freeAddress() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer listener.Close()
	return listener.Addr().String(), nil
}

// Manager adds an account and returns a token of it.
func (u *Program) Manager(email string, more ...string) (token string, err error) {
	if _, err := u.Run(append([]string{"user", "add", "--email=" + email, "--first-name=Bench", "--last-name=Host"}, more...)...); err != nil {
		return "", err
	}
	return u.Run("token", "create", "--email="+email)
}

// Run runs a command of the program on the site, and returns what it prints.
func (u *Program) Run(args ...string) (string, error) {
	command := exec.Command(u.binary, append(append(args, "--addr="+u.Host), u.settings...)...) //nolint:gosec // the program that is measured
	command.Stdin = strings.NewReader("correct horse battery\n")
	out, err := command.Output()
	if failed := new(exec.ExitError); errors.As(err, &failed) {
		err = fmt.Errorf("%s: %w: %s", strings.Join(args[:2], " "), err, failed.Stderr)
	}
	return strings.TrimSpace(string(out)), err
}

// Start runs the servers, one after the other, and returns how long it took until all were ready.
func (u *Program) Start() (time.Duration, error) {
	began := time.Now()
	for _, host := range u.Hosts {
		if err := u.start(host); err != nil {
			return 0, err
		}
	}
	return time.Since(began), nil
}

func (u *Program) start(host string) error {
	log, err := os.OpenFile(filepath.Join(u.folder, "server.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	began := time.Now()
	server := exec.Command(u.binary, append(append([]string{"--addr=" + host}, u.settings...), u.also...)...) //nolint:gosec // the program that is measured
	server.Stdout, server.Stderr = log, log
	server.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := server.Start(); err != nil {
		return fmt.Errorf("start usher: %w", err)
	}
	u.servers = append(u.servers, server)
	for time.Since(began) < 30*time.Second {
		if response, err := http.Get("http://" + host + "/readyz"); err == nil {
			_ = response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return nil
			}
		}
		time.Sleep(2 * time.Millisecond)
	}
	text, _ := os.ReadFile(log.Name())
	return fmt.Errorf("usher is not ready: %s", text)
}

// Stop ends the servers, and waits until they have ended.
func (u *Program) Stop() (err error) {
	for _, server := range u.servers {
		_ = server.Process.Signal(syscall.SIGTERM)
	}
	for _, server := range u.servers {
		err = errors.Join(err, server.Wait())
	}
	u.servers = nil
	return err
}

// Discard stops the server and deletes its data.
func (u *Program) Discard() error { return errors.Join(u.Stop(), u.drop(), os.RemoveAll(u.folder)) }

// Running reports whether the servers run.
func (u *Program) Running() bool { return u.servers != nil }

// Use reads the clocks of the servers and of the machine.
func (u *Program) Use() process.Use {
	pids := make([]int, len(u.servers))
	for i, server := range u.servers {
		pids[i] = server.Process.Pid
	}
	return process.Read(pids...)
}

// MemoryKB returns the servers' memory.
func (u *Program) MemoryKB() (all int) {
	for _, server := range u.servers {
		all += process.MemoryKB(server.Process.Pid)
	}
	return all
}

// Settle waits until the server rests: until it uses less than a twentieth of a processor, at most half a minute.
func (u *Program) Settle() {
	const pause, most = 250 * time.Millisecond, 30 * time.Second
	for range most / pause {
		before := u.Use()
		time.Sleep(pause)
		if u.Use().ServerSince(before) < float64(pause.Microseconds())/20 {
			return
		}
	}
}

// Rest is the server's use when a step begins, and what it uses each second without any step: the answers to pings, above all.
type Rest struct {
	Use  process.Use
	idle float64 // µs a second
}

// Rest waits until the server rests, and measures what it uses then.
func (u *Program) Rest() Rest {
	u.Settle()
	before := u.Use()
	time.Sleep(1500 * time.Millisecond)
	after := u.Use()
	return Rest{after, after.ServerSince(before) / after.At.Sub(before.At).Seconds()}
}

// CostSince waits until the server rests, and returns the processor time that it used since then for the step, in µs.
func (u *Program) CostSince(start Rest) float64 {
	u.Settle()
	now := u.Use()
	return max(0, now.ServerSince(start.Use)-start.idle*now.At.Sub(start.Use.At).Seconds())
}

// PID returns the id of the first server's process.
func (u *Program) PID() int { return u.servers[0].Process.Pid }
