package sqlite

import (
	"bytes"
	"context"
	dbsql "database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"modernc.org/sqlite"

	"ringback/server/callback"
)

// reopen opens a file, says what goes wrong, and closes it when the test ends.
func reopen(t *testing.T, path string) (*Store, error) {
	t.Helper()
	s, err := Open(t.Context(), Options{Path: path})
	if err == nil {
		t.Cleanup(func() { _ = s.Close() })
	}
	return s, err
}

func TestWhatWasSavedIsThereAfterAReopening(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ringback.db")
	for n := range 3 {
		s := open(t, path)
		if err := s.update(t.Context(), inserting(n)); err != nil {
			t.Fatal(err)
		}
		for earlier := range n + 1 {
			if !stored(t, s, earlier) {
				t.Errorf("request %d is not there", earlier)
			}
		}
		intact(t, s, n+1)
		closed(t, s)
	}
	if _, err := os.Stat(path + "-wal"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the write-ahead log is still there: %v", err)
	}
}

func TestTheFileIsForItsOwnersEyesOnly(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // its folder keeps others out
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "ringback.db")
	if err := os.WriteFile(path, nil, 0o644); err != nil { // as left by something careless
		t.Fatal(err)
	}
	s := open(t, path)
	if err := s.update(t.Context(), inserting(1)); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) < 2 {
		t.Errorf("got %v, want the file and its write-ahead log", entries)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != 0o600 {
			t.Errorf("%s: got %o, want 600", e.Name(), got)
		}
	}
}

func TestAPathMayHoldWhatAnAddressMayNot(t *testing.T) {
	dir := filepath.Join(t.TempDir(), `Ann's 100% "Bäckerei" #1 & co`)
	if runtime.GOOS == "windows" {
		dir = filepath.Join(t.TempDir(), `Ann's 100% Bäckerei #1 & co`)
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	s := open(t, filepath.Join(dir, "ring back.db"))
	if err := s.update(t.Context(), inserting(1)); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(filepath.Join(dir, "ring back.db-wal")); err != nil || info.Size() == 0 {
		t.Errorf("got %v, %v, want what was written to be there", info, err)
	}
}

func TestEachConnectionBehavesAsItMust(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "ringback.db"))
	asked := func(v *reader, pragma string) string {
		t.Helper()
		var got string
		if err := v.one([]any{&got}, "PRAGMA "+pragma); err != nil {
			t.Errorf("%s: %v", pragma, err)
		}
		return got
	}
	both := map[string]string{"foreign_keys": "1", "synchronous": "2", "journal_mode": "wal", "temp_store": "2", "secure_delete": "2", "trusted_schema": "0", "busy_timeout": "3000"}
	check := func(v *reader, queryOnly string) {
		t.Helper()
		for pragma, want := range both {
			if got := asked(v, pragma); got != want {
				t.Errorf("%s: got %s, want %s", pragma, got, want)
			}
		}
		if got := asked(v, "query_only"); got != queryOnly {
			t.Errorf("query_only: got %s, want %s", got, queryOnly)
		}
	}
	if err := s.view(t.Context(), func(v *reader) error { check(v, "1"); return nil }); err != nil {
		t.Error(err)
	}
	if err := s.update(t.Context(), func(tx *tx) error { check(&tx.reader, "0"); return nil }); err != nil {
		t.Error(err)
	}
	if runtime.GOOS == "linux" && !sqlite.OFDLockingEnabled() {
		t.Error("the locks can be dropped by any closing of the file")
	}
}

