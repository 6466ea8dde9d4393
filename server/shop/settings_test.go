package shop_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ringback/server/shop"
)

// fileWith writes a file for the test and returns its path.
func fileWith(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "set.json")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// printed is what `ringback settings` prints of a data directory.
func printed(t *testing.T, data string) (whole map[string]any, text string) {
	t.Helper()
	status, out, errs := command(t, "settings", "-data", data)
	if err := json.Unmarshal([]byte(out), &whole); status != 0 || errs != "" || err != nil {
		t.Fatalf("status %d, %q, %q, %v", status, out, errs, err)
	}
	return whole, out
}

func nameIn(whole map[string]any) any { return whole["business"].(map[string]any)["name"] }

func TestTheSettingsCommandRefuses(t *testing.T) {
	good := fileWith(t, `{}`)
	for _, c := range []struct {
		name  string
		args  []string
		lines int
		says  string
	}{
		{"a file that is not there", []string{"no-such.json"}, 1, "no-such.json"},
		{"a directory", []string{t.TempDir()}, 1, "is a directory"},
		{"a file that is too large", []string{fileWith(t, `{"business": {"name": "`+strings.Repeat("a", 1<<20)+`"}}`)}, 1, "larger"},
		{"a word too many", []string{good, "please"}, 1, `"please"`},
		{"a flag after the file", []string{good, "-data"}, 1, `"-data"`},
		{"an unknown flag", []string{"-loud"}, 1, "-loud; flags are -data DIR"},
		{"a flag of another command", []string{"-practice"}, 1, "-practice; flags are -data DIR"},
		{"every fault of a file", []string{fileWith(t, `{"business": {"line": "x"}, "hours": {"week": {"mon": ["9-17"]}}, "colour": 1}`)}, 3, `hours.week.mon[0]: "9-17" is not HH:MM-HH:MM`},
		{"no JSON", []string{fileWith(t, "name: Ann")}, 1, "JSON"},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := t.TempDir()
			args := append([]string{"settings", "--data", data}, c.args...)
			status, out, errs := command(t, args...)
			if status != 2 || out != "" || strings.Count(errs, "\n") != c.lines || !strings.Contains(errs, c.says) {
				t.Errorf("status %d, %q, %q; want status 2 and %d lines that say %q", status, out, errs, c.lines, c.says)
			}
		})
	}
}

func TestSettingsArePrintedWhereNothingIsYet(t *testing.T) {
	data := filepath.Join(t.TempDir(), "none")
	whole, _ := printed(t, data)
	if nameIn(whole) != "" || whole["retry"] == nil {
		t.Errorf("printed are %v; want the defaults", whole)
	}
	if _, err := os.Stat(data); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the data directory: %v, want none", err)
	}
}

func TestSettingsAreAppliedWithoutAProgramThatRuns(t *testing.T) {
	data := filepath.Join(t.TempDir(), "new")
	status, out, errs := command(t, "settings", "-data", data, fileWith(t, `{"business": {"name": "Ann's Bakery"}}`))
	if status != 0 || errs != "" || !strings.Contains(out, "next start") {
		t.Errorf("status %d, %q, %q", status, out, errs)
	}
	if whole, _ := printed(t, data); nameIn(whole) != "Ann's Bakery" {
		t.Errorf("printed are %v", whole)
	}
	status, _, errs = command(t, "settings", "-data", data, fileWith(t, `{"business": {"name": "Bob's", "line": 0}}`))
	if status != 2 || strings.Count(errs, "\n") != 1 {
		t.Errorf("status %d, %q", status, errs)
	}
	r := start(t, data, "")
	if got := r.shown().Name; got != "Ann's Bakery" {
		t.Errorf("the program starts with the name %q", got)
	}
}

func TestSettingsAreAppliedToTheProgramThatRuns(t *testing.T) {
	for name, data := range map[string]string{"in a directory": t.TempDir(), "in one with a path too long for a socket": long(t)} {
		t.Run(name, func(t *testing.T) {
			r := start(t, data, "")
			status, out, errs := command(t, "settings", "-data", data, fileWith(t, `{"business": {"name": "Ann's Bakery"}, "guard": {"per_ip": {"minute": 1}}}`))
			if status != 0 || out != "Applied.\n" || errs != "" {
				t.Errorf("status %d, %q, %q", status, out, errs)
			}
			if got := r.shown().Name; got != "Ann's Bakery" {
				t.Errorf("the window shows %q", got)
			}
			if whole, _ := printed(t, data); nameIn(whole) != "Ann's Bakery" {
				t.Errorf("printed are %v", whole)
			}
			status, out, errs = command(t, "settings", "-data", data, fileWith(t, `{"business": {"name": "Bob's", "line": "x"}, "colour": 1}`))
			if status != 2 || out != "" || strings.Count(errs, "\n") != 2 {
				t.Errorf("status %d, %q, %q", status, out, errs)
			}
			if got := r.shown().Name; got != "Ann's Bakery" {
				t.Errorf("after a faulty file the window shows %q", got)
			}
		})
	}
}

func TestPrintedSettingsHoldNoSecret(t *testing.T) {
	const told = "telling-value"
	data := t.TempDir()
	r := start(t, data, `{"notify": {"urls": ["ntfy://user:`+told+`@ntfy.example/x"]}}`, func(o *shop.Options) {
		o.Getenv = func(name string) string {
			return map[string]string{"TWILIO_AUTH_TOKEN": told, "NGROK_AUTHTOKEN": told}[name]
		}
	})
	for _, when := range []string{"running", "not running"} {
		if _, text := printed(t, data); strings.Contains(text, told) {
			t.Errorf("%s, a secret is printed: %s", when, text)
		}
		if err := r.shop.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if strings.Contains(r.log.String(), told) {
		t.Error("a secret is in the log")
	}
}

func TestASecondWindowBringsItsSettingsFile(t *testing.T) {
	data := t.TempDir()
	r := start(t, data, "", windowed)
	defer r.shop.OnRaise(raised)()
	open := func(file string) error {
		s, err := shop.Open(t.Context(), shop.Options{Data: data, Settings: file, Window: true, Getenv: func(string) string { return "" }})
		if err == nil {
			t.Fatal(s.Close())
		}
		return err
	}
	if err := open(fileWith(t, `{"business": {"name": "Ann's Bakery"}}`)); !errors.Is(err, shop.ErrRaised) || r.shown().Name != "Ann's Bakery" {
		t.Errorf("it ends with %v, the window shows %q", err, r.shown().Name)
	}
	var usage *shop.UsageError
	if err := open(fileWith(t, `{"colour": 1}`)); !errors.As(err, &usage) {
		t.Errorf("a faulty file ends with %v", err)
	}
}
