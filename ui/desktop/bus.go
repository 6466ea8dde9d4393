//go:build !headless

package desktop

import (
	"os"
	"path/filepath"
	"runtime"
)

// noBus is an address at which nothing answers.
const noBus = "unix:path=/nonexistent"

// keepBusAway stops Fyne, which asks the desktop's session bus whether it is light or
// dark, from starting a bus where there is none: that dbus-daemon would stay behind
// after the window.
func keepBusAway() {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" || hasBus(os.Getenv) {
		return
	}
	// The only error is a name or a value that can't be in an environment.
	_ = os.Setenv("DBUS_SESSION_BUS_ADDRESS", noBus)
}

// hasBus says whether a session bus can be found: by its address, or at the place
// where systemd puts it.
func hasBus(env func(string) string) bool {
	if env("DBUS_SESSION_BUS_ADDRESS") != "" {
		return true
	}
	dir := env("XDG_RUNTIME_DIR")
	if dir == "" {
		return false
	}
	_, err := os.Stat(filepath.Join(dir, "bus"))
	return err == nil
}
