package shop

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"ringback/server"
	"ringback/server/callback"
	"ringback/server/desk"
	"ringback/server/settings"
	"ringback/server/sqlite"
)

// cared is a database and its care, which runs from now to the end of the test. It must be
// made in a bubble, where it is midnight in London on the first of January 2000.
type cared struct {
	*care
	t     *testing.T
	store *sqlite.Store
	skew  atomic.Int64 // the computer's clock against the bubble's, in nanoseconds
	said  *lockedLog
	stop  context.CancelFunc
}

func newCared(t *testing.T, data string) *cared {
	t.Helper()
	c := &cared{t: t, said: &lockedLog{}}
	now := func() time.Time { return time.Now().Add(time.Duration(c.skew.Load())) }
	store, err := sqlite.Open(t.Context(), sqlite.Options{Path: filepath.Join(data, dataFile), Now: now})
	if err != nil {
		t.Fatal(err)
	}
	c.store = store
	set := settings.Default("Europe/London", "GB")
	c.care = &care{
		data: data, now: now, log: slog.New(slog.NewTextHandler(c.said, nil)),
		stores:   func() []*sqlite.Store { return []*sqlite.Store{store} },
		settings: func() settings.Settings { return set },
		note: func(ctx context.Context, n callback.Note) error {
			return store.Update(ctx, func(tx callback.Tx) error { return tx.Log(now(), 0, n) })
		},
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		c.run(ctx)
	}()
	c.stop = func() {
		stop()
		<-ended
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	}
	return c
}

// lockedLog can be read while the care writes.
type lockedLog struct {
	mu sync.Mutex
	b  strings.Builder
}

func (l *lockedLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// jump puts the clock forward.
func (c *cared) jump(d time.Duration) {
	c.skew.Add(int64(d))
	c.pass(time.Minute)
}

// pass lets time go by, and then what is due be done.
func (c *cared) pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// made are the times of the backups, the oldest first; each is checked.
func (c *cared) made() []string {
	c.t.Helper()
	copies, err := c.shelf().Copies()
	if err != nil {
		c.t.Fatal(err)
	}
	var made []string
	for _, x := range slices.Backward(copies) {
		made = append(made, x.Made.Format("01-02 15:04"))
		if _, err := sqlite.Inspect(c.t.Context(), x.Path); err != nil && !isChain(err) {
			c.t.Errorf("%s: %v", x.Path, err)
		}
	}
	return made
}

// noted are the entries of the event log that are no request's.
func (c *cared) noted() (noted []string) {
	c.t.Helper()
	err := c.store.View(c.t.Context(), func(v callback.Reader) error {
		entries, err := v.Events(0, 100)
		for _, e := range entries {
			noted = append(noted, e.Kind+" "+e.Body)
		}
		return err
	})
	if err != nil {
		c.t.Fatal(err)
	}
	return noted
}

func (c *cared) want(what string, want ...string) {
	c.t.Helper()
	if got := c.made(); !slices.Equal(got, want) {
		c.t.Errorf("%s: got backups of %q, want %q", what, got, want)
	}
}

func TestABackupIsMadeEachNight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCared(t, t.TempDir())
		defer c.stop()
		c.pass(time.Minute)
		c.want("a shop without one gets one at once", "01-01 00:00")
		c.pass(3 * time.Hour)
		c.want("then at night", "01-01 03:00") // it is of the same day
		c.pass(47 * time.Hour)
		c.want("each night", "01-01 03:00", "01-02 03:00")
		c.pass(12 * 24 * time.Hour)
		c.want("seven days, and a week's newest before them", "01-02 03:00", "01-07 03:00", "01-08 03:00", "01-09 03:00", "01-10 03:00", "01-11 03:00", "01-12 03:00", "01-13 03:00", "01-14 03:00")
	})
}

func TestWhoIsOffAtNightMakesTheBackupInTheMorning(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		data := t.TempDir()
		time.Sleep(9 * time.Hour)
		for range 2 { // a second start on the same day makes none
			c := newCared(t, data)
			c.pass(time.Hour)
			c.want("the first day", "01-01 09:00")
			c.stop()
		}
		time.Sleep(24 * time.Hour)
		c := newCared(t, data)
		defer c.stop()
		c.pass(time.Minute)
		c.want("the next day", "01-01 09:00", "01-02 11:00")
	})
}

