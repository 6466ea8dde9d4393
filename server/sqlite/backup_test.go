package sqlite

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"ringback/server/callback"
)

// inside are the names in a directory.
func inside(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// filled makes a database with that many requests, closed.
func filled(t *testing.T, path string, n int) {
	t.Helper()
	s := open(t, path)
	for n := range n {
		if err := s.update(t.Context(), inserting(n)); err != nil {
			t.Fatal(err)
		}
	}
	closed(t, s)
}

func TestABackupTakenWhileOthersWriteIsWhole(t *testing.T) {
	dir := t.TempDir()
	path, to := filepath.Join(dir, "ringback.db"), filepath.Join(dir, "copy.db")
	s := open(t, path)
	var saved int
	ctx, stop := context.WithCancel(t.Context())
	begun := make(chan struct{})
	var writing sync.WaitGroup
	writing.Go(func() {
		for ctx.Err() == nil {
			if err := s.update(t.Context(), inserting(saved)); err != nil {
				t.Error(err)
				return
			}
			if saved++; saved == 20 {
				close(begun)
			}
		}
	})
	<-begun
	chain, err := Backup(t.Context(), path, to)
	stop()
	writing.Wait()
	if err != nil || chain.Entries < 20 || chain.Entries > saved || chain.Anchor.Seq != int64(chain.Entries) {
		t.Fatalf("got %+v, %v of %d entries", chain, err, saved)
	}
	if info, err := os.Stat(to); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("the copy: got %v, %v, want 600", info.Mode(), err)
	}
	found := open(t, to)
	intact(t, found, chain.Entries)
	for n := range chain.Entries {
		if !stored(t, found, n) {
			t.Errorf("request %d is not in it", n)
		}
	}
}

func TestABackupThatCanNotBe(t *testing.T) {
	for _, c := range []struct {
		name string
		make func(t *testing.T, from, to string)
		want error
	}{
		{"over a file that is there", func(t *testing.T, from, to string) { filled(t, from, 1); written(t, to, []byte("a letter")) }, fs.ErrExist},
		{"of nothing", func(*testing.T, string, string) {}, fs.ErrNotExist},
		{"of an empty file", func(t *testing.T, from, _ string) { written(t, from, nil) }, ErrNotOurs},
		{"of another program's", func(t *testing.T, from, _ string) { bare(t, from, "CREATE TABLE songs (title TEXT)") }, ErrNotOurs},
		{"of a newer one", func(t *testing.T, from, _ string) {
			made(t, from, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)")
		}, ErrNewer},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			from, to := filepath.Join(dir, "ringback.db"), filepath.Join(dir, "copy.db")
			c.make(t, from, to)
			before := inside(t, dir)
			if _, err := Backup(t.Context(), from, to); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
			if after := inside(t, dir); !slices.Equal(before, after) {
				t.Errorf("it leaves %q where %q was", after, before)
			}
		})
	}
}

func TestABrokenLogIsFoundInTheBackupWhichIsMadeAllTheSame(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "ringback.db")
	filled(t, path, 3)
	bare(t, path, "DROP TRIGGER events_update", "UPDATE events SET kind = 'x' WHERE seq = 2")
	_, err := Backup(t.Context(), path, filepath.Join(dir, "copy.db"))
	var broken *ChainError
	if !errors.As(err, &broken) || broken.Seq != 2 || broken.How != Changed {
		t.Errorf("got %v, want entry 2 to be named", err)
	}
	if got := inside(t, dir); !slices.Equal(got, []string{"copy.db", "ringback.db"}) {
		t.Errorf("it leaves %q", got)
	}
}

// Two indexes that were mistaken for each other are what only the whole check finds.
func TestInspectFindsAnIndexThatIsAnothers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ringback.db")
	filled(t, path, 3)
	bare(t, path, "PRAGMA writable_schema = 1", `
		UPDATE sqlite_schema AS one SET rootpage = (
			SELECT rootpage FROM sqlite_schema AS other
			WHERE other.name LIKE 'requests_%' AND other.name <> one.name AND other.name IN ('requests_number', 'requests_public_id'))
		WHERE name IN ('requests_number', 'requests_public_id')`)
	if _, err := Inspect(t.Context(), path); !errors.Is(err, ErrDamaged) {
		t.Errorf("got %v, want %v", err, ErrDamaged)
	}
}