func TestTablesTakeNoValueOfAnotherType(t *testing.T) {
	s := open(t, Memory)
	err := s.view(t.Context(), func(v *reader) error {
		loose, err := list[string](&v.span, `
			SELECT name FROM pragma_table_list
			WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'`)
		if want := []string{"goose_db_version"}; err == nil && !slices.Equal(loose, want) {
			t.Errorf("got %q, want only %q not to be STRICT", loose, want)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestEachDatabaseInMemoryIsAnotherOne(t *testing.T) {
	a, b := open(t, Memory), open(t, Memory)
	if err := a.update(t.Context(), inserting(1)); err != nil {
		t.Fatal(err)
	}
	if stored(t, b, 1) {
		t.Error("what was written into one is in the other")
	}
}

func TestADatabaseThatCantBeUsedSaysWhy(t *testing.T) {
	junk := bytes.Repeat([]byte("this is a letter to my landlord. "), 1000)
	for _, c := range []struct {
		name string
		make func(t *testing.T, path string)
		want error
	}{
		{"a newer one", func(t *testing.T, path string) {
			made(t, path, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)")
		}, ErrNewer},
		{"another program's", func(t *testing.T, path string) { bare(t, path, "CREATE TABLE songs (title TEXT)") }, ErrNotOurs},
		{"no database at all", func(t *testing.T, path string) { written(t, path, junk) }, ErrNotOurs},
		{"a damaged one", func(t *testing.T, path string) {
			made(t, path)
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			written(t, path, append(b[:100:100], bytes.Repeat([]byte{0xff}, len(b)-100)...))
		}, ErrDamaged},
		{"a folder", func(t *testing.T, path string) {
			if err := os.Mkdir(path, 0o700); err != nil {
				t.Fatal(err)
			}
		}, ErrReadOnly},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "ringback.db")
			c.make(t, path)
			before, _ := os.ReadFile(path)
			if _, err := reopen(t, path); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
			if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
				t.Error("the file was changed")
			}
		})
	}
}

func TestADatabaseInAFolderThatIsNotThereSaysSo(t *testing.T) {
	_, err := reopen(t, filepath.Join(t.TempDir(), "none", "ringback.db"))
	if !errors.Is(err, ErrReadOnly) || !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v, want %v", err, os.ErrNotExist)
	}
	if _, err := reopen(t, ""); err == nil {
		t.Error("no path at all: got no error")
	}
}