func TestTheCareAfterAClockJump(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCared(t, t.TempDir())
		defer c.stop()
		c.pass(4 * time.Hour)
		c.jump(50 * time.Hour) // the computer has slept
		c.want("after two nights of sleep", "01-01 03:00", "01-03 06:00")
		const wrong = 24 * 365 * 10 * time.Hour
		c.jump(wrong)
		c.jump(-wrong)
		c.pass(24 * time.Hour)
		if got := c.made(); !slices.Contains(got, "01-04 03:00") {
			t.Errorf("got backups of %q, and none of the night after the clock was put right", got)
		}
	})
}

func TestABackupThatFailsIsSaidAndTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		data := t.TempDir()
		c := newCared(t, data)
		defer c.stop()
		s := &era{Shop: &Shop{care: c.care, log: c.log}, mode: mode{store: c.store}}
		if got := s.databaseHealth(); got.Status != "" {
			t.Errorf("before: got %+v", got)
		}
		inTheWay := filepath.Join(data, backupsDir)
		if err := os.WriteFile(inTheWay, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		c.pass(time.Minute)
		got := s.databaseHealth()
		if got.Status != server.Degraded || !strings.Contains(got.Detail, "the last backup failed") || got.Since.After(time.Now()) {
			t.Errorf("failed: got %+v", got)
		}
		c.pass(10 * time.Minute)
		if n := strings.Count(c.said.String(), "the last backup failed"); n != 1 {
			t.Errorf("tried %d times within minutes, want once", n)
		}
		if err := os.Remove(inTheWay); err != nil {
			t.Fatal(err)
		}
		c.pass(10 * time.Minute)
		if got := s.databaseHealth(); got.Status != "" {
			t.Errorf("when it could be made: got %+v", got)
		}
		c.want("the second try", "01-01 00:15")
		if !strings.Contains(c.said.String(), "anchor=\"1 ") {
			t.Errorf("the anchor is not in the log: %s", c.said)
		}
		noted := c.noted()
		if len(noted) != 2 || noted[0] != `backup_failed {"why":"the log says why"}` || !strings.HasPrefix(noted[1], `backup {"anchor":"1 `) {
			t.Errorf("the event log has %q; want that it failed, once, and then the backup with its anchor", noted)
		}
	})
}

// The owner made room, and the window says that all is well: then /health says so too.
func TestABackupThatFailedIsTriedAgainAsSoonAsTheDiskIsWell(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		data := t.TempDir()
		c := newCared(t, data)
		defer c.stop()
		s := &Shop{care: c.care, log: c.log, desk: &desk.Lasting{}}
		inTheWay := filepath.Join(data, backupsDir)
		if err := os.WriteFile(inTheWay, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		c.pass(time.Minute)
		if err := os.Remove(inTheWay); err != nil {
			t.Fatal(err)
		}
		s.sayUnsaved(desk.DiskFull, nil)
		c.pass(careTick)
		if why, _ := c.trouble(); why != "" {
			t.Errorf("%v after the disk is well /health says %q", careTick, why)
		}
		c.want("at once", "01-01 00:01")
		s.sayUnsaved(desk.DiskFull, nil)
		c.pass(time.Minute)
		c.want("and what did not fail is not done again", "01-01 00:01")
	})
}

func TestWhatIsWrongWithADiskIsSaidInAWordOrTwo(t *testing.T) {
	on := func(err error) error {
		return fmt.Errorf("make a backup: %w", &fs.PathError{Op: "chmod", Path: "backups", Err: err})
	}
	for _, c := range []struct {
		err  error
		want string
	}{
		{on(syscall.EROFS), "the disk is read-only"},
		{on(syscall.ENOSPC), "the disk is full"},
		{on(syscall.EACCES), "no permission to write"},
		{fmt.Errorf("make a backup: %w", sqlite.ErrDamaged), "the database is damaged"},
		{errors.New("never heard of"), "the log says why"},
	} {
		if got := cause(c.err); got != c.want {
			t.Errorf("%v: got %q, want %q", c.err, got, c.want)
		}
	}
}