func TestADatabaseWhoseCheckFailsDoesNotOpenAndStaysAsItIs(t *testing.T) {
	path := damagedFile(t)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := reopen(t, path); !errors.Is(err, ErrDamaged) || strings.Contains(err.Error(), "\n") {
		t.Errorf("got %v, want one line of %v", err, ErrDamaged)
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(after, b) {
		t.Error("the file was changed")
	}
}

// damagedFile makes a database of which a page that no opening reads is nonsense.
func damagedFile(t *testing.T) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "ringback.db")
	filled(t, path, 200)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	copy(b[len(b)-8192:], bytes.Repeat([]byte{0xff}, 4096))
	written(t, path, b)
	return path
}

func TestARestoreKeepsWhatWasThereWithItsWriteAheadLog(t *testing.T) {
	dir := t.TempDir()
	path, from := filepath.Join(dir, "ringback.db"), filepath.Join(dir, "copy.db")
	filled(t, path, 2)
	if _, err := Backup(t.Context(), path, from); err != nil {
		t.Fatal(err)
	}
	// As pulling the plug leaves it: the third request is in the write-ahead log alone.
	s := open(t, path)
	if err := s.update(t.Context(), inserting(2)); err != nil {
		t.Fatal(err)
	}
	crashed := filepath.Join(t.TempDir(), "ringback.db")
	for _, end := range []string{"", "-wal", "-shm"} {
		b, err := os.ReadFile(path + end)
		if err != nil {
			t.Fatal(err)
		}
		written(t, crashed+end, b)
	}

	kept, chain, err := Restore(t.Context(), from, crashed, noon)
	if err != nil || chain.Entries != 2 || kept != crashed+".before-restore-20261124T120000Z" {
		t.Fatalf("got %q, %+v, %v", kept, chain, err)
	}
	want := []string{"ringback.db", "ringback.db.before-restore-20261124T120000Z", "ringback.db.before-restore-20261124T120000Z-shm", "ringback.db.before-restore-20261124T120000Z-wal"}
	if got := inside(t, filepath.Dir(crashed)); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	restored, before := open(t, crashed), open(t, kept)
	if stored(t, restored, 2) || !stored(t, restored, 1) {
		t.Error("the restored one is not the copy")
	}
	if !stored(t, before, 2) {
		t.Error("the one kept aside has lost what was in its write-ahead log")
	}
	intact(t, restored, 3) // the two, and that it was restored
	intact(t, before, 3)
}

// Whoever took the wrong copy takes another one at once.
func TestARestoreRightAfterARestoreKeepsBothAside(t *testing.T) {
	dir := t.TempDir()
	from, to := filepath.Join(dir, "copy.db"), filepath.Join(dir, "ringback.db")
	filled(t, from, 1)
	filled(t, to, 3)
	var kept []string
	for range 3 {
		aside, _, err := Restore(t.Context(), from, to, noon)
		if err != nil {
			t.Fatal(err)
		}
		kept = append(kept, filepath.Base(aside))
	}
	const first = "ringback.db.before-restore-20261124T120000Z"
	if want := []string{first, first + "-2", first + "-3"}; !slices.Equal(kept, want) {
		t.Errorf("kept aside are %q, want %q", kept, want)
	}
	written(t, filepath.Join(dir, first+"-3-wal"), nil)
	written(t, filepath.Join(dir, "ringback.db.before-restore-last-week"), nil)
	found, err := Aside(to)
	var names []string
	for _, c := range found {
		names = append(names, filepath.Base(c.Path))
		if !c.Made.Equal(noon) {
			t.Errorf("%s is of %v", c.Path, c.Made)
		}
	}
	if slices.Reverse(kept); err != nil || !slices.Equal(names, kept) {
		t.Errorf("found are %q, %v", names, err)
	}
	if !stored(t, open(t, filepath.Join(dir, first)), 2) {
		t.Error("the first one is not what was there at first")
	}
}

