package shop_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// built is where what these tests build stands; TestMain removes it.
var built string

// program builds the program as a bare server has it, once, and returns its path.
var program = sync.OnceValues(func() (string, error) {
	path := filepath.Join(built, "ringback")
	build := exec.Command("go", "build", "-tags", "headless,timberjack_nozstd", "-o", path, "ringback")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return "", errors.New(string(out))
	}
	return path, nil
})

// command runs the program to its end.
func command(t *testing.T, args ...string) (status int, out, errs string) {
	t.Helper()
	return commandIn(t, nil, args...)
}

// commandIn runs it in an environment of its own; nil: in the tests'.
func commandIn(t *testing.T, env []string, args ...string) (status int, out, errs string) {
	t.Helper()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second) // what should have been refused runs on
	defer stop()
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Env = env
	var o, e bytes.Buffer
	cmd.Stdout, cmd.Stderr = &o, &e
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), o.String(), e.String()
}

func TestTheCommandLine(t *testing.T) {
	faulty := filepath.Join(t.TempDir(), "faulty.json")
	if err := os.WriteFile(faulty, []byte(`{"business": {"line": "x"}, "hours": {"week": {"mon": ["9-17"]}}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	busy := start(t, t.TempDir(), "")
	taken := strings.TrimPrefix(busy.url, "http://")
	for _, c := range []struct {
		name   string
		args   []string
		status int
		lines  int    // on standard error
		says   string // among them
	}{
		{"its version", []string{"version"}, 0, 0, ""},
		{"a word too many", []string{"version", "please"}, 2, 1, `"please"`},
		{"an unknown command", []string{"sing"}, 2, 1, `"sing" is no command`},
		{"an unknown flag", []string{"serve", "-loud"}, 2, 1, "-loud"},
		{"a flag without its value", []string{"serve", "-data"}, 2, 1, "-data"},
		{"two dashes are as good as one", []string{"serve", "--settings", "no-such.json"}, 2, 1, "no-such.json"},
		{"a faulty settings file, one line a fault", []string{"serve", "-settings", faulty}, 2, 2, `hours.week.mon[0]: "9-17" is not HH:MM-HH:MM`},
		{"ops pages for other computers", []string{"serve", "-listen", "127.0.0.1:0", "-ops", "0.0.0.0:0"}, 2, 1, "-ops"},
		{"a port that is none", []string{"serve", "-listen", "127.0.0.1:99999"}, 2, 1, `-listen "127.0.0.1:99999"`},
		{"an ops port that is none", []string{"serve", "-listen", "127.0.0.1:0", "-ops", "127.0.0.1:-1"}, 2, 1, `-ops "127.0.0.1:-1"`},
		{"an empty value, as an unset variable leaves it", []string{"serve", "-listen", "127.0.0.1:0", "-ops", "127.0.0.1:0", "-settings", ""}, 2, 1, "-settings"},
		{"an unknown flag of two lines", []string{"serve", "-lo\nud"}, 2, 1, "-lo"},
		{"a port that is taken", []string{"serve", "-listen", taken}, 1, 1, "choose another with -listen"},
		{"no window in this build", []string{"-listen", "127.0.0.1:0", "-ops", "127.0.0.1:0"}, 1, 1, "ringback serve"},
	} {
		t.Run(c.name, func(t *testing.T) {
			args := c.args
			if len(args) > 1 && args[len(args)-1] != "-data" && args[0] != "version" {
				args = append(args, "-data", t.TempDir())
			}
			status, _, errs := command(t, args...)
			if status != c.status || !strings.Contains(errs, c.says) || strings.Count(errs, "\n") != c.lines {
				t.Errorf("status %d, %q; want status %d and %d lines that say %q", status, errs, c.status, c.lines, c.says)
			}
		})
	}
}

func TestAWrongWordLeavesNothingBehind(t *testing.T) {
	for _, wrong := range [][]string{
		{"-listen", "8787"}, {"-listen", "127.0.0.1:99999"}, {"-listen", "127.0.0.1:0", "-ops", "0.0.0.0:0"}, {"-listen", "127.0.0.1:0", "-ops", "127.0.0.1:0", "-data", ""},
	} {
		home := t.TempDir()
		t.Setenv("HOME", home)
		t.Setenv("XDG_CONFIG_HOME", home)
		data := filepath.Join(home, "ringback")
		status, _, errs := command(t, append([]string{"serve", "-data", data}, wrong...)...)
		if _, err := os.Stat(data); status != 2 || !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%v: status %d, %q; the data directory: %v, want status 2 and none", wrong, status, errs, err)
		}
	}
}
