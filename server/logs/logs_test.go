package logs_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ringback/server/logs"
)

// open starts a log and sees that it is closed.
func open(t *testing.T, o logs.Options) (*slog.Logger, func() error) {
	t.Helper()
	logger, closeLog, err := logs.Open(o)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(func() {
		if err := closeLog(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return logger, closeLog
}

// events reads JSON lines.
func events(t *testing.T, lines string) []map[string]any {
	t.Helper()
	var all []map[string]any
	for line := range strings.Lines(lines) {
		var event map[string]any
		if err := json.Unmarshal([]byte(line), &event); err != nil {
			t.Fatalf("%q is not a JSON line: %v", line, err)
		}
		all = append(all, event)
	}
	return all
}

// current is the text of the log file.
func current(t *testing.T, dir string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "ringback.log"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestAnEventIsOneLineOfTextOnTheWriterAndOneOfJSONInTheFile(t *testing.T) {
	var console bytes.Buffer
	dir := t.TempDir()
	logger, _ := open(t, logs.Options{Dir: dir, Writer: &console})

	logger.Info("tunnel opened", "detail", "first\nsecond")

	if got := console.String(); strings.Count(got, "\n") != 1 ||
		!strings.Contains(got, `level=INFO msg="tunnel opened" detail="first\nsecond"`) {
		t.Errorf("writer got %q", got)
	}
	got := events(t, current(t, dir))
	if len(got) != 1 || got[0]["msg"] != "tunnel opened" || got[0]["detail"] != "first\nsecond" {
		t.Errorf("file got %v", got)
	}
}

func TestJSONIsForTheWriterToo(t *testing.T) {
	var console bytes.Buffer
	logger, _ := open(t, logs.Options{Writer: &console, JSON: true})

	logger.Warn("disk nearly full")

	got := events(t, console.String())
	if len(got) != 1 || got[0]["level"] != "WARN" || got[0]["msg"] != "disk nearly full" {
		t.Errorf("writer got %v", got)
	}
}

func TestTheLevelHoldsForBothAndCanChangeWhileOpen(t *testing.T) {
	var console bytes.Buffer
	dir := t.TempDir()
	level := new(slog.LevelVar)
	logger, _ := open(t, logs.Options{Dir: dir, Writer: &console, JSON: true, Level: level})

	logger.Debug("unheard")
	level.Set(slog.LevelDebug)
	logger.Debug("heard")

	for name, lines := range map[string]string{"writer": console.String(), "file": current(t, dir)} {
		if got := events(t, lines); len(got) != 1 || got[0]["msg"] != "heard" {
			t.Errorf("%s got %v", name, got)
		}
	}
}

func TestWithoutALevelDebugIsLeftOut(t *testing.T) {
	var console bytes.Buffer
	logger, _ := open(t, logs.Options{Writer: &console})

	logger.Debug("unheard")
	logger.Info("heard")

	if got := console.String(); strings.Contains(got, "unheard") || !strings.Contains(got, "msg=heard") {
		t.Errorf("writer got %q", got)
	}
}

// noConsole is what a program started from a desktop has for standard error on
// Windows.
type noConsole struct{}

func (noConsole) Write([]byte) (int, error) { return 0, os.ErrInvalid }

func TestAWriterThatFailsDoesNotKeepEventsFromTheFile(t *testing.T) {
	dir := t.TempDir()
	logger, _ := open(t, logs.Options{Dir: dir, Writer: noConsole{}})

	logger.Info("without a console")

	if got := events(t, current(t, dir)); len(got) != 1 {
		t.Errorf("file got %v", got)
	}
}

func TestClosing(t *testing.T) {
	t.Run("twice is harmless", func(t *testing.T) {
		_, closeLog := open(t, logs.Options{Dir: t.TempDir(), Writer: io.Discard})
		for range 2 {
			if err := closeLog(); err != nil {
				t.Errorf("close: %v", err)
			}
		}
	})
	t.Run("is possible before anything was logged, and without a file", func(t *testing.T) {
		_, closeLog := open(t, logs.Options{Writer: io.Discard})
		if err := closeLog(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	t.Run("leaves the file as it is, whatever is logged later, and the writer open", func(t *testing.T) {
		var console bytes.Buffer
		dir := t.TempDir()
		logger, closeLog := open(t, logs.Options{Dir: dir, Writer: &console})
		logger.Info("early")
		if err := closeLog(); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(filepath.Join(dir, "ringback.log")); err != nil {
			t.Fatal(err)
		}

		logger.Info("late")

		if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
			t.Errorf("directory holds %v, %v; a late event made the file again", left, err)
		}
		if !strings.Contains(console.String(), "msg=late") {
			t.Errorf("writer got %q", console.String())
		}
	})
}

func TestAnEventCarriesTheRequestIDOfItsContext(t *testing.T) {
	ctx := logs.WithRequestID(context.Background(), "abc-1")
	cases := map[string]struct {
		log  func(*slog.Logger)
		want map[string]any
	}{
		"from a plain logger": {
			func(l *slog.Logger) { l.InfoContext(ctx, "m") },
			map[string]any{"request_id": "abc-1"},
		},
		"from a logger with attributes": {
			func(l *slog.Logger) { l.With("leg", "shop").InfoContext(ctx, "m") },
			map[string]any{"request_id": "abc-1", "leg": "shop"},
		},
		"at the top, beside the logger's groups": {
			func(l *slog.Logger) {
				l.With("a", 1).WithGroup("call").With("leg", "shop").WithGroup("").WithGroup("in").InfoContext(ctx, "m", "b", 2)
			},
			map[string]any{"request_id": "abc-1", "a": 1.0,
				"call": map[string]any{"leg": "shop", "in": map[string]any{"b": 2.0}}},
		},
		"in two loggers made from one, each with its own groups": {
			func(l *slog.Logger) {
				parent := l.WithGroup("call").With("a", 1)
				left := parent.With("b", 2)
				parent.With("b", 3)
				left.InfoContext(ctx, "m")
			},
			map[string]any{"request_id": "abc-1", "call": map[string]any{"a": 1.0, "b": 2.0}},
		},
		"the last one given": {
			func(l *slog.Logger) { l.InfoContext(logs.WithRequestID(ctx, "abc-2"), "m") },
			map[string]any{"request_id": "abc-2"},
		},
		"and none where there is none": {
			func(l *slog.Logger) { l.InfoContext(context.Background(), "m") },
			map[string]any{},
		},
		"and none where an empty one took it away": {
			func(l *slog.Logger) { l.InfoContext(logs.WithRequestID(ctx, ""), "m") },
			map[string]any{},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			var console bytes.Buffer
			logger, _ := open(t, logs.Options{Writer: &console, JSON: true})
			c.log(logger)
			got := events(t, console.String())
			if len(got) != 1 {
				t.Fatalf("got %d events", len(got))
			}
			for _, own := range []string{"time", "level", "msg"} {
				delete(got[0], own)
			}
			if diff := cmp.Diff(got[0], c.want); diff != "" {
				t.Errorf("attributes (- got, + want):\n%s", diff)
			}
		})
	}
}

func TestValidRequestID(t *testing.T) {
	cases := []struct {
		name, id string
		want     bool
	}{
		{"one of ours", logs.NewRequestID(), true},
		{"every kind of character", "Az09._-", true},
		{"the longest", strings.Repeat("a", 64), true},
		{"one too long", strings.Repeat("a", 65), false},
		{"empty", "", false},
		{"a blank", "a b", false},
		{"a line of its own", "a\nb", false},
		{"a line's end at its end", "a\n", false},
		{"a letter beyond ASCII", "é", false},
	}
	for _, c := range cases {
		if got := logs.ValidRequestID(c.id); got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

func TestNoTwoRequestsGetTheSameID(t *testing.T) {
	if one, two := logs.NewRequestID(), logs.NewRequestID(); one == two {
		t.Errorf("got %q twice", one)
	}
}
