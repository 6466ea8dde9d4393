//go:build !headless

package desktop

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"ringback/ui"
)

// computer is what the window asks of the computer. It keeps the program in the list of
// those that start at login by a small entry of its own: the library for that writes paths
// with $ and % so that they are read as something else, and needs C on Windows.
type computer struct {
	command func() ([]string, error) // that starts the program as it was started now
	awake   awake
}

var _ ui.Computer = (*computer)(nil)

func newComputer(args []string) *computer {
	return &computer{command: func() ([]string, error) {
		program, err := program(os.Getenv)
		return append([]string{program}, args...), err
	}}
}

// program is the file that is started. An AppImage runs from a place that is gone with it.
func program(env func(string) string) (string, error) {
	if image := env("APPIMAGE"); image != "" {
		return image, nil
	}
	return os.Executable()
}

func (c *computer) StartAlong(on bool) error {
	if !on {
		return leaveLogin()
	}
	command, err := c.command()
	if err != nil {
		return fmt.Errorf("start at login: %w", err)
	}
	for _, word := range command {
		if strings.ContainsAny(word, "\n\r\x00") {
			return errors.New("start at login: a path or a flag has a line break in it")
		}
	}
	return joinLogin(command)
}

func (c *computer) StartsAlong() (bool, error) { return atLogin() }

func (c *computer) StayAwake(on bool) error { return c.awake.set(on) }
