//go:build !headless

package desktop

import (
	"os"
	"path/filepath"
	"testing"
)

func TestASessionBusIsFound(t *testing.T) {
	with, without := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(with, "bus"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name string
		env  map[string]string
		want bool
	}{
		{"by its address", map[string]string{"DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/bus"}, true},
		{"at the place where systemd puts it", map[string]string{"XDG_RUNTIME_DIR": with}, true},
		{"not in a folder without one", map[string]string{"XDG_RUNTIME_DIR": without}, false},
		{"not where nothing is set", nil, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := hasBus(func(key string) string { return c.env[key] }); got != c.want {
				t.Errorf("found: %v, want %v", got, c.want)
			}
		})
	}
}

func TestWithoutABusNoneIsStarted(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	keepBusAway()
	if got := os.Getenv("DBUS_SESSION_BUS_ADDRESS"); got != noBus {
		t.Errorf("the bus is looked for at %q, want %q", got, noBus)
	}
}

func TestABusThatIsThereIsUsed(t *testing.T) {
	const there = "unix:path=/run/bus"
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", there)
	keepBusAway()
	if got := os.Getenv("DBUS_SESSION_BUS_ADDRESS"); got != there {
		t.Errorf("the bus is looked for at %q, want %q", got, there)
	}
}