func TestAChangedEntryIsFoundByTheNightlyBackup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		data := t.TempDir()
		c := newCared(t, data)
		err := c.store.Update(t.Context(), func(tx callback.Tx) error {
			return tx.Log(time.Now(), 0, callback.Note{Kind: "telling"})
		})
		if err != nil {
			t.Fatal(err)
		}
		c.stop()
		file, err := os.ReadFile(filepath.Join(data, dataFile))
		if err == nil {
			err = os.WriteFile(filepath.Join(data, dataFile), bytes.ReplaceAll(file, []byte("telling"), []byte("tolling")), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		c = newCared(t, data)
		defer c.stop()
		c.pass(time.Hour)
		c.want("of a log that is broken, made all the same, and once", "01-01 00:00")
		if why, _ := c.trouble(); !strings.Contains(why, "entry 1 was changed") {
			t.Errorf("got %q, want the entry to be named", why)
		}
	})
}

func TestWhatIsTooOldIsRemovedAtNight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCared(t, t.TempDir())
		defer c.stop()
		var id int64
		err := c.store.Update(t.Context(), func(tx callback.Tx) (err error) {
			id, err = tx.Insert(callback.Request{PublicID: "p", Status: callback.Completed, Number: "+12125550123", AskedAt: time.Now(), UpdatedAt: time.Now()})
			if err != nil {
				return err
			}
			return tx.Log(time.Now(), id, callback.Note{Kind: "asked"})
		})
		if err != nil {
			t.Fatal(err)
		}
		is := func(erased bool, events int) {
			t.Helper()
			err := c.store.View(t.Context(), func(v callback.Reader) error {
				r, err := v.Request(id)
				if err != nil {
					return err
				}
				log, err := v.Events(id, 10)
				if r.Erased() != erased || len(log) != events {
					t.Errorf("after %v: erased %t, %d events; want %t and %d", c.now().Sub(r.AskedAt), r.Erased(), len(log), erased, events)
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
		}
		const day = 24 * time.Hour
		c.pass(4 * time.Hour)
		c.jump(364 * day)
		is(false, 1)
		c.jump(day)
		is(true, 1)
		c.jump(364 * day)
		is(true, 1)
		c.jump(day)
		is(true, 0)
	})
}

func TestRetentionFollowsThePrivacySettings(t *testing.T) {
	now := time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)
	ago := func(days int) time.Time { return now.AddDate(0, 0, -days) }
	for _, c := range []struct {
		name string
		set  settings.Privacy
		want sqlite.Retention
	}{
		{"as a fresh shop has them", settings.Privacy{KeepRequestsDays: 365, KeepEventsDays: 730},
			sqlite.Retention{People: ago(365), Events: ago(730), Spam: ago(30), Traces: ago(14)}},
		{"0 is without end, but for spam and traces", settings.Privacy{}, sqlite.Retention{Spam: ago(30), Traces: ago(14)}},
		{"traces hold a name and go no later than the person", settings.Privacy{KeepRequestsDays: 7},
			sqlite.Retention{People: ago(7), Spam: ago(7), Traces: ago(7)}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := retention(c.set, now); got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestTheNightIsTheShops(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	at := func(s string) time.Time {
		t.Helper()
		u, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return u
	}
	for _, c := range []struct{ name, now, want string }{
		{"at noon", "2026-11-24T12:00:00+01:00", "2026-11-24T03:00:00+01:00"},
		{"at one", "2026-11-24T01:00:00+01:00", "2026-11-23T03:00:00+01:00"},
		{"at the hour itself", "2026-11-24T03:00:00+01:00", "2026-11-24T03:00:00+01:00"},
		{"when the clocks went forward", "2026-03-29T12:00:00+02:00", "2026-03-29T03:00:00+02:00"},
		{"when the clocks went back", "2026-10-25T12:00:00+01:00", "2026-10-25T03:00:00+01:00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := night(at(c.now), berlin); !got.Equal(at(c.want)) {
				t.Errorf("got %v, want %s", got, c.want)
			}
		})
	}
}
