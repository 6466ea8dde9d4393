//go:build !headless && !windows && !darwin

package desktop

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// playing is a computer whose players are scripts of the test's, each by its name and what
// it exits with; what they were asked to play stands in the file.
func playing(t *testing.T, players map[string]string) (s *sounds, asked func() string) {
	t.Helper()
	dir := t.TempDir()
	noted := filepath.Join(dir, "noted")
	for name, exits := range players {
		script := "#!/bin/sh\necho " + name + " \"$@\" >> '" + noted + "'\nexit " + exits + "\n"
		if err := os.WriteFile(filepath.Join(dir, name), []byte(script), 0o700); err != nil { //nolint:gosec // a program must be one
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
	s = &sounds{dir: filepath.Join(dir, "cache", "sounds")}
	return s, func() string {
		b, err := os.ReadFile(noted)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
		return strings.ReplaceAll(string(b), s.dir+"/", "")
	}
}

func TestTheFirstPlayerThatTakesASoundPlaysIt(t *testing.T) {
	for _, c := range []struct {
		name    string
		players map[string]string
		asked   string
	}{
		{"PipeWire's comes first", map[string]string{"pw-play": "0", "paplay": "0", "aplay": "0"}, "pw-play bell.wav\n"},
		{"one whose sound system does not run is passed over", map[string]string{"pw-play": "1", "paplay": "1", "aplay": "0"},
			"pw-play bell.wav\npaplay bell.wav\naplay -q bell.wav\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, asked := playing(t, c.players)
			if err := s.play(bell); err != nil {
				t.Fatal(err)
			}
			if got := asked(); got != c.asked {
				t.Errorf("asked for\n%swant\n%s", got, c.asked)
			}
		})
	}
}

func TestAComputerThatPlaysNothingSaysSo(t *testing.T) {
	s, _ := playing(t, nil)
	if err := s.play(bell); !errors.Is(err, errNoPlayer) {
		t.Errorf("without a player it says %v", err)
	}
	s, _ = playing(t, map[string]string{"aplay": "1"})
	if err := s.play(bell); err == nil || !strings.Contains(err.Error(), "play the sound bell: aplay: exit status 1") {
		t.Errorf("with one that fails it says %v", err)
	}
}

func TestASoundOfAnotherVersionIsReplaced(t *testing.T) {
	s, _ := playing(t, nil)
	for _, want := range []string{"RIFF", "RIFX"} {
		path, err := s.file(sound(want))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != want {
			t.Errorf("the file has %q, %v", got, err)
		}
	}
}
