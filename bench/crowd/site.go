//go:build linux

package main

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

// usher is the program that is measured, with a database of its own.
type usher struct {
	binary, folder, host string
	settings             []string
	server               *exec.Cmd
	drop                 func() error
}

// newUsher prepares a site for n people. The folder is on the disk, because each commit waits for it.
func newUsher(ctx context.Context, binary, folder string, n int, postgres bool) (u *usher, err error) {
	u = &usher{binary: binary, drop: func() error { return nil }}
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
		database, u.drop = url, cluster.Stop
	}
	if u.host, err = freeAddress(); err != nil {
		return nil, err
	}
	u.settings = []string{
		"--addr=" + u.host, "--public-url=http://" + u.host, "--database-url=" + database,
		"--secret-key-file=" + keys, "--invitations-per-session=" + strconv.Itoa(n), "--open-sockets=100000",
	}
	return u, nil
}

func freeAddress() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer listener.Close()
	return listener.Addr().String(), nil
}

// manager adds an account and returns a token of it.
func (u *usher) manager(email string, more ...string) (token string, err error) {
	run := func(args ...string) (string, error) {
		command := exec.Command(u.binary, append(args, u.settings...)...) //nolint:gosec // the program that is measured
		command.Stdin = strings.NewReader("correct horse battery\n")
		out, err := command.Output()
		if failed := new(exec.ExitError); errors.As(err, &failed) {
			err = fmt.Errorf("%s: %w: %s", strings.Join(args[:2], " "), err, failed.Stderr)
		}
		return strings.TrimSpace(string(out)), err
	}
	if _, err := run(append([]string{"user", "add", "--email=" + email, "--first-name=Bench", "--last-name=Host"}, more...)...); err != nil {
		return "", err
	}
	return run("token", "create", "--email="+email)
}

// start runs the server and returns how long it took until it was ready.
func (u *usher) start() (time.Duration, error) {
	log, err := os.OpenFile(filepath.Join(u.folder, "server.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, err
	}
	defer log.Close()
	began := time.Now()
	u.server = exec.Command(u.binary, u.settings...) //nolint:gosec // the program that is measured
	u.server.Stdout, u.server.Stderr = log, log
	u.server.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := u.server.Start(); err != nil {
		return 0, fmt.Errorf("start usher: %w", err)
	}
	for time.Since(began) < 30*time.Second {
		if response, err := http.Get("http://" + u.host + "/readyz"); err == nil {
			_ = response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return time.Since(began), nil
			}
		}
		time.Sleep(2 * time.Millisecond)
	}
	text, _ := os.ReadFile(log.Name())
	return 0, fmt.Errorf("usher is not ready: %s", text)
}

func (u *usher) stop() error {
	if u.server == nil {
		return nil
	}
	_ = u.server.Process.Signal(syscall.SIGTERM)
	err := u.server.Wait()
	u.server = nil
	return err
}

// discard stops the server and deletes its data.
func (u *usher) discard() error { return errors.Join(u.stop(), u.drop(), os.RemoveAll(u.folder)) }

func (u *usher) use() process.Use { return process.Read(u.server.Process.Pid) }

func (u *usher) memoryKB() int { return process.MemoryKB(u.server.Process.Pid) }

// settle waits until the server rests: until it uses less than a twentieth of a processor, at most half a minute.
func (u *usher) settle() {
	const pause, most = 250 * time.Millisecond, 30 * time.Second
	for range most / pause {
		before := u.use()
		time.Sleep(pause)
		if u.use().ServerSince(before) < float64(pause.Microseconds())/20 {
			return
		}
	}
}

// rest is the server's use when a step begins, and what it uses each second without any step: the answers to pings, above all.
type rest struct {
	use  process.Use
	idle float64 // µs a second
}

func (u *usher) rest() rest {
	u.settle()
	before := u.use()
	time.Sleep(1500 * time.Millisecond)
	after := u.use()
	return rest{after, after.ServerSince(before) / after.At.Sub(before.At).Seconds()}
}

// costSince waits until the server rests, and returns the processor time that it used since then for the step, in µs.
func (u *usher) costSince(start rest) float64 {
	u.settle()
	now := u.use()
	return max(0, now.ServerSince(start.use)-start.idle*now.At.Sub(start.use.At).Seconds())
}
