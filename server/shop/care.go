package shop

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"ringback/server/callback"
	"ringback/server/settings"
	"ringback/server/sqlite"
)

const (
	careHour   = 3                // of the night, in the shop's zone
	careTick   = 15 * time.Second // how often the clock is looked at: a timer stands still while a computer sleeps
	careAgain  = 15 * time.Minute // what failed is tried again this much later
	keepTraces = 14               // days: done effects, answers to webhooks, calls that came in
	keepSpam   = 30               // days
)

// dataFile has the settings and, live, everything else: what backup, restore and verify
// mean. backupsDir and logsDir are beside it.
const (
	dataFile   = "ringback.db"
	backupsDir = "backups"
	logsDir    = "logs"
)

// care looks after the databases once a night, or as soon after as the program runs: it
// makes a backup, and removes what is too old.
type care struct {
	data     string // the data directory
	stores   func() []*sqlite.Store
	settings func() settings.Settings
	note     func(context.Context, callback.Note) error // into the shop's event log
	now      func() time.Time                           // time.Now when nil
	log      *slog.Logger

	busy   sync.Mutex // held while a database is read or written
	mu     sync.Mutex
	chores [2]chore // the backup comes first: it has what a clock that is wrong removes
}

// chore is something that is done once a night, and how it went.
type chore struct {
	done   time.Time // when it last went well; zero: not known
	again  time.Time // it failed: not before then
	failed time.Time // since when it fails; zero: it doesn't
	why    string    // for /health
}

func (c *care) run(ctx context.Context) {
	tick := time.NewTicker(careTick)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			c.look(ctx)
		}
	}
}

// look does what is due.
func (c *care) look(ctx context.Context) {
	c.busy.Lock()
	defer c.busy.Unlock()
	for i, do := range []func(context.Context, time.Time) error{c.backUp, c.retain} {
		now := c.time()
		if ctx.Err() != nil || !c.due(i, now) {
			continue
		}
		if err := do(ctx, now); ctx.Err() == nil && c.went(i, now, err) {
			c.noteFailure(ctx, i, err)
		}
	}
}

// noteFailure is one entry for as long as a chore fails, however often it is tried. A disk
// that takes nothing takes no entry either: then the log has to do.
func (c *care) noteFailure(ctx context.Context, i int, err error) {
	n := callback.Note{Kind: [...]string{"backup_failed", "retention_failed"}[i], Body: map[string]any{"why": cause(err)}}
	if isChain(err) {
		n.Kind = "backup" // it was made
	}
	c.put(ctx, n)
}

func (c *care) put(ctx context.Context, n callback.Note) {
	if err := c.note(ctx, n); err != nil && ctx.Err() == nil {
		c.log.Error("write into the event log", "kind", n.Kind, "err", err)
	}
}

func (c *care) time() time.Time {
	if c.now == nil {
		return time.Now()
	}
	return c.now()
}

// due says that a chore was not done since the last night. What a clock that was wrong
// said of the future counts for nothing.
func (c *care) due(i int, now time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	ch := &c.chores[i]
	if i == 0 && ch.done.IsZero() && ch.failed.IsZero() {
		ch.done, _ = c.shelf().Newest(now) // one that can't be read is found out by the backup itself
	}
	if wait := ch.again.Sub(now); wait > 0 && wait <= careAgain {
		return false
	}
	return ch.done.Before(night(now, c.settings().Hours.Zone())) || ch.done.After(now)
}

// night is the last time that it was the hour of care.
func night(now time.Time, zone *time.Location) time.Time {
	y, m, d := now.In(zone).Date()
	if t := time.Date(y, m, d, careHour, 0, 0, 0, zone); !t.After(now) {
		return t
	}
	return time.Date(y, m, d-1, careHour, 0, 0, 0, zone)
}

// went keeps how a chore went; newly: it fails, and did not the last time.
func (c *care) went(i int, now time.Time, err error) (newly bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	ch := &c.chores[i]
	if err == nil {
		*ch = chore{done: now}
		return false
	}
	if newly = ch.failed.IsZero(); newly {
		ch.failed = now
	}
	if ch.again = now.Add(careAgain); isChain(err) {
		ch.done = now // the backup was made; to make it again mends no log
	}
	what := [...]string{"the last backup failed", "old data could not be removed"}[i]
	ch.why = what + ": " + cause(err)
	c.log.Error(what, "err", err, "again", ch.again.UTC())
	return newly
}

