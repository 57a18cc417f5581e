package livetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// ErrAbsent says that PostgreSQL is not on this machine.
var ErrAbsent = errors.New("postgres and initdb are neither on the path nor in /usr/lib/postgresql")

// Cluster is a private PostgreSQL server in a temporary folder, reached by a socket in it. It holds nothing back for
// durability. Stop ends it and removes the folder; so does the end of the process, however that comes.
type Cluster struct {
	dir  string
	held io.WriteCloser // while it is open the server runs
	exit chan error
	mu   sync.Mutex
	made int
}

// shared is the cluster of this process: it ends with it.
var shared = sync.OnceValues(func() (*Cluster, error) { return Start(context.Background()) })

// keep runs the server in the folder $1, anew at each line of its own standard input, until that ends; then it removes the folder.
const keep = `run() {
	"$0" -D "$1/data" -k "$1" -c listen_addresses= -c fsync=off -c full_page_writes=off \
		-c max_connections=200 -c deadlock_timeout=50ms >>"$1/log" 2>&1 </dev/null &
}
end() { kill -INT $!; wait $!; }
run "$1"; while read -r _; do end; run "$1"; done; end; rm -rf "$1"`

// Start makes a cluster and waits until it answers. Returns ErrAbsent where there is no PostgreSQL.
func Start(ctx context.Context) (*Cluster, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("/tmp", "usher-pg-") // short: the path of a socket has 107 bytes at most
	if err != nil {
		return nil, fmt.Errorf("make folder: %w", err)
	}
	c := &Cluster{dir: dir, exit: make(chan error, 1)}
	as, err := ordinary(dir)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	// A language of its own, so that texts that were compared by the database's rules would show.
	make := exec.CommandContext(ctx, filepath.Join(bin, "initdb"), "-D", dir+"/data", "-U", "usher", "-N", "--auth=trust",
		"--encoding=UTF8", "--locale-provider=icu", "--icu-locale=en-US", "--locale=C")
	make.SysProcAttr, make.Dir = as, dir
	if out, err := make.CombinedOutput(); err != nil {
		return nil, errors.Join(fmt.Errorf("make cluster: %w: %s", err, bytes.TrimSpace(out)), os.RemoveAll(dir))
	}
	server := exec.Command("/bin/sh", "-c", keep, filepath.Join(bin, "postgres"), dir)
	server.SysProcAttr, server.Dir = as, dir
	if c.held, err = server.StdinPipe(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	if err := server.Start(); err != nil {
		return nil, errors.Join(fmt.Errorf("start cluster: %w", err), os.RemoveAll(dir))
	}
	go func() { c.exit <- server.Wait() }()
	return c, c.until(ctx, func() error { return c.exec(ctx, "SELECT 1") })
}

// Stop ends the server and waits until its folder is gone.
func (c *Cluster) Stop() error { return errors.Join(c.held.Close(), <-c.exit) }

// Restart ends the server, with all connections to it, and starts it again. It returns when the new one answers.
func (c *Cluster) Restart(ctx context.Context) error {
	before, err := c.since(ctx)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(c.held, "\n"); err != nil {
		return fmt.Errorf("restart cluster: %w", err)
	}
	return c.until(ctx, func() error {
		since, err := c.since(ctx)
		if err == nil && since.Equal(before) {
			err = errors.New("it is still the old one")
		}
		return err
	})
}

// since is when the server was started.
func (c *Cluster) since(ctx context.Context) (at time.Time, err error) {
	conn, err := pgx.Connect(ctx, c.URL("postgres"))
	if err != nil {
		return at, err
	}
	defer conn.Close(ctx)
	err = conn.QueryRow(ctx, "SELECT pg_postmaster_start_time()").Scan(&at)
	return at, err
}

// URL is that of one of its databases.
func (c *Cluster) URL(database string) string {
	return "postgres:///" + database + "?" + url.Values{"host": {c.dir}, "user": {"usher"}}.Encode()
}

// Create makes an empty database; drop removes it, whoever is connected.
func (c *Cluster) Create(ctx context.Context) (databaseURL string, drop func(context.Context) error, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.made++
	name := fmt.Sprintf("t%d", c.made)
	if err := c.exec(ctx, "CREATE DATABASE "+name); err != nil {
		return "", nil, fmt.Errorf("create database: %w", err)
	}
	return c.URL(name), func(ctx context.Context) error { return c.exec(ctx, "DROP DATABASE "+name+" WITH (FORCE)") }, nil
}

func (c *Cluster) exec(ctx context.Context, statement string) error {
	conn, err := pgx.Connect(ctx, c.URL("postgres"))
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, statement)
	return err
}

// until waits until something succeeds, for half a minute at most.
func (c *Cluster) until(ctx context.Context, succeeds func() error) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	for tick := time.NewTicker(20 * time.Millisecond); ; {
		err := succeeds()
		if err == nil {
			return nil
		}
		select {
		case <-tick.C:
		case ended := <-c.exit:
			return fmt.Errorf("the cluster ended: %w", errors.Join(ended, err))
		case <-ctx.Done():
			return fmt.Errorf("the cluster does not answer: %w", err)
		}
	}
}

// programs returns the folder of PostgreSQL's programs, the newest where there are several.
func programs() (string, error) {
	folders, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	slices.SortFunc(folders, func(a, b string) int { return version(b) - version(a) })
	if initdb, err := exec.LookPath("initdb"); err == nil {
		folders = append(folders, filepath.Dir(initdb))
	}
	for _, folder := range folders {
		if _, err := exec.LookPath(filepath.Join(folder, "postgres")); err == nil {
			return folder, nil
		}
	}
	return "", ErrAbsent
}

func version(bin string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(bin)))
	return n
}

// ordinary says as whom the server runs, which refuses to as root: then it is the user postgres, whose the folder becomes.
func ordinary(dir string) (*syscall.SysProcAttr, error) {
	as := &syscall.SysProcAttr{Setpgid: true} // an interrupt at the terminal is for the tests
	if os.Getuid() != 0 {
		return as, nil
	}
	who, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("find somebody to run as: %w", err)
	}
	uid, err := strconv.Atoi(who.Uid)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.Atoi(who.Gid)
	if err != nil {
		return nil, err
	}
	as.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return as, os.Chown(dir, uid, gid)
}
