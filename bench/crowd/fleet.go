//go:build linux

package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"sync"
	"syscall"

	"usher/bench/program"
)

// perProcess limits the people of one load process.
const perProcess = 5000

// fleet are the load processes. They are this program, started with -load.
type fleet struct {
	processes []*loadProcess
}

type loadProcess struct {
	command  *exec.Cmd
	in       io.WriteCloser
	orders   *json.Encoder
	outcomes *json.Decoder
}

// startFleet starts the processes. Each asks one of the servers.
func startFleet(hosts []string, room string, people []program.Invited, requests int) (*fleet, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	f, each := &fleet{}, min(perProcess, (len(people)-1)/len(hosts)+1)
	for first := 0; first < len(people); first += each {
		p := &loadProcess{command: exec.Command(self, "-load")} //nolint:gosec // this program
		p.command.Stderr = os.Stderr
		p.command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
		if p.in, err = p.command.StdinPipe(); err != nil {
			return f, err
		}
		out, err := p.command.StdoutPipe()
		if err != nil {
			return f, err
		}
		if err := p.command.Start(); err != nil {
			return f, fmt.Errorf("start load process: %w", err)
		}
		p.orders, p.outcomes = json.NewEncoder(p.in), json.NewDecoder(out)
		f.processes = append(f.processes, p)
		some, host := people[first:min(first+each, len(people))], hosts[(len(f.processes)-1)%len(hosts)]
		if err := p.orders.Encode(crowd{Site: hosts[0], Host: host, Room: room, First: first, Requests: requests, People: some}); err != nil {
			return f, fmt.Errorf("start load process: %w", err)
		}
	}
	return f, nil
}

// stop ends the processes.
func (f *fleet) stop() {
	for _, p := range f.processes {
		_ = p.in.Close()
		_ = p.command.Process.Kill()
		_ = p.command.Wait()
	}
}

// do has all processes carry out an order and joins their outcomes. AtOnce is divided among them.
func (f *fleet) do(o order) (outcome, error) {
	o.AtOnce = max(1, o.AtOnce/len(f.processes))
	outcomes, faults := make([]outcome, len(f.processes)), make([]error, len(f.processes))
	var all sync.WaitGroup
	for i, p := range f.processes {
		all.Go(func() {
			if faults[i] = p.orders.Encode(o); faults[i] == nil {
				faults[i] = p.outcomes.Decode(&outcomes[i])
			}
		})
	}
	all.Wait()
	joined := outcome{}
	for _, one := range outcomes {
		joined.join(one)
	}
	slices.Sort(joined.Times)
	if err := errors.Join(faults...); err != nil {
		return joined, fmt.Errorf("%s: %w", o.Do, err)
	}
	return joined, nil
}

// join adds the outcome of others.
func (o *outcome) join(one outcome) {
	o.Times = append(o.Times, one.Times...)
	o.Places = append(o.Places, one.Places...)
	o.Faults += one.Faults
	o.Missing += one.Missing
	o.Heard, o.Twice = o.Heard+one.Heard, o.Twice+one.Twice
	if o.Late == nil {
		o.Late = map[int]int{}
	}
	for late, n := range one.Late {
		o.Late[late] += n
	}
	o.Message, o.Fault = cmp.Or(o.Message, one.Message), cmp.Or(o.Fault, one.Fault)
	if o.Refused == nil {
		o.Refused = map[string]int{}
	}
	for code, n := range one.Refused {
		o.Refused[code] += n
	}
}