// soon lets what failed be tried at the next look: whatever was wrong with the disk may be
// over. It may be called at any time.
func (c *care) soon() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i := range c.chores {
		c.chores[i].again = time.Time{}
	}
}

// diskFaults are what a disk or its file system answers beside SQLite.
var diskFaults = []struct {
	fault error
	says  string
}{
	{syscall.EROFS, "the disk is read-only"},
	{syscall.ENOSPC, sqlite.ErrFull.Error()},
	{fs.ErrPermission, "no permission to write"},
}

// cause says in a word or two what is wrong with a disk.
func cause(err error) string {
	for _, fault := range []error{sqlite.ErrFull, sqlite.ErrDamaged, sqlite.ErrReadOnly, sqlite.ErrBusy, sqlite.ErrDisk, sqlite.ErrNotOurs} {
		if errors.Is(err, fault) {
			return fault.Error()
		}
	}
	for _, f := range diskFaults {
		if errors.Is(err, f.fault) {
			return f.says
		}
	}
	if broken, ok := errors.AsType[*sqlite.ChainError](err); ok {
		return broken.Error()
	}
	return "the log says why"
}

// trouble is what fails, and since when; empty: nothing does.
func (c *care) trouble() (why string, since time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, ch := range c.chores {
		if ch.why != "" {
			return ch.why, ch.failed
		}
	}
	return "", time.Time{}
}

func (c *care) shelf() sqlite.Shelf {
	return sqlite.Shelf{Dir: filepath.Join(c.data, backupsDir), Zone: c.settings().Hours.Zone()}
}

// backUp puts the anchor into both logs, too: it proves later what the event log was.
func (c *care) backUp(ctx context.Context, now time.Time) error {
	made, chain, err := c.shelf().Put(ctx, filepath.Join(c.data, dataFile), now)
	if err != nil {
		return err
	}
	file, anchor := filepath.Base(made.Path), chain.Anchor.String()
	c.log.Info("backup", "file", file, "entries", chain.Entries, "anchor", anchor)
	c.put(ctx, callback.Note{Kind: "backup", Body: map[string]any{"file": file, "anchor": anchor}})
	return nil
}

func (c *care) retain(ctx context.Context, now time.Time) error {
	limits := retention(c.settings().Privacy, now)
	var errs []error
	for _, store := range c.stores() {
		gone, err := store.Retain(ctx, limits)
		if gone != (sqlite.Retained{}) {
			c.log.Info("removed what was too old", "people", gone.People, "events", gone.Events, "spam", gone.Spam, "traces", gone.Traces)
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// retention is the owner's wish in times. What holds a person's words is never kept longer
// than the person.
func retention(p settings.Privacy, now time.Time) sqlite.Retention {
	ago := func(days int) time.Time { return now.AddDate(0, 0, -days) }
	r := sqlite.Retention{Spam: ago(keepSpam), Traces: ago(keepTraces)}
	if days := p.KeepRequestsDays; days > 0 {
		r.People, r.Spam, r.Traces = ago(days), ago(min(days, keepSpam)), ago(min(days, keepTraces))
	}
	if days := p.KeepEventsDays; days > 0 {
		r.Events = ago(days)
	}
	return r
}

// startCare looks after the databases from now on.
func (s *Shop) startCare(context.Context) error {
	s.care = &care{data: s.options.Data, stores: s.stores, settings: s.Settings, note: s.note, log: s.log}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		s.care.run(ctx)
	}()
	s.onClose("the care of the databases", func() error {
		stop()
		<-ended
		return nil
	})
	return nil
}

// stores are the databases that are open: in practice there are two.
func (s *Shop) stores() []*sqlite.Store {
	live := s.live.Load()
	if here := s.era.Load().mode.store; here != live {
		return []*sqlite.Store{live, here}
	}
	return []*sqlite.Store{live}
}
