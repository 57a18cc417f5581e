//go:build linux

package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

// peer is another server that answers the same requests. It prints its address once it listens.
type peer struct {
	name    string
	command *exec.Cmd
	host    string
}

func startPeer(name, folder string, program ...string) (*peer, error) {
	p := &peer{name: name, command: exec.Command(program[0], program[1:]...)} //nolint:gosec // programs of this repository
	p.command.Dir, p.command.Stderr = folder, os.Stderr
	p.command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if _, err := p.command.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := p.command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.command.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s does not start: %w", name, err), p.stop())
	}
	p.host = strings.TrimSpace(address)
	return p, nil
}

func (p *peer) stop() error {
	_ = p.command.Process.Kill()
	_ = p.command.Wait() // it was killed
	return nil
}

// installMercurius installs the peer's packages outside of the source, and returns their folder.
func installMercurius(folder string) (string, error) {
	folder = filepath.Join(folder, "mercurius")
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return "", err
	}
	for _, name := range []string{"package.json", "package-lock.json", "server.js"} {
		text, err := os.ReadFile(filepath.Join("bench/site/peer-mercurius", name))
		if err != nil {
			return "", err
		}
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o600); err != nil {
			return "", err
		}
	}
	if _, err := os.Stat(filepath.Join(folder, "node_modules/mercurius")); err == nil {
		return folder, nil
	}
	install := exec.Command("npm", "ci", "--no-fund", "--no-audit", "--loglevel=error", "--ignore-scripts")
	install.Dir = folder
	if out, err := install.CombinedOutput(); err != nil {
		return "", fmt.Errorf("npm ci: %w: %s", err, out)
	}
	return folder, nil
}