func TestTheNewestOfWhatRestoresReplacedAreKept(t *testing.T) {
	dir := t.TempDir()
	from, to := filepath.Join(dir, "copy.db"), filepath.Join(dir, "ringback.db")
	filled(t, from, 1)
	filled(t, to, 3)
	restored := func(at time.Time) (name string) {
		t.Helper()
		aside, _, err := Restore(t.Context(), from, to, at)
		if err != nil {
			t.Fatal(err)
		}
		return filepath.Base(aside)
	}
	var kept []string
	for i := range keepAside + 2 {
		kept = append(kept, restored(noon.Add(time.Duration(i)*time.Hour)))
	}
	written(t, filepath.Join(dir, kept[2]+"-wal"), nil)
	check := func(want ...string) {
		t.Helper()
		all := append([]string{"copy.db", "ringback.db"}, want...)
		slices.Sort(all)
		if got := inside(t, dir); !slices.Equal(got, all) {
			t.Errorf("left are %q, want %q", got, all)
		}
	}
	check(append(kept[2:], kept[2]+"-wal")...)
	early := restored(noon.Add(-time.Hour)) // the clock was wrong until now, or is from now on
	check(append(kept[3:], early)...)
}

func TestARestoreThatFailsChangesNothing(t *testing.T) {
	for _, c := range []struct {
		name string
		make func(t *testing.T, from, to string)
		want error
	}{
		{"no copy", func(*testing.T, string, string) {}, fs.ErrNotExist},
		{"a letter", func(t *testing.T, from, _ string) { written(t, from, []byte("Dear landlord, ")) }, ErrNotOurs},
		{"half a copy", func(t *testing.T, from, _ string) {
			filled(t, from, 200)
			if err := os.Truncate(from, 100<<10); err != nil {
				t.Fatal(err)
			}
		}, ErrDamaged},
		{"a newer one", func(t *testing.T, from, _ string) {
			made(t, from, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)")
		}, ErrNewer},
		{"the old one's write-ahead log can't be removed", func(t *testing.T, from, to string) {
			filled(t, from, 1)
			if err := os.MkdirAll(filepath.Join(to+"-wal", "full"), 0o700); err != nil {
				t.Fatal(err)
			}
		}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			from, to := filepath.Join(dir, "copy.db"), filepath.Join(dir, "ringback.db")
			filled(t, to, 3)
			c.make(t, from, to)
			before, names := contents(t, to), inside(t, dir)
			kept, _, err := Restore(t.Context(), from, to, noon)
			if err == nil || c.want != nil && !errors.Is(err, c.want) || kept != "" {
				t.Errorf("got %q, %v, want %v", kept, err, c.want)
			}
			if !bytes.Equal(before, contents(t, to)) {
				t.Error("the database was changed")
			}
			if got := inside(t, dir); !slices.Equal(got, names) {
				t.Errorf("it leaves %q where %q was", got, names)
			}
		})
	}
}

