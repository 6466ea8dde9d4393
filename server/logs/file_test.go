package logs_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"ringback/server/logs"
)

func TestAFullFileIsPutAsideCompressedAndNothingIsLost(t *testing.T) {
	dir := t.TempDir()
	logger, closeLog := open(t, logs.Options{Dir: dir, Writer: io.Discard})
	megabyte := strings.Repeat("x", 1<<20)
	for i := range 11 {
		logger.Info("filled", "number", i, "with", megabyte)
	}
	if err := closeLog(); err != nil { // it waits for the compression
		t.Fatal(err)
	}

	old := backups(t, dir)
	if len(old) != 1 || !strings.HasSuffix(old[0], ".gz") {
		t.Fatalf("got backups %v, want one, compressed", old)
	}
	lines := events(t, unzip(t, filepath.Join(dir, old[0]))+current(t, dir))
	if len(lines) != 11 {
		t.Fatalf("got %d events, want 11", len(lines))
	}
	for i, line := range lines {
		if line["number"] != float64(i) {
			t.Errorf("event %d has number %v", i, line["number"])
		}
	}
	for _, name := range append(old, "ringback.log") {
		ownersOnly(t, filepath.Join(dir, name))
	}
}

func TestOldFilesGo(t *testing.T) {
	dir := t.TempDir()
	today := time.Now().UTC()
	for days := range 12 {
		touch(t, dir, today.AddDate(0, 0, -days-1))
	}
	aged := t.TempDir()
	touch(t, aged, today.AddDate(0, 0, -31))
	touch(t, aged, today.AddDate(0, 0, -29))

	for _, dir := range []string{dir, aged} {
		logger, closeLog := open(t, logs.Options{Dir: dir, Writer: io.Discard})
		logger.Info("started")
		if err := closeLog(); err != nil {
			t.Fatal(err)
		}
	}

	var want []string
	for days := range 8 {
		want = append(want, backupName(today.AddDate(0, 0, -days-1)))
	}
	slices.Sort(want)
	if got := backups(t, dir); !slices.Equal(got, want) {
		t.Errorf("beyond eight: got %v, want %v", got, want)
	}
	if got, want := backups(t, aged), []string{backupName(today.AddDate(0, 0, -29))}; !slices.Equal(got, want) {
		t.Errorf("beyond thirty days: got %v, want %v", got, want)
	}
}

func TestOpening(t *testing.T) {
	t.Run("makes directory and file, for the owner only", func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "a", "b")
		open(t, logs.Options{Dir: dir, Writer: io.Discard})
		ownersOnly(t, dir)
		ownersOnly(t, filepath.Join(dir, "ringback.log"))
	})
	t.Run("goes on with the file of the last run and takes it and its directory from others' eyes", func(t *testing.T) {
		dir := t.TempDir()
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, "ringback.log")
		if err := os.WriteFile(path, []byte(`{"msg":"last run"}`+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		logger, _ := open(t, logs.Options{Dir: dir, Writer: io.Discard})
		logger.Info("this run")
		if got := events(t, current(t, dir)); len(got) != 2 || got[0]["msg"] != "last run" || got[1]["msg"] != "this run" {
			t.Errorf("file got %v", got)
		}
		ownersOnly(t, path)
		ownersOnly(t, dir)
	})
	t.Run("fails and names the place where the file can't be", func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "taken")
		if err := os.WriteFile(dir, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		_, _, err := logs.Open(logs.Options{Dir: dir, Writer: io.Discard})
		if err == nil || !strings.Contains(err.Error(), dir) {
			t.Errorf("got error %v, want one that names %s", err, dir)
		}
	})
}

// backups are the names of the old log files in dir, in order.
func backups(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if e.Name() != "ringback.log" {
			names = append(names, e.Name())
		}
	}
	return names
}

func backupName(at time.Time) string {
	return fmt.Sprintf("ringback-%s-size.log.gz", at.Format("2006-01-02T15-04-05.000"))
}

func touch(t *testing.T, dir string, at time.Time) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, backupName(at)), nil, 0o600); err != nil {
		t.Fatal(err)
	}
}

func unzip(t *testing.T, path string) string {
	t.Helper()
	packed, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// ownersOnly holds everywhere but on Windows, which keeps no such bits.
func ownersOnly(t *testing.T, path string) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if others := info.Mode().Perm() & 0o077; others != 0 && runtime.GOOS != "windows" {
		t.Errorf("%s can be used by others: %v", filepath.Base(path), info.Mode())
	}
}
