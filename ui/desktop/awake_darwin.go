//go:build !headless

package desktop

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"sync"
)

// awake keeps macOS from sleeping by itself, through a program of its own that ends with
// this one. The zero value lets it sleep.
type awake struct {
	mu   sync.Mutex
	held *exec.Cmd
}

func (a *awake) set(on bool) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	switch {
	case on == (a.held != nil):
		return nil
	case !on:
		err := a.held.Process.Kill()
		_ = a.held.Wait() // it was ended
		a.held = nil
		return err
	}
	held := exec.Command("caffeinate", "-i", "-w", strconv.Itoa(os.Getpid())) //nolint:noctx // it lives as long as the program
	if err := held.Start(); err != nil {
		return fmt.Errorf("keep the computer awake: %w", err)
	}
	a.held = held
	return nil
}
