//go:build unix

package command

import (
	"os/exec"
	"syscall"
)

// apart keeps the terminal's Ctrl-C from the command.
func apart(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Setsid: true} }
