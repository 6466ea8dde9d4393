//go:build !headless && !windows && !darwin

package desktop

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// along is a computer whose user's files are in a directory of the test's.
func along(t *testing.T, command ...string) (c *computer, entry string) {
	t.Helper()
	config := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", config)
	return &computer{command: func() ([]string, error) { return command, nil }}, filepath.Join(config, "autostart", appID+".desktop")
}

func wantAlong(t *testing.T, c *computer, want bool) {
	t.Helper()
	if got, err := c.StartsAlong(); err != nil || got != want {
		t.Errorf("it starts at login: %v, %v; want %v", got, err, want)
	}
}

func TestTheProgramStartsAtLoginUntilItDoesNot(t *testing.T) {
	c, entry := along(t, "/opt/ringback/ringback", "-data=/home/ann/shop")
	wantAlong(t, c, false)
	for range 2 { // again is harmless
		if err := c.StartAlong(true); err != nil {
			t.Fatal(err)
		}
		wantAlong(t, c, true)
	}
	text, err := os.ReadFile(entry)
	if want := `Exec="/opt/ringback/ringback" "-data=/home/ann/shop"` + "\n"; err != nil || !strings.Contains(string(text), want) {
		t.Errorf("the entry is\n%s%v", text, err)
	}
	for range 2 {
		if err := c.StartAlong(false); err != nil {
			t.Fatal(err)
		}
		wantAlong(t, c, false)
	}
}

func TestAnEntryThatTheDesktopSwitchedOffCountsAsNone(t *testing.T) {
	c, entry := along(t, "ringback")
	if err := c.StartAlong(true); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(entry, os.O_APPEND|os.O_WRONLY, 0)
	if err == nil {
		_, err = f.WriteString("X-GNOME-Autostart-enabled=false\n")
		_ = f.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	wantAlong(t, c, false)
}

func TestAPathIsStartedLetterByLetter(t *testing.T) {
	for word, want := range map[string]string{
		`/opt/ann's shop/ringback`: `"/opt/ann's shop/ringback"`,
		`/opt/100%/ringback`:       `"/opt/100%%/ringback"`,
		`/opt/$HOME/ringback`:      `"/opt/\\$HOME/ringback"`,
		`/opt/a"b\c/ringback`:      `"/opt/a\\"b\\\\c/ringback"`,
	} {
		if got := execWord(word); got != want {
			t.Errorf("%s is %s, want %s", word, got, want)
		}
	}
	c, _ := along(t, "/opt/a\nHidden=true")
	if err := c.StartAlong(true); err == nil {
		t.Error("a line break gets into the entry")
	}
}

func TestAnAppImageIsStartedByItsOwnName(t *testing.T) {
	got, err := program(func(string) string { return "/home/ann/Ringback.AppImage" })
	if err != nil || got != "/home/ann/Ringback.AppImage" {
		t.Errorf("started is %s, %v", got, err)
	}
}

func TestWithoutLogindTheComputerIsNotKeptAwakeAndThatIsSaid(t *testing.T) {
	t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", noBus)
	var c computer
	if err := c.StayAwake(true); err == nil {
		t.Error("nobody was told")
	}
	if err := c.StayAwake(false); err != nil {
		t.Errorf("it was not, and ends with %v", err)
	}
}
