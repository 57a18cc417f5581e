//go:build linux

// Command load opens N connections that subscribe over graphql-transport-ws. It makes events one by one, then in a burst, and reports
// how long each took to reach all and what it cost the server. With -table it prints a file of reports as Markdown.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"usher/bench/process"
)

// config is one measurement. In what a connection sends, {{i}} is replaced by its number and {{v}} by its line of the file of values.
// In the mutation's variables, {{k}} is replaced by the number of the event.
type config struct {
	label, url, init, query, variables, sequence, values string
	mutation, mutationVariables                          string
	headers, triggerHeaders                              list
	n, stalled, events, warm, burst, pid, inflight       int
	gap, timeout, settle, connectTimeout                 time.Duration
	out                                                  string
}

type list []string

func (l *list) String() string     { return strings.Join(*l, ", ") }
func (l *list) Set(s string) error { *l = append(*l, s); return nil }

func main() {
	var c config
	flag.StringVar(&c.label, "label", "", "name of the server in the report")
	flag.StringVar(&c.url, "url", "ws://127.0.0.1:8080/graphql", "where the server is; the trigger is a POST to the same address")
	flag.IntVar(&c.n, "n", 1000, "connections")
	flag.IntVar(&c.stalled, "stalled", 0, "further connections that subscribe and then read nothing")
	flag.StringVar(&c.init, "init", "", "connection_init's payload")
	flag.Var(&c.headers, "header", "header of the upgrade; repeatable")
	flag.StringVar(&c.values, "values", "", "file with a line for each connection")
	flag.StringVar(&c.query, "query", "subscription($r: ID!){ roomEvents(roomId: $r){ __typename seq at roomId role message } }", "document of the subscription")
	flag.StringVar(&c.variables, "variables", `{"r":"r1"}`, "its variables")
	flag.StringVar(&c.sequence, "sequence", "seq", "field that counts the events")
	flag.StringVar(&c.mutation, "mutation", "mutation($r: ID!){ startSession(roomId: $r){ id } }", "document that makes an event")
	flag.StringVar(&c.mutationVariables, "mutation-variables", `{"r":"r1"}`, "its variables")
	flag.Var(&c.triggerHeaders, "mutation-header", "header of the mutation; repeatable")
	flag.IntVar(&c.events, "events", 20, "events measured one after the other")
	flag.IntVar(&c.warm, "warm", 3, "events before that")
	flag.IntVar(&c.burst, "burst", 8, "events after that, back to back")
	flag.IntVar(&c.pid, "pid", 0, "process of the server")
	flag.IntVar(&c.inflight, "inflight", 128, "connections that are being opened at once")
	flag.DurationVar(&c.gap, "gap", 30*time.Millisecond, "pause after an event")
	flag.DurationVar(&c.timeout, "timeout", 15*time.Second, "how long an event may take")
	flag.DurationVar(&c.settle, "settle", 3*time.Second, "idle time before the memory is read")
	flag.DurationVar(&c.connectTimeout, "connect-timeout", 2*time.Minute, "how long connecting may take")
	flag.StringVar(&c.out, "out", "", "file to which the report is appended")
	table := flag.String("table", "", "print the reports of this file as Markdown, and nothing else")
	flag.Parse()
	if err := run(c, *table); err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

func run(c config, table string) error {
	if table != "" {
		return printTable(os.Stdout, table)
	}
	runtime.GOMAXPROCS(2) // one thread receives and one makes events, because the server needs the rest
	debug.SetGCPercent(400)
	if err := needFiles(c.n + c.stalled + 64); err != nil {
		return err
	}
	r, err := measure(c)
	if err != nil {
		return err
	}
	fmt.Println(r)
	if c.out != "" {
		if err := r.append(c.out); err != nil {
			return err
		}
	}
	if r.Connected < r.N || r.Missing+r.BurstMissing+r.Twice > 0 {
		return fmt.Errorf("%d of %d connected, %d deliveries missing, %d twice: %s", r.Connected, r.N, r.Missing+r.BurstMissing, r.Twice, r.FirstError)
	}
	return nil
}

// needFiles raises the limit of open files as far as the system allows.
func needFiles(n int) error {
	allowed, err := process.AllowFiles()
	if err == nil && allowed < n {
		return fmt.Errorf("%d open files are needed and %d allowed: raise the hard limit (ulimit -Hn)", n, allowed)
	}
	return err
}

// report is the result of one measurement. Times are in ms, costs in µs of the server's processor time.
type report struct {
	Label                        string
	Time                         time.Time
	N, Stalled, Connected        int
	ConnectCPU                   float64 // for each connection: connect, authenticate, subscribe
	MemoryKB                     float64 // for each connection, idle
	P50, P99, Last               float64 // medians over the events
	CPU                          float64 // for each delivery
	BurstPerSecond, BurstCPU     float64
	OtherPercent                 float64 // of one processor, used by other programs
	Missing, BurstMissing, Twice int
	Closed                       int64
	FirstError                   string `json:",omitempty"`
}

func (r *report) String() string {
	return fmt.Sprintf("%-14s N=%-6d %6.1f KB/connection  %6.0f µs/connect  p50 %6.1f  p99 %6.1f  last %6.1f ms  %6.2f µs/delivery  burst %7.0f/s (%.2f µs)  others %.0f %%  missing %d twice %d closed %d",
		r.Label, r.N, r.MemoryKB, r.ConnectCPU, r.P50, r.P99, r.Last, r.CPU, r.BurstPerSecond, r.BurstCPU, r.OtherPercent, r.Missing+r.BurstMissing, r.Twice, r.Closed)
}

func (r *report) append(file string) error {
	line, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("encode report: %w", err)
	}
	f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	_, err = f.Write(append(line, '\n'))
	return errors.Join(err, f.Close())
}
