//go:build !headless

package desktop

import (
	"errors"
	"fmt"
	"syscall"

	"golang.org/x/sys/windows/registry"
)

// runKey names what Windows starts when this user logs in.
const runKey = `Software\Microsoft\Windows\CurrentVersion\Run`

func joinLogin(command []string) error {
	line := ""
	for i, word := range command {
		if i > 0 {
			line += " "
		}
		line += syscall.EscapeArg(word)
	}
	return onRunKey(func(key registry.Key) error { return key.SetStringValue(appName, line) })
}

func leaveLogin() error {
	return onRunKey(func(key registry.Key) error {
		if err := key.DeleteValue(appName); err != nil && !errors.Is(err, registry.ErrNotExist) {
			return err
		}
		return nil
	})
}

func atLogin() (on bool, err error) {
	err = onRunKey(func(key registry.Key) error {
		_, _, err := key.GetStringValue(appName)
		if errors.Is(err, registry.ErrNotExist) {
			return nil
		}
		on = err == nil
		return err
	})
	return on, err
}

func onRunKey(do func(registry.Key) error) error {
	key, _, err := registry.CreateKey(registry.CURRENT_USER, runKey, registry.QUERY_VALUE|registry.SET_VALUE)
	if err == nil {
		err = errors.Join(do(key), key.Close())
	}
	if err != nil {
		return fmt.Errorf("start at login: %w", err)
	}
	return nil
}
