package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"ringback/server/callback"
)

// companions are the files that can belong to a database: without them it is another one.
var companions = []string{"", "-wal", "-shm", "-journal"}

// Restore puts a copy in the place of a database, which no program may have open. The
// copy is checked first, and its event log then goes on with an entry that says that it was
// restored, for else a log that has lost its end could pass for one that never had it. What
// stood there is kept aside with its companions, under the name that is returned (empty:
// nothing stood there), and with it the newest of those that were kept before. A log that is not whole is no reason to lose the requests too: that
// is said by the chain, which is the copy's, and is no error. When it fails, all is as it
// was. Errors: those of Inspect, about the copy.
func Restore(ctx context.Context, from, to string, at time.Time) (kept string, chain Chain, err error) {
	if _, err := Inspect(ctx, from); err != nil && !isBroken(err) {
		return "", Chain{}, fmt.Errorf("check %s: %w", from, err)
	}
	db, err := openToRead(ctx, from, copying)
	if err != nil {
		return "", Chain{}, fmt.Errorf("check %s: %w", from, err)
	}
	defer func() { _ = db.Close() }()
	part, err := newPart(to)
	if err != nil {
		return "", Chain{}, fmt.Errorf("restore the database: %w", err)
	}
	defer func() { _ = removeAll(part, companions) }()
	if chain, err = copyTo(ctx, db, part); err != nil && !isBroken(err) {
		return "", chain, explain("restore the database", err)
	}
	if err := sign(ctx, part, at, restored(from, chain)); err != nil {
		return "", chain, explain("restore the database", err)
	}
	kept, err = exchange(part, to, asideOf(to, at))
	if err != nil {
		return "", chain, fmt.Errorf("restore the database: %w", err)
	}
	_ = pruneAside(to, kept) // it is restored; what could not be removed is tried at the next one
	return kept, chain, nil
}

// BeforeRestore begins what comes behind the name of a database in that of one that a
// restore has kept aside; the time follows.
const BeforeRestore = ".before-restore-"

// asideOf is the name under which a database is kept aside: that of the time, and one more
// for each that has it already, as when a copy that turned out the wrong one is replaced in
// the same second.
func asideOf(path string, at time.Time) string {
	name := path + BeforeRestore + at.UTC().Format(copyTime)
	for aside, n := name, 2; ; n++ {
		if !slices.ContainsFunc(companions, func(c string) bool { return thereIs(aside + c) }) {
			return aside
		}
		aside = fmt.Sprintf("%s-%d", name, n)
	}
}

// thereIs says whether a name is taken; one that can't be looked at is found out by its use.
func thereIs(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// Aside are the databases that restores have kept aside beside that one, the newest first,
// each without its companions.
func Aside(path string) ([]Copy, error) {
	names, err := filepath.Glob(glob(path) + BeforeRestore + "*")
	if err != nil {
		return nil, fmt.Errorf("look for what was kept aside: %w", err)
	}
	var copies []Copy
	for _, name := range slices.Backward(names) {
		stamp, _, _ := strings.Cut(strings.TrimPrefix(name, path+BeforeRestore), "-")
		made, err := time.Parse(copyTime, stamp)
		if err == nil && !slices.ContainsFunc(companions[1:], func(c string) bool { return strings.HasSuffix(name, c) }) {
			copies = append(copies, Copy{Path: name, Made: made})
		}
	}
	return copies, nil
}

// keepAside is how many databases that a restore has replaced are kept.
const keepAside = 5

// pruneAside removes those that are too many with their companions, the oldest first, but
// never the one that was kept just now: by a clock that was wrong it may not be the newest.
func pruneAside(path, kept string) error {
	copies, err := Aside(path)
	copies = slices.DeleteFunc(copies, func(c Copy) bool { return c.Path == kept })
	for _, c := range copies[min(len(copies), keepAside-1):] {
		err = errors.Join(err, removeAll(c.Path, companions))
	}
	return err
}

func isBroken(err error) bool {
	_, broken := errors.AsType[*ChainError](err)
	return broken
}

// restored is the entry of a copy that is put in place.
func restored(from string, chain Chain) callback.Note {
	body := map[string]any{"copy": filepath.Base(from), "anchor": chain.Anchor.String()}
	if err := chain.Err(); err != nil {
		body["fault"] = err.Error()
	}
	return callback.Note{Kind: "restored", Body: body}
}

// sign puts an entry at the end of the event log of a file that nobody has open. An older
// version's stays one: it is brought up to date when it is opened.
func sign(ctx context.Context, path string, at time.Time, n callback.Note) (err error) {
	if path, err = filepath.Abs(path); err != nil {
		return err
	}
	db, err := file{path: path}.pool(copying, 1)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	session, err := newSession(ctx, db)
	if err != nil {
		return err
	}
	defer session.close()
	w := &writer{session: session}
	if err := w.begin(); err != nil {
		return err
	}
	t := &tx{reader: reader{span{session: session, update: true}}, w: w}
	if err := t.Log(at, 0, n); err != nil {
		w.lose()
		return err
	}
	_, err = w.exec("COMMIT")
	return err
}

// exchange puts a file in the place of a database. The old one has both its names until
// the very step that takes the old one's away, so that at no moment there is none.
func exchange(part, to, aside string) (kept string, err error) {
	moved, err := keep(to, aside)
	if err == nil {
		// A write-ahead log that stayed would be taken for the new one's.
		err = removeAll(to, companions[1:])
	}
	if err == nil {
		err = os.Rename(part, to)
	}
	if err != nil {
		return "", errors.Join(err, takeBack(to, aside, moved))
	}
	if len(moved) > 0 {
		kept = aside
	}
	_ = flushDir(filepath.Dir(to)) // it is in place; a reader of the error could only do it again
	return kept, nil
}

// keep gives a database and its companions a second name, and says which there were.
func keep(path, aside string) (moved []string, err error) {
	for _, c := range companions {
		err := double(path+c, aside+c)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return moved, err
		}
		moved = append(moved, c)
	}
	return moved, nil
}

// PutBack undoes a Restore whose copy could not be opened: what Restore kept aside gets its
// place again, and the copy is gone. No program may have either open.
func PutBack(kept, to string) error {
	if err := removeAll(to, companions[1:]); err != nil {
		return fmt.Errorf("put the database back: %w", err)
	}
	for _, c := range companions {
		if err := os.Rename(kept+c, to+c); err != nil && (c == "" || !errors.Is(err, fs.ErrNotExist)) {
			return fmt.Errorf("put the database back: %w", err)
		}
	}
	return flushDir(filepath.Dir(to))
}

// takeBack undoes what keep and the step after it have done.
func takeBack(path, aside string, moved []string) error {
	var errs []error
	for _, c := range moved {
		if _, err := os.Lstat(path + c); errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, os.Rename(aside+c, path+c))
			continue
		}
		errs = append(errs, os.Remove(aside+c))
	}
	return errors.Join(errs...)
}

func removeAll(path string, ends []string) error {
	for _, end := range ends {
		if err := os.Remove(path + end); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// double links a file to a second name or, where the file system has no links, copies it.
func double(from, to string) error {
	if _, err := os.Lstat(from); err != nil {
		return err
	}
	if err := os.Link(from, to); err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	return copyFile(from, to)
}

func copyFile(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if err = errors.Join(err, out.Close()); err != nil {
			_ = os.Remove(to)
		}
	}()
	if _, err := io.Copy(out, in); err != nil {
		return err
	}
	return out.Sync()
}
