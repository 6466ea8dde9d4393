package ui

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

func TestAnExportRemovesWhatOneThatWasEndedByForceHasLeft(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a[b]*")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, age := range map[string]time.Duration{
		partName + "old": 2 * stale, partName + "now": 0, "letter.txt": 2 * stale,
	} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		at := time.Now().Add(-age)
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	made, err := writeNew(filepath.Join(dir, "log.csv"), func(to io.Writer) error {
		_, err := io.WriteString(to, "all of it")
		return err
	})
	if err != nil || filepath.Base(made) != "log.csv" {
		t.Fatalf("made %s, %v", made, err)
	}
	left, err := os.ReadDir(dir)
	var names []string
	for _, f := range left {
		names = append(names, f.Name())
	}
	if want := []string{partName + "now", "letter.txt", "log.csv"}; err != nil || !slices.Equal(names, want) {
		t.Errorf("left are %q, %v, want %q", names, err, want)
	}
}

// With every name taken there is no file, and none is lost.
func TestAFileOfEachNameIsTriedAndNoneIsReplaced(t *testing.T) {
	dir := t.TempDir()
	for range mostNames {
		if _, err := writeNew(filepath.Join(dir, "log.csv"), func(io.Writer) error { return nil }); err != nil {
			t.Fatal(err)
		}
	}
	if made, err := writeNew(filepath.Join(dir, "log.csv"), func(io.Writer) error { return nil }); !os.IsExist(err) {
		t.Errorf("made %s, %v", made, err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != mostNames {
		t.Errorf("%d files are left, %v", len(left), err)
	}
}

func TestTwoBackupsOfTheSameSecondHaveNamesOfTheirOwn(t *testing.T) {
	f := settledShop()
	o := open(t, f)
	p := o.settingsOf(atPrivacy)
	o.points = "/media/stick"
	f.there = []string{"/media/stick/ringback-2026-11-24-104144.db"}
	p.backUp()
	o.wantDone(f, "back up to /media/stick/ringback-2026-11-24-104144.db 0", "back up to /media/stick/ringback-2026-11-24-104144-2.db 0")
	o.until("it is said which", func() bool {
		return o.says("Backed up to /media/stick/ringback-2026-11-24-104144-2.db; entries in its activity log: 42")
	})
}
