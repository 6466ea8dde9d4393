package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// Backup makes a consistent copy of a database, also of one that a program has open, and
// checks it. The copy comes to its name whole or not at all, and never over a file that
// is there: fs.ErrExist. Other errors: those of Inspect. A *ChainError comes with a copy
// that was made: a log that is not whole is no reason to lose the requests too.
func Backup(ctx context.Context, from, to string) (Chain, error) {
	db, err := openToRead(ctx, from, copying)
	if err != nil {
		return Chain{}, err
	}
	chain, err := backup(ctx, db, to)
	return chain, errors.Join(err, db.Close())
}

func backup(ctx context.Context, db *sql.DB, to string) (Chain, error) {
	if _, err := os.Lstat(to); err == nil {
		return Chain{}, &fs.PathError{Op: "copy the database to", Path: to, Err: fs.ErrExist}
	}
	part, err := newPart(to)
	if err != nil {
		return Chain{}, fmt.Errorf("copy the database: %w", err)
	}
	defer func() { _ = os.Remove(part) }() // what was put in place has another name by then
	chain, err := copyTo(ctx, db, part)
	if err != nil && !isBroken(err) {
		return chain, explain("copy the database", err)
	}
	if err := place(part, to); err != nil {
		return chain, fmt.Errorf("copy the database: %w", err)
	}
	return chain, err
}

// newPart makes the file that a copy is made in, for its owner's eyes only.
func newPart(to string) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(to), filepath.Base(to)+".part-*")
	if err != nil {
		return "", err
	}
	return f.Name(), f.Close()
}

// copyTo fills an empty file, which is then safely on disk and was found good.
func copyTo(ctx context.Context, db *sql.DB, part string) (Chain, error) {
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", part); err != nil {
		return Chain{}, err
	}
	if err := flush(part); err != nil {
		return Chain{}, err
	}
	return Inspect(ctx, part)
}

// place gives a file its name. A link refuses a name that is taken, whoever took it
// meanwhile; not every file system has links.
func place(part, to string) error {
	if err := os.Link(part, to); errors.Is(err, fs.ErrExist) {
		return err
	} else if err != nil {
		if _, err := os.Lstat(to); err == nil {
			return &fs.PathError{Op: "rename", Path: to, Err: fs.ErrExist}
		}
		if err := os.Rename(part, to); err != nil {
			return err
		}
	}
	return flushDir(filepath.Dir(to))
}

func flush(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// flushDir makes names survive the plug being pulled. Windows has no such thing.
func flushDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