// made makes a database of ours, closes it, and runs statements in it.
func made(t *testing.T, path string, statements ...string) {
	t.Helper()
	s, err := Open(t.Context(), Options{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	closed(t, s)
	bare(t, path, statements...)
}

// bare runs statements in a file as another program would.
func bare(t *testing.T, path string, statements ...string) {
	t.Helper()
	db := another(t, path)
	for _, q := range statements {
		if _, err := db.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// another opens a file as another program would.
func another(t *testing.T, path string) *dbsql.DB {
	t.Helper()
	db, err := dbsql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func written(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestAnotherProgramThatHoldsTheDatabaseIsNamed(t *testing.T) {
	// In a bubble the patience of three seconds passes at once.
	synctest.Test(t, func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "ringback.db")
		s := open(t, path)
		db := another(t, path)
		if _, err := db.Exec("BEGIN IMMEDIATE"); err != nil {
			t.Fatal(err)
		}
		err := s.update(t.Context(), inserting(1))
		if !errors.Is(err, ErrBusy) || !errors.Is(err, callback.ErrNotSaved) {
			t.Errorf("got %v, want %v", err, ErrBusy)
		}
		if err := s.Check(t.Context()); !errors.Is(err, ErrBusy) {
			t.Errorf("check: got %v, want %v", err, ErrBusy)
		}
		if _, err := db.Exec("ROLLBACK"); err != nil {
			t.Fatal(err)
		}
		if err := s.update(t.Context(), inserting(1)); err != nil {
			t.Errorf("once it was let go: %v", err)
		}
	})
}

func TestOpeningEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Open(ctx, Options{Path: Memory}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

func TestAnOlderDatabaseIsCopiedAsideAndBroughtUp(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "ringback.db")
	s := open(t, path)
	if err := s.update(t.Context(), inserting(1)); err != nil {
		t.Fatal(err)
	}
	closed(t, s)
	// As it was before the migrations since the fifth.
	undo := []string{"DROP TRIGGER search_insert", "DROP TRIGGER search_update", "DROP TRIGGER search_delete", "DROP TRIGGER blocks_insert", "DROP TRIGGER blocks_update", "DROP TRIGGER blocks_delete",
		"DROP TABLE search", "DROP TABLE blocks", "ALTER TABLE requests DROP COLUMN note", "ALTER TABLE requests DROP COLUMN digits",
		"DROP INDEX requests_opening", "DROP INDEX events_at", "DROP INDEX events_kind", "DROP INDEX events_shop",
		"DROP INDEX requests_person", "DROP INDEX effects_done", "DROP INDEX webhooks_at", "DROP TABLE incoming", "DROP INDEX legs_look", "DROP INDEX texts_look", "ALTER TABLE legs DROP COLUMN dialled_by", "ALTER TABLE legs DROP COLUMN refusal",
		"ALTER TABLE texts DROP COLUMN came", "ALTER TABLE texts DROP COLUMN said"}
	for _, table := range []string{"legs", "texts"} {
		for _, column := range []string{"cost", "priced", "look_at", "looks"} {
			undo = append(undo, "ALTER TABLE "+table+" DROP COLUMN "+column)
		}
	}
	bare(t, path, append(undo, "DELETE FROM goose_db_version WHERE version_id > 5")...)

	shelf := filepath.Join(dir, "backups")
	s, err := Open(t.Context(), Options{Path: path, Backups: shelf})
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, s)
	if !stored(t, s, 1) {
		t.Error("the request is not in the new one")
	}
	err = s.Update(t.Context(), func(tx callback.Tx) error { return tx.SaveIncoming(callback.Incoming{SID: "CA1"}) })
	if err != nil {
		t.Errorf("the new one lacks a table: %v", err)
	}
	err = s.View(t.Context(), func(v callback.Reader) error {
		found, err := v.List(callback.Query{Search: "0199"})
		n, counted := v.Count(callback.Query{})
		if found.Count != 1 || n != 1 {
			t.Errorf("of the old requests %d are found and %d counted, want one", found.Count, n)
		}
		return errors.Join(err, counted)
	})
	if err != nil {
		t.Error(err)
	}
	copies, err := filepath.Glob(filepath.Join(shelf, "ringback-*-before-v11.db"))
	if err != nil || len(copies) != 1 {
		t.Fatalf("got copies %q, %v, want one", copies, err)
	}
	if info, err := os.Stat(copies[0]); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("the copy: got %v, %v, want 600", info.Mode(), err)
	}
	if kept, err := reopen(t, copies[0]); err != nil || !stored(t, kept, 1) {
		t.Errorf("the request is not in the copy: %v", err)
	}
}

func TestADatabaseThatIsUpToDateIsNotCopied(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ringback.db")
	made(t, path)
	shelf := filepath.Join(filepath.Dir(path), "backups")
	s, err := Open(t.Context(), Options{Path: path, Backups: shelf})
	if err != nil {
		t.Fatal(err)
	}
	closed(t, s)
	if _, err := os.Stat(shelf); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v, want no copy", err)
	}
}

func TestAStartThatWasInterruptedBeforeTheFirstMigrationIsRepeated(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ringback.db")
	bare(t, path, `CREATE TABLE goose_db_version (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now')))`,
		"INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, 1)")
	s := open(t, path)
	if err := s.update(t.Context(), inserting(1)); err != nil {
		t.Error(err)
	}
}

func TestACopyTakenWhileOthersWriteHoldsAllThatWasSavedBefore(t *testing.T) {
	dir := t.TempDir()
	path, other := filepath.Join(dir, "ringback.db"), filepath.Join(dir, "copy.db")
	s := open(t, path)
	for n := range 50 {
		if err := s.update(t.Context(), inserting(n)); err != nil {
			t.Fatal(err)
		}
	}
	// In the middle of a transaction, as pulling the plug would leave the files.
	err := s.update(t.Context(), func(tx *tx) error {
		if err := insert(tx, 50); err != nil {
			return err
		}
		for _, end := range []string{"", "-wal"} {
			b, err := os.ReadFile(path + end)
			if err != nil {
				return err
			}
			if err := os.WriteFile(other+end, b, 0o600); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	found := open(t, other)
	for n := range 50 {
		if !stored(t, found, n) {
			t.Errorf("request %d is lost", n)
		}
	}
	if stored(t, found, 50) {
		t.Error("a request is there whose transaction had not ended")
	}
	intact(t, found, 50)
}

func TestFaultsAreNamedInTheOwnersWords(t *testing.T) {
	for _, fault := range faults {
		if strings.Contains(fmt.Sprint(fault), "SQLITE") {
			t.Errorf("%v is no sentence for an owner", fault)
		}
	}
	plain := errors.New("plain")
	if err := explain("try", plain); !errors.Is(err, plain) || err.Error() != "try: plain" {
		t.Errorf("got %v, want the error as it is, after what was tried", err)
	}
	if err := explain("try", nil); err != nil {
		t.Errorf("got %v of nothing", err)
	}
}
