// Command withpostgres runs a command with its own temporary PostgreSQL server. The command finds the
// URL of an empty database in POSTGRES_URL.
//
//	go run ./live/livetest/withpostgres COMMAND…
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"

	"usher/live/livetest"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: go run ./live/livetest/withpostgres COMMAND…")
		os.Exit(2)
	}
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "withpostgres:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, command []string) (err error) {
	cluster, err := livetest.Start(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, cluster.Stop()) }()
	url, _, err := cluster.Create(ctx)
	if err != nil {
		return err
	}
	c := exec.CommandContext(ctx, command[0], command[1:]...)
	c.Env = append(os.Environ(), "POSTGRES_URL="+url)
	c.Stdin, c.Stdout, c.Stderr = os.Stdin, os.Stdout, os.Stderr
	return c.Run()
}
