//go:build linux

// Command crowd measures a whole session with the app's own documents: a crowd of people looks at links, redeems them, waits for the
// start, enters and stays until the end. It runs the built program with a database of its own, and lets load processes act as the pages
// do. It prints tables in Markdown. Run it in the repository's root:
//
//	go run ./bench/crowd
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"usher/bench/process"
	"usher/bench/program"
)

// config is what a run is to do.
type config struct {
	sizes                  string
	usher, folder          string
	json, read, charts     string
	postgres, behind, load bool
	entering, talking      bool
	voting                 bool
	metrics                int
	servers                int
	files                  int // that a process may open
}

func main() {
	var c config
	flag.StringVar(&c.sizes, "n", "500,2000", "how many people, separated by commas; 19,000 need ulimit -Hn of 20,000 or more")
	flag.StringVar(&c.usher, "usher", "", "the program, if it is built already")
	flag.BoolVar(&c.postgres, "postgres", false, "use PostgreSQL on this machine instead of SQLite")
	flag.IntVar(&c.servers, "servers", 1, "how many servers the site has; several need -postgres")
	flag.BoolVar(&c.entering, "entering", false, "measure only what leads to the start, and everyone's entry after it")
	flag.BoolVar(&c.talking, "talking", false, "measure only what leads to the room, and what people say there")
	flag.BoolVar(&c.voting, "voting", false, "measure only what leads to the room, and a poll there")
	flag.IntVar(&c.metrics, "metrics", 0, "measure only what metrics cost: this many times, events without metrics and with them, and print the ratio")
	flag.BoolVar(&c.behind, "behind", false, "after the restart, let everyone come back from before the others came")
	flag.StringVar(&c.json, "json", "", "file for the results")
	flag.StringVar(&c.read, "read", "", "print the results of this file, and measure nothing")
	flag.StringVar(&c.charts, "charts", "", "folder for the charts")
	flag.BoolVar(&c.load, "load", false, "be a load process; crowd starts them itself")
	flag.Parse()
	if err := run(context.Background(), c); err != nil {
		fmt.Fprintln(os.Stderr, "crowd:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, c config) (err error) {
	if c.load {
		return runLoad(os.Stdin, os.Stdout)
	}
	found := results{When: time.Now().UTC(), Database: "SQLite", Machine: program.Machine(), Version: program.Version()}
	if c.postgres {
		found.Database = "PostgreSQL"
	}
	if c.servers < 1 || c.servers > 1 && !c.postgres {
		return errors.New("-servers: several servers need -postgres")
	}
	if c.servers > 1 {
		found.Database += fmt.Sprintf(" with %d servers", c.servers)
	}
	if c.read != "" {
		if err := program.Load(c.read, &found); err != nil {
			return err
		}
		return found.show(c)
	}
	if c.files, err = process.AllowFiles(); err != nil {
		return err
	}
	if c.folder, err = filepath.Abs(".bin/crowd"); err != nil {
		return err
	}
	if err := os.MkdirAll(c.folder, 0o750); err != nil {
		return err
	}
	if c.usher == "" {
		if c.usher, err = program.Build(c.folder); err != nil {
			return err
		}
	}
	for text := range strings.SplitSeq(c.sizes, ",") {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			return fmt.Errorf("-n: %q is no number of people", text)
		}
		if requestsFor(c, n) < fewestRequests {
			return fmt.Errorf("%d people are too many for %d open files: raise the hard limit (ulimit -Hn)", n, c.files)
		}
		size, err := measure(ctx, c, n)
		if len(size.Steps) > 0 {
			found.Sizes = append(found.Sizes, size)
		}
		if err != nil {
			return errors.Join(fmt.Errorf("%d people: %w", n, err), found.show(c))
		}
	}
	return found.show(c)
}

// show prints the tables, and writes the files that were asked for.
func (r results) show(c config) error {
	var faults []error
	if c.json != "" && c.read == "" {
		faults = append(faults, program.Save(c.json, r))
	}
	if c.charts != "" {
		faults = append(faults, r.draw(c.charts))
	}
	r.print(os.Stdout)
	return errors.Join(faults...)
}