func contents(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestACopyOfAnOlderDatabaseIsRestored(t *testing.T) {
	dir := t.TempDir()
	from, to := filepath.Join(dir, "copy.db"), filepath.Join(dir, "ringback.db")
	filled(t, from, 1)
	bare(t, from, "DELETE FROM goose_db_version WHERE version_id > 5")
	if kept, _, err := Restore(t.Context(), from, to, noon); err != nil || kept != "" {
		t.Errorf("got %q, %v", kept, err)
	}
}

func TestAnErasedPersonIsNotInTheBackupsFile(t *testing.T) {
	dir := t.TempDir()
	path, to := filepath.Join(dir, "ringback.db"), filepath.Join(dir, "copy.db")
	s := open(t, path)
	err := s.Update(t.Context(), func(tx callback.Tx) error {
		r := ask(1)
		r.Message = strings.Repeat("xylophone ", 100)
		_, err := tx.Insert(r)
		return err
	})
	if err == nil {
		err = tamper(t, s, "UPDATE requests SET message = ''")
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Backup(t.Context(), path, to); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(contents(t, to), []byte("xylophone")) {
		t.Error("the message is still in it")
	}
}

func TestAShelfKeepsSevenDaysAndFourWeeks(t *testing.T) {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	day := func(n int) time.Time { return time.Date(2026, 9, 1+n, 3, 0, 0, 0, zone) } // a Tuesday
	for _, c := range []struct {
		name string
		made []time.Time
		want []time.Time
	}{
		{"one each night for ten weeks", nights(day, 0, 70), []time.Time{day(47), day(54), day(61), day(62), day(63), day(64), day(65), day(66), day(67), day(68), day(69)}},
		{"several on a day: the newest", []time.Time{day(0), day(0).Add(time.Hour), day(0).Add(20*time.Hour + 59*time.Minute), day(0).Add(21 * time.Hour)}, []time.Time{day(0).Add(20*time.Hour + 59*time.Minute), day(0).Add(21 * time.Hour)}},
		{"after a long time off the old ones stay", append(nights(day, 0, 7), day(300)), append(nights(day, 1, 7), day(0), day(300))},
		{"a copy from the future counts for nothing", append(nights(day, 0, 7), day(9000)), append(nights(day, 0, 7), day(9000))},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := Shelf{Dir: t.TempDir(), Zone: zone}
			var all []Copy
			for _, at := range c.made {
				all = append([]Copy{{Made: at}}, all...)
				spare := s.spare(all, minTime(at, day(400)))
				all = slices.DeleteFunc(all, func(x Copy) bool { return slices.Contains(spare, x) })
			}
			var got []time.Time
			for _, x := range all {
				got = append(got, x.Made)
			}
			slices.SortFunc(got, time.Time.Compare)
			slices.SortFunc(c.want, time.Time.Compare)
			if !slices.Equal(got, c.want) {
				t.Errorf("got %v\nwant %v", got, c.want)
			}
		})
	}
}

// nights are the days from one to before another.
func nights(day func(int) time.Time, from, to int) (days []time.Time) {
	for n := from; n < to; n++ {
		days = append(days, day(n))
	}
	return days
}

func minTime(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func TestAShelf(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "ringback.db")
	filled(t, path, 3)
	s := Shelf{Dir: filepath.Join(dir, "back[u]ps")}
	if at, err := s.Newest(noon); err != nil || !at.IsZero() {
		t.Errorf("before the first: got %v, %v", at, err)
	}
	if _, ok := s.NewestGood(t.Context()); ok {
		t.Error("it offers a copy that is not there")
	}
	if err := os.Mkdir(s.Dir, 0o755); err != nil { // as left by something careless
		t.Fatal(err)
	}
	first, chain, err := s.Put(t.Context(), path, noon)
	if err != nil || chain.Entries != 3 || filepath.Base(first.Path) != "ringback-20261124T120000Z.db" {
		t.Fatalf("got %+v, %+v, %v", first, chain, err)
	}
	if info, err := os.Stat(s.Dir); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
		t.Errorf("the directory: got %v, %v, want 700", info.Mode(), err)
	}
	written(t, first.Path+".part-17", []byte("interrupted"))
	written(t, filepath.Join(s.Dir, "ringback-mine.db"), []byte("the owner's own"))
	second, _, err := s.Put(t.Context(), path, noon.AddDate(0, 0, 1))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"ringback-20261124T120000Z.db", "ringback-20261125T120000Z.db", "ringback-mine.db"}
	if got := inside(t, s.Dir); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if good, ok := s.NewestGood(t.Context()); !ok || good != second {
		t.Errorf("got %+v, want the second", good)
	}
	written(t, second.Path, []byte("rotten"))
	if good, ok := s.NewestGood(t.Context()); !ok || good != first {
		t.Errorf("got %+v, want the first, as the second is rotten", good)
	}
	if at, err := s.Newest(noon.Add(time.Hour)); err != nil || !at.Equal(noon) {
		t.Errorf("got %v, %v, want the one that is not from the future", at, err)
	}
}

func TestCopiesFromBeforeAMigrationStayFourWeeks(t *testing.T) {
	s := Shelf{}
	old, young := Copy{Path: "old", Made: noon.AddDate(0, 0, -29), Migrated: true}, Copy{Path: "young", Made: noon.AddDate(0, 0, -27), Migrated: true}
	if got := s.spare([]Copy{young, old}, noon); !slices.Equal(got, []Copy{old}) {
		t.Errorf("got %v, want the old one", got)
	}
}
