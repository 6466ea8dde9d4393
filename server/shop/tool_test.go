package shop_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"ringback/server/callback"
	"ringback/server/sqlite"
)

// shopData is the data directory of a shop that was closed, with an entry in the log for
// each kind.
func shopData(t *testing.T, kinds ...string) string {
	t.Helper()
	data := t.TempDir()
	s, err := sqlite.Open(t.Context(), sqlite.Options{Path: filepath.Join(data, "ringback.db")})
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range kinds {
		if err := s.Update(t.Context(), func(tx callback.Tx) error { return tx.Log(written, 0, callback.Note{Kind: k}) }); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return data
}

// written is when the log of these tests was, in a night.
var written = time.Date(2026, 11, 2, 3, 0, 0, 0, time.UTC)

// tamper changes the database as somebody would who has the file.
func tamper(t *testing.T, data string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(data, "ringback.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for _, q := range statements {
		if _, err := db.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
}

// rot writes over the file's content and leaves its head.
func rot(t *testing.T, path string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 100; i < len(b); i++ {
		b[i] = 0xff
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

var anchor = regexp.MustCompile(`anchor \d+ [0-9a-f]{64}`)

func TestBackupRestoreAndVerify(t *testing.T) {
	data, file := shopData(t, "asked", "bridge"), filepath.Join(t.TempDir(), "copy.db")
	status, out, errs := command(t, "backup", "-data", data, file)
	if status != 0 || errs != "" || !strings.HasPrefix(out, "anchor 2 ") || strings.Count(out, "\n") != 1 {
		t.Fatalf("backup: status %d, %q, %q", status, out, errs)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the copy: %v, %v, want 600", info, err)
	}
	noted := anchor.FindString(out)

	tamper(t, data, "DROP TRIGGER events_delete", "DELETE FROM events WHERE seq = 2") // unseen without an anchor
	status, out, errs = command(t, "restore", "--data", data, file)
	if status != 0 || errs != "" || anchor.FindString(out) != noted || !strings.Contains(out, filepath.Join(data, "ringback.db.before-restore-")) {
		t.Errorf("restore: status %d, %q, %q; want %q and where the old one is", status, out, errs, noted)
	}
	status, out, errs = command(t, "verify", "-data", data)
	if status != 0 || errs != "" || !strings.Contains(out, "3 entries since 2026-11-02T03:00:00Z") {
		t.Errorf("verify: status %d, %q, %q; want the copy's two entries and that it was restored", status, out, errs)
	}
	if got, want := happened(t, data), fmt.Sprintf(`restored {"anchor":%q,"copy":"copy.db"}`, strings.TrimPrefix(noted, "anchor ")); len(got) != 3 || got[2] != want {
		t.Errorf("the event log has %q; want it to end with %s", got, want)
	}
	kept, err := filepath.Glob(filepath.Join(data, "ringback.db.before-restore-*"))
	if err != nil || len(kept) != 1 {
		t.Errorf("kept aside: %q, %v, want one file", kept, err)
	}
}

func TestVerifyNamesTheFirstBadEntry(t *testing.T) {
	for _, c := range []struct{ name, statement, says string }{
		{"changed", "UPDATE events SET kind = 'x' WHERE seq = 2", "entry 2 was changed"},
		{"removed", "DELETE FROM events WHERE seq = 2", "entry 2 was removed"},
		{"put in", "INSERT INTO events SELECT 4, at, request, kind, salt, body, body_hash, hash FROM events WHERE seq = 3; UPDATE events SET kind = 'x' WHERE seq = 3", "entry 3 was put in"},
		{"moved", "UPDATE events SET seq = 9 WHERE seq = 2; UPDATE events SET seq = 2 WHERE seq = 3; UPDATE events SET seq = 3 WHERE seq = 9", "entry 2 was moved"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			data := shopData(t, "asked", "bridge", "hung_up")
			tamper(t, data, "DROP TRIGGER events_insert", "DROP TRIGGER events_update", "DROP TRIGGER events_delete", c.statement)
			status, out, errs := command(t, "verify", "-data", data)
			if status != 1 || out != "" || !strings.Contains(errs, c.says) || strings.Count(errs, "\n") != 1 {
				t.Errorf("status %d, %q, %q; want 1 and one line with %q", status, out, errs, c.says)
			}
		})
	}
}

// The requests of a shop whose log somebody has been at are still its requests: backup
// makes such a copy, and so restore takes it.
func TestACopyWhoseLogIsBrokenIsRestoredWithAWarning(t *testing.T) {
	data, file := shopData(t, "asked", "bridge", "hung_up"), filepath.Join(t.TempDir(), "copy.db")
	tamper(t, data, "DROP TRIGGER events_update", "UPDATE events SET kind = 'x' WHERE seq = 2")
	if status, _, errs := command(t, "backup", "-data", data, file); status != 1 || !strings.Contains(errs, "entry 2 was changed") {
		t.Fatalf("backup: status %d, %q", status, errs)
	}
	other := t.TempDir()
	status, out, errs := command(t, "restore", "-data", other, file)
	if status != 0 || errs != "" || !strings.Contains(out, "warning: the event log is broken: entry 2 was changed") || strings.Count(out, "\n") != 1 {
		t.Errorf("restore: status %d, %q, %q; want 0 and a warning that names the entry", status, out, errs)
	}
	if status, _, errs := command(t, "verify", "-data", other); status != 1 || !strings.Contains(errs, "entry 2 was changed") {
		t.Errorf("verify: status %d, %q; want it to find the same", status, errs)
	}
	start(t, other, "") // and it opens
}

func TestToolsRefuseWhatCanNotBe(t *testing.T) {
	good, empty, rotten := shopData(t, "asked"), t.TempDir(), shopData(t, "asked")
	rot(t, filepath.Join(rotten, "ringback.db"))
	newer := shopData(t)
	tamper(t, newer, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)")
	there := filepath.Join(t.TempDir(), "there.db")
	if err := os.WriteFile(there, []byte("Dear landlord, this is no database"), 0o600); err != nil {
		t.Fatal(err)
	}
	fresh := func() string { return filepath.Join(t.TempDir(), "copy.db") }
	for _, c := range []struct {
		name   string
		args   []string
		status int
		says   []string
	}{
		{"a backup to nowhere", []string{"backup", "-data", good}, 2, []string{"FILE", "ringback backup [-data DIR] FILE"}},
		{"a backup to an empty name", []string{"backup", "-data", good, ""}, 2, []string{"FILE"}},
		{"a backup to two files", []string{"backup", "-data", good, fresh(), "b.db"}, 2, []string{`"b.db"`}},
		{"a flag after the file", []string{"backup", fresh(), "-data", good}, 2, []string{`"-data"`, "[-data DIR] FILE"}},
		{"a restore of nothing", []string{"restore"}, 2, []string{"FILE"}},
		{"a restore of a file that is not there", []string{"restore", "-data", good, "no-such.db"}, 2, []string{"no-such.db"}},
		{"a word after verify", []string{"verify", "-data", good, "please"}, 2, []string{`"please"`, "ringback verify [-data DIR]"}},
		{"a flag of serve's", []string{"verify", "-listen", "127.0.0.1:0"}, 2, []string{"-listen", "-data DIR"}},
		{"a flag without its value", []string{"verify", "-data"}, 2, []string{"-data"}},
		{"an empty value, as an unset variable leaves it", []string{"verify", "-data", ""}, 2, []string{"-data"}},
		{"a version of a word", []string{"version", "-data", good, "please"}, 2, []string{`"please"`}},

		{"a backup over a file", []string{"backup", "-data", good, there}, 1, []string{there, "choose another name"}},
		{"a backup into a directory that is not there", []string{"backup", "-data", good, filepath.Join(empty, "none", "copy.db")}, 1, []string{"choose a directory"}},
		{"a backup into a file", []string{"backup", "-data", good, filepath.Join(there, "copy.db")}, 1, []string{"choose a directory"}},
		{"a backup of no database", []string{"backup", "-data", empty, fresh()}, 1, []string{empty, "-data"}},
		{"a backup of a damaged one", []string{"backup", "-data", rotten, fresh()}, 1, []string{"damaged", "there is no good backup"}},
		{"verify of no database", []string{"verify", "-data", empty}, 1, []string{empty, "-data"}},
		{"verify of a damaged one", []string{"verify", "-data", rotten}, 1, []string{"damaged"}},
		{"verify of a newer one", []string{"verify", "-data", newer}, 1, []string{"start that newer version"}},
		{"a restore of a letter", []string{"restore", "-data", good, there}, 1, []string{"nothing was changed", "choose another copy"}},
		{"a restore of a damaged one", []string{"restore", "-data", good, filepath.Join(rotten, "ringback.db")}, 1, []string{"nothing was changed", "choose another copy"}},
		{"a restore of a newer one", []string{"restore", "-data", good, filepath.Join(newer, "ringback.db")}, 1, []string{"newer version"}},
		{"a restore of a directory", []string{"restore", "-data", good, empty}, 1, []string{"nothing was changed", "choose another copy"}},
		{"its version, with a data directory", []string{"version", "-data", good}, 0, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			status, _, errs := command(t, c.args...)
			lines := min(c.status, 1)
			if status != c.status || strings.Count(errs, "\n") != lines {
				t.Errorf("status %d, %q; want status %d and %d lines", status, errs, c.status, lines)
			}
			for _, says := range c.says {
				if !strings.Contains(errs, says) {
					t.Errorf("it says %q and nothing of %q", errs, says)
				}
			}
		})
	}
	t.Cleanup(func() {
		if got, err := os.ReadDir(empty); err != nil || len(got) != 0 {
			t.Errorf("a directory without a shop has %v now, %v", got, err)
		}
	})
}

func TestNothingIsRestoredWhileTheProgramRuns(t *testing.T) {
	data, file := t.TempDir(), filepath.Join(t.TempDir(), "copy.db")
	start(t, data, "")
	if status, _, errs := command(t, "backup", "-data", data, file); status != 0 {
		t.Fatalf("backup: status %d, %q", status, errs)
	}
	status, _, errs := command(t, "restore", "-data", data, file)
	if status != 1 || !strings.Contains(errs, "end it") || strings.Count(errs, "\n") != 1 {
		t.Errorf("status %d, %q; want 1 and one line", status, errs)
	}
	if kept, err := filepath.Glob(filepath.Join(data, "*before-restore*")); err != nil || len(kept) != 0 {
		t.Errorf("kept aside: %q, %v", kept, err)
	}
}

func TestACopyIsRestoredOnANewComputer(t *testing.T) {
	file := filepath.Join(shopData(t, "asked"), "ringback.db")
	data := filepath.Join(t.TempDir(), "new", "ringback")
	if status, out, errs := command(t, "restore", "-data", data, file); status != 0 || strings.Contains(out, "kept as") {
		t.Errorf("status %d, %q, %q", status, out, errs)
	}
	if status, _, errs := command(t, "verify", "-data", data); status != 0 {
		t.Errorf("verify: status %d, %q", status, errs)
	}
}

func TestADatabaseThatDoesNotOpenIsKeptAndTheNewestGoodBackupIsNamed(t *testing.T) {
	data := shopData(t, "asked", "bridge")
	path := filepath.Join(data, "ringback.db")
	shelf := sqlite.Shelf{Dir: filepath.Join(data, "backups")}
	good, _, err := shelf.Put(t.Context(), path, written)
	if err != nil {
		t.Fatal(err)
	}
	bad, _, err := shelf.Put(t.Context(), path, written.AddDate(0, 0, 1))
	if err != nil {
		t.Fatal(err)
	}
	rot(t, bad.Path)
	rot(t, path)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	status, _, errs := command(t, "serve", "-data", data, "-listen", "127.0.0.1:0", "-ops", "127.0.0.1:0")
	want := fmt.Sprintf("ringback restore -data %s %s\n", data, good.Path)
	if status != 1 || !strings.HasSuffix(errs, want) || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, "2026-11-02 03:00 UTC") {
		t.Fatalf("status %d, %q; want 1 and one line that ends with %q", status, errs, want)
	}
	if after, err := os.ReadFile(path); err != nil || !slices.Equal(before, after) {
		t.Errorf("the damaged database was changed: %v", err)
	}
	if status, _, errs := command(t, "restore", "-data", data, good.Path); status != 0 {
		t.Errorf("what it says does not work: status %d, %q", status, errs)
	}
	start(t, data, "")
}

// The whole way: calls run, a process of its own makes the backup, and what was answered
// with success before it is in what is restored.
func TestABackupUnderLoadRestoresToASoundDatabase(t *testing.T) {
	e := newExchange(t)
	data := t.TempDir()
	r := startLive(t, e, data, liveWith(`, "guard": {"per_ip": {"minute": 0, "hour": 0, "day": 0}}, "retry": {"attempts": 1}`, "+12125550101", "+12125550102"))
	ctx, stop := context.WithCancel(t.Context())
	var asking sync.WaitGroup
	begun := make(chan struct{})
	var before []string
	for caller := range 3 {
		asking.Go(func() {
			for n := 0; ctx.Err() == nil; n++ {
				a := r.ask(fmt.Sprintf("+1212556%d%03d", caller, n))
				if caller == 0 && n < 10 {
					if before = append(before, a.ID); len(before) == 10 {
						close(begun)
					}
				}
			}
		})
	}
	r.until(r.ask("+12125550123").ID, "completed")
	<-begun
	file := filepath.Join(t.TempDir(), "copy.db")
	status, out, errs := command(t, "backup", "-data", data, file)
	stop()
	asking.Wait()
	if status != 0 {
		t.Fatalf("backup: status %d, %q", status, errs)
	}
	other := t.TempDir()
	status, restored, errs := command(t, "restore", "-data", other, file)
	if status != 0 || anchor.FindString(restored) != anchor.FindString(out) {
		t.Fatalf("restore: status %d, %q, %q; want %q", status, restored, errs, out)
	}
	status, says, errs := command(t, "verify", "-data", other)
	if status != 0 {
		t.Errorf("verify: status %d, %q, %q", status, says, errs)
	}
	s, err := sqlite.Open(t.Context(), sqlite.Options{Path: filepath.Join(other, "ringback.db")})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	err = s.View(t.Context(), func(v callback.Reader) error {
		for _, id := range before {
			if _, err := v.ByPublicID(id); err != nil {
				t.Errorf("a request that was answered with success is lost: %v", err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Log(says)
}
