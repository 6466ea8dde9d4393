package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// What a shelf keeps of its copies: the newest of each of the last days that have one;
// of the older ones the newest of each of the last weeks; and those that were made before
// a migration, for as long.
const (
	keepDays      = 7
	keepWeeks     = 4
	keepMigration = keepWeeks * 7 * 24 * time.Hour
)

// Shelf is the directory that the backups of one database stand in. Only one program may
// put something there at a time.
type Shelf struct {
	Dir  string
	Zone *time.Location // a day is one in it; UTC when nil
}

// Copy is a backup on a shelf.
type Copy struct {
	Path     string
	Made     time.Time
	Migrated bool // made because a migration was to follow
}

const (
	copyPrefix = "ringback-"
	copySuffix = ".db"
	copyTime   = "20060102T150405Z"
	migrating  = "before-v" // and the version that the copy was to become
)

// Put makes a checked copy of a database and takes away those that are too many.
func (s Shelf) Put(ctx context.Context, from string, at time.Time) (Copy, Chain, error) {
	db, err := openToRead(ctx, from, copying)
	if err != nil {
		return Copy{}, Chain{}, err
	}
	made, chain, err := s.put(ctx, db, "", at)
	if err == nil {
		err = s.prune(at)
	}
	return made, chain, errors.Join(err, db.Close())
}

func (s Shelf) put(ctx context.Context, db *sql.DB, mark string, at time.Time) (Copy, Chain, error) {
	if err := s.clear(); err != nil {
		return Copy{}, Chain{}, fmt.Errorf("make a backup: %w", err)
	}
	at = at.UTC().Truncate(time.Second)
	if mark != "" {
		mark = "-" + mark
	}
	made := Copy{filepath.Join(s.Dir, copyPrefix+at.Format(copyTime)+mark+copySuffix), at, mark != ""}
	chain, err := backup(ctx, db, made.Path)
	if err != nil {
		return Copy{}, Chain{}, fmt.Errorf("make a backup: %w", err)
	}
	return made, chain, nil
}

// clear makes the directory, for its owner only, and removes what a backup left behind
// that was interrupted.
func (s Shelf) clear() error {
	if err := os.MkdirAll(s.Dir, 0o700); err != nil {
		return err
	}
	if err := os.Chmod(s.Dir, 0o700); err != nil { //nolint:gosec // a directory needs its x bit
		return err
	}
	parts, err := filepath.Glob(filepath.Join(glob(s.Dir), copyPrefix+"*.part-*"))
	for _, part := range parts {
		err = errors.Join(err, os.Remove(part))
	}
	return err
}

// glob takes a directory's name by its letters.
func glob(dir string) string {
	return strings.NewReplacer(`[`, `[[]`, `*`, `[*]`, `?`, `[?]`).Replace(dir)
}

// Copies are what stands there, the newest first. A file with another name is not ours.
func (s Shelf) Copies() ([]Copy, error) {
	entries, err := os.ReadDir(s.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("look for backups: %w", err)
	}
	var copies []Copy
	for i := len(entries) - 1; i >= 0; i-- { // by name, so by time
		if c, ok := s.copyOf(entries[i].Name()); ok {
			copies = append(copies, c)
		}
	}
	return copies, nil
}

func (s Shelf) copyOf(name string) (Copy, bool) {
	stem, ok := strings.CutPrefix(name, copyPrefix)
	if !ok {
		return Copy{}, false
	}
	if stem, ok = strings.CutSuffix(stem, copySuffix); !ok {
		return Copy{}, false
	}
	stamp, mark, marked := strings.Cut(stem, "-")
	made, err := time.Parse(copyTime, stamp)
	if err != nil || marked && !strings.HasPrefix(mark, migrating) {
		return Copy{}, false
	}
	return Copy{filepath.Join(s.Dir, name), made, marked}, true
}

// Newest is when the last of the copies was made that are not from the future, where a
// clock can once have been; zero: there is none.
func (s Shelf) Newest(now time.Time) (time.Time, error) {
	copies, err := s.Copies()
	for _, c := range copies {
		if !c.Migrated && !c.Made.After(now) {
			return c.Made, nil
		}
	}
	return time.Time{}, err
}

// NewestGood is the newest copy that is sound from end to end; ok is false where there is
// none.
func (s Shelf) NewestGood(ctx context.Context) (c Copy, ok bool) {
	copies, _ := s.Copies() // a shelf that can't be read has none to offer
	for _, c := range copies {
		if _, err := Inspect(ctx, c.Path); err == nil {
			return c, true
		}
	}
	return Copy{}, false
}

// prune removes what need not be kept.
func (s Shelf) prune(now time.Time) error {
	copies, err := s.Copies()
	for _, c := range s.spare(copies, now) {
		err = errors.Join(err, os.Remove(c.Path))
	}
	if err != nil {
		return fmt.Errorf("remove old backups: %w", err)
	}
	return nil
}

// spare says which of the copies, the newest first, need not be kept. Days are counted by
// the copies that there are: a computer that was off for a month loses none.
func (s Shelf) spare(copies []Copy, now time.Time) []Copy {
	var spare []Copy
	days, weeks := map[string]bool{}, map[string]bool{}
	for _, c := range copies {
		day, week := s.dayOf(c.Made)
		switch {
		case c.Made.After(now):
		case c.Migrated:
			if now.Sub(c.Made) > keepMigration {
				spare = append(spare, c)
			}
		case !days[day] && len(days) < keepDays:
			days[day] = true
		case days[day] || weeks[week] || len(weeks) == keepWeeks:
			spare = append(spare, c)
		default:
			weeks[week] = true
		}
	}
	return spare
}

func (s Shelf) dayOf(t time.Time) (day, week string) {
	if s.Zone != nil {
		t = t.In(s.Zone)
	}
	y, w := t.ISOWeek()
	return t.Format(time.DateOnly), fmt.Sprintf("%d-%d", y, w)
}
