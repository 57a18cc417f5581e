//go:build linux

// Command site measures what does not depend on a crowd in one room: asking who one is, redeeming, starting a large site, coming back
// after a restart, a long list, and one command. It runs the built program with a database of its own, and prints tables in Markdown.
// Run it in the repository's root:
//
//	go run ./bench/site
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"usher/bench/process"
	"usher/bench/program"
)

// config is what a run is to do.
type config struct {
	only, usher, folder         string
	json, read                  string
	constant                    string // what a child process is to answer; see constant.go
	users, invitations, clients int
	rounds                      int
}

// parts are the measurements in the order of the table.
var parts = []struct {
	name string
	run  func(context.Context, config) ([]figure, error)
}{
	{"me", measureMe},
	{"redeem", measureRedeem},
	{"start", measureStart},
	{"resume", measureResume},
	{"list", measureList},
	{"role", measureRole},
	{"many", measureMany},
	{"mails", measureMails},
	{"sending", measureSending},
}

func main() {
	var c config
	flag.StringVar(&c.only, "only", "", "parts to measure, separated by commas: "+strings.Join(names(), ", "))
	flag.StringVar(&c.usher, "usher", "", "the program, if it is built already")
	flag.StringVar(&c.json, "json", "", "file for the results")
	flag.StringVar(&c.read, "read", "", "print the results of this file, and measure nothing")
	flag.IntVar(&c.users, "users", 1_000_000, "start: accounts of the site")
	flag.IntVar(&c.invitations, "invitations", 100_000, "start: invitations of the site")
	flag.IntVar(&c.clients, "clients", 5_000, "resume, sending: pages that come back, or follow a room")
	flag.IntVar(&c.rounds, "rounds", 5, "me: rounds, in each of which all servers answer one after the other")
	flag.StringVar(&c.constant, "constant", "", "answer all requests with this text; site starts such a process itself")
	flag.Parse()
	if err := run(context.Background(), c); err != nil {
		fmt.Fprintln(os.Stderr, "site:", err)
		os.Exit(1)
	}
}

func names() (all []string) {
	for _, part := range parts {
		all = append(all, part.name)
	}
	return all
}

func run(ctx context.Context, c config) (err error) {
	if c.constant != "" {
		return answerAll(c.constant)
	}
	if c.read != "" {
		var found results
		err := program.Load(c.read, &found)
		found.print(os.Stdout)
		return err
	}
	chosen := names()
	if c.only != "" {
		chosen = strings.Split(c.only, ",")
	}
	for _, name := range chosen {
		if !slices.Contains(names(), name) {
			return fmt.Errorf("-only: there is no part %q: %s", name, strings.Join(names(), ", "))
		}
	}
	if files, err := process.AllowFiles(); err != nil || files < 2*c.clients+1000 {
		return errors.Join(err, fmt.Errorf("%d clients need %d open files, %d are allowed: raise the hard limit (ulimit -Hn)", c.clients, 2*c.clients+1000, files))
	}
	if c.folder, err = filepath.Abs(".bin/site"); err != nil {
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
	found := results{When: time.Now().UTC(), Machine: program.Machine(), Version: program.Version()}
	var faults []error
	for _, part := range parts {
		if !slices.Contains(chosen, part.name) {
			continue
		}
		figures, err := part.run(ctx, c)
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", part.name, err))
		}
		for _, one := range figures {
			fmt.Fprintln(os.Stderr, one.row())
		}
		found.Figures = append(found.Figures, figures...)
	}
	if c.json != "" {
		faults = append(faults, program.Save(c.json, found))
	}
	found.print(os.Stdout)
	return errors.Join(faults...)
}
