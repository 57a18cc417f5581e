package livetest

import (
	"bufio"
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

// ErrAbsent means that PostgreSQL is not installed.
var ErrAbsent = errors.New("postgres and initdb are neither on the path nor in /usr/lib/postgresql")

// Cluster is a private PostgreSQL server in a temporary folder, with a socket there. It does not wait for the disk. Stop ends it and
// removes the folder. So does the end of the process, however it ends.
type Cluster struct {
	dir  string
	held io.WriteCloser // the server runs while it is open
	says *bufio.Reader
	exit chan error
	mu   sync.Mutex
	made int
}

// shared is this process's cluster, which ends with the process.
var shared = sync.OnceValues(func() (*Cluster, error) { return Start(context.Background()) })

// keep runs the server until its own standard input ends, then removes the folder $1. A line with the name of a signal stops the
// server, and is answered when the server has stopped. The line "start" starts it again.
const keep = `start() {
	"$0" -D "$1/data" -k "$1" -c listen_addresses= -c fsync=off -c full_page_writes=off \
		-c wal_level=minimal -c max_wal_senders=0 -c max_connections=200 -c deadlock_timeout=50ms >>"$1/log" 2>&1 </dev/null &
}
start "$1"
while read -r what; do
	if [ "$what" = start ]; then start "$1"; else kill "-$what" $!; wait $!; echo gone; fi
done
kill -INT $! 2>/dev/null; wait $!; rm -rf "$1"`

// Start creates a cluster and waits until it responds. It returns ErrAbsent without PostgreSQL.
func Start(ctx context.Context) (*Cluster, error) {
	bin, err := Programs()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("/tmp", "usher-pg-") // short, because a socket's path has at most 107 bytes
	if err != nil {
		return nil, fmt.Errorf("make folder: %w", err)
	}
	c := &Cluster{dir: dir, exit: make(chan error, 1)}
	as, err := ordinary(dir)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	// An unusual language, so that texts compared by the database's rules are noticed.
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
	out, err := server.StdoutPipe()
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	c.says = bufio.NewReader(out)
	if err := server.Start(); err != nil {
		return nil, errors.Join(fmt.Errorf("start cluster: %w", err), os.RemoveAll(dir))
	}
	go func() { c.exit <- server.Wait() }()
	return c, c.answers(ctx)
}

// Stop ends the server and waits until its folder is removed.
func (c *Cluster) Stop() error { return errors.Join(c.held.Close(), <-c.exit) }

// Away stops the server by a signal and returns when it has stopped. INT breaks connections and rolls back, QUIT stops at once like a
// crash. The data is still there after Back.
func (c *Cluster) Away(signal string) error {
	if _, err := io.WriteString(c.held, signal+"\n"); err != nil {
		return err
	}
	_, err := c.says.ReadString('\n')
	return err
}

// Back starts the server again and waits until it responds.
func (c *Cluster) Back(ctx context.Context) error {
	if _, err := io.WriteString(c.held, "start\n"); err != nil {
		return err
	}
	return c.answers(ctx)
}

// URL returns the URL of one of its databases.
func (c *Cluster) URL(database string) string {
	return "postgres:///" + database + "?" + url.Values{"host": {c.dir}, "user": {"usher"}}.Encode()
}

// Create creates an empty database. drop removes it, even with open connections.
func (c *Cluster) Create(ctx context.Context) (databaseURL string, drop func(context.Context) error, err error) {
	return c.create(ctx, "template1")
}

// create creates a database like another one, which nobody may use meanwhile.
func (c *Cluster) create(ctx context.Context, like string) (databaseURL string, drop func(context.Context) error, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.made++
	name := fmt.Sprintf("t%d", c.made)
	if err := c.exec(ctx, "CREATE DATABASE "+name+" TEMPLATE "+like); err != nil {
		return "", nil, fmt.Errorf("create database: %w", err)
	}
	return c.URL(name), func(ctx context.Context) error { return c.exec(ctx, "DROP DATABASE "+name+" WITH (FORCE)") }, nil
}

// Log returns the file of the server's log.
func (c *Cluster) Log() string { return filepath.Join(c.dir, "log") }

func (c *Cluster) exec(ctx context.Context, statement string) error {
	return execute(ctx, c.URL("postgres"), statement)
}

// execute runs statements by a connection of their own.
func execute(ctx context.Context, databaseURL, statement string) error {
	conn, err := pgx.Connect(ctx, databaseURL)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, statement)
	return err
}

// answers waits up to half a minute until the server responds.
func (c *Cluster) answers(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	for tick := time.NewTicker(20 * time.Millisecond); ; {
		err := c.exec(ctx, "SELECT 1")
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

// Dump returns what pg_dump, the backup of PostgreSQL, writes of a database as text.
func Dump(ctx context.Context, databaseURL string) ([]byte, error) {
	bin, err := Programs()
	if err != nil {
		return nil, err
	}
	dump, err := exec.CommandContext(ctx, filepath.Join(bin, "pg_dump"), "--dbname="+databaseURL).Output()
	if err != nil {
		return nil, fmt.Errorf("dump database: %w", err)
	}
	return dump, nil
}

// Programs returns the folder of PostgreSQL's programs, of the newest version if there are several.
func Programs() (string, error) {
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

// ordinary returns the user that runs the server, which refuses to run as root. For root it returns the user postgres, who gets the
// folder.
func ordinary(dir string) (*syscall.SysProcAttr, error) {
	as := &syscall.SysProcAttr{Setpgid: true} // an interrupt at the terminal goes to the tests only
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
