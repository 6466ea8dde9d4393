//go:build !headless

package desktop

import (
	"log/slog"
	"sync/atomic"

	"github.com/godbus/dbus/v5"
)

// watcherName is who shows trays, on the session bus; on a desktop without a tray nobody
// has that name.
const watcherName = "org.kde.StatusNotifierWatcher"

// session is the desktop's session bus, as far as the window talks to it itself. The
// zero value is a computer without one.
type session struct {
	bus  *dbus.Conn
	tray atomic.Bool // the desktop shows a tray just now
}

// openSession finds the bus. Without one there are neither tray nor notifications; the
// log says so once.
func openSession(log *slog.Logger) *session {
	bus, err := dbus.ConnectSessionBus()
	if err != nil {
		log.Info("this desktop has no session bus: no tray, no notifications", "err", err)
		return &session{}
	}
	return &session{bus: bus}
}

// watchTray keeps tray up to date until the bus is closed, and tells gone when the
// desktop has a tray no longer.
func (s *session) watchTray(gone func()) error {
	if s.bus == nil {
		return nil
	}
	signals := make(chan *dbus.Signal, 16)
	s.bus.Signal(signals)
	if err := s.bus.AddMatchSignal(dbus.WithMatchInterface("org.freedesktop.DBus"), dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, watcherName)); err != nil {
		return err
	}
	var there bool
	if err := s.bus.BusObject().Call("org.freedesktop.DBus.NameHasOwner", 0, watcherName).Store(&there); err != nil {
		return err
	}
	s.tray.Store(there)
	go func() {
		for signal := range signals { // closed with the bus
			if there, ok := watcherChanged(signal); ok && s.tray.Swap(there) && !there {
				gone()
			}
		}
		if s.tray.Swap(false) {
			gone()
		}
	}()
	return nil
}

// watcherChanged reads whether there is somebody who shows trays, now.
func watcherChanged(s *dbus.Signal) (there, ok bool) {
	if s.Name != "org.freedesktop.DBus.NameOwnerChanged" || len(s.Body) != 3 {
		return false, false
	}
	name, isName := s.Body[0].(string)
	owner, isOwner := s.Body[2].(string)
	return owner != "", isName && isOwner && name == watcherName
}

// close ends what goes on over the bus. Closing again is harmless.
func (s *session) close() {
	if s.bus != nil {
		_ = s.bus.Close() // the desktop notices by itself
	}
}
