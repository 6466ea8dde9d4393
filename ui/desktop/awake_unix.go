//go:build !headless && !windows && !darwin

package desktop

import (
	"context"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/godbus/dbus/v5"
)

// awake keeps logind from letting the computer sleep by itself; its user still can, and is
// told who is against it. The lock is a file that is held open: it ends with the program,
// however that ends. The zero value lets it sleep.
type awake struct {
	mu   sync.Mutex
	lock *os.File
}

// answersIn is how long the desktop's services may take.
const answersIn = 5 * time.Second

func (a *awake) set(on bool) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	switch {
	case on == (a.lock != nil):
		return nil
	case !on:
		err := a.lock.Close()
		a.lock = nil
		return err
	}
	var err error
	if a.lock, err = inhibit(); err != nil {
		return fmt.Errorf("keep the computer awake: %w", err)
	}
	return nil
}

func inhibit() (*os.File, error) {
	ctx, stop := context.WithTimeout(context.Background(), answersIn)
	defer stop()
	bus, err := dbus.ConnectSystemBus(dbus.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	defer func() { _ = bus.Close() }()
	var lock dbus.UnixFD
	err = bus.Object("org.freedesktop.login1", "/org/freedesktop/login1").CallWithContext(ctx,
		"org.freedesktop.login1.Manager.Inhibit", 0, "sleep:idle", appName, "The shop is open", "block").Store(&lock)
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(lock), "sleep lock"), nil
}
