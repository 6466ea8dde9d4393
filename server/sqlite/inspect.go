package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
)

// Inspect checks a database of ours from end to end and changes nothing: SQLite's own
// check, then the event log. It may belong to a program that runs. Errors: fs.ErrNotExist,
// *ChainError, and those of Open.
func Inspect(ctx context.Context, path string) (Chain, error) {
	db, err := openToRead(ctx, path, reading)
	if err != nil {
		return Chain{}, err
	}
	chain, err := inspect(ctx, db)
	return chain, errors.Join(err, db.Close())
}

func inspect(ctx context.Context, db *sql.DB) (Chain, error) {
	if err := sound(ctx, db, "integrity_check"); err != nil {
		return Chain{}, err
	}
	session, err := newSession(ctx, db)
	if err != nil {
		return Chain{}, err
	}
	defer session.close()
	if _, err := session.exec("BEGIN"); err != nil {
		return Chain{}, explain("begin to read", err)
	}
	chain, err := (&reader{span{session: session}}).verify(ctx, nil)
	if _, end := session.exec("ROLLBACK"); err == nil {
		err = end
	}
	if err != nil {
		return chain, explain("read the event log", err)
	}
	return chain, chain.Err()
}

// openToRead opens a database of ours that is there, and no newer than this program.
func openToRead(ctx context.Context, name string, u use) (*sql.DB, error) {
	at, err := filepath.Abs(name)
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	if err := readable(at); err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	if err := lockWell(); err != nil {
		return nil, err
	}
	db, err := file{path: at}.pool(u, 1)
	if err != nil {
		return nil, err
	}
	if err = ours(ctx, db); err == nil {
		err = notNewer(ctx, db)
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// readable comes before SQLite, which would make a file that is not there.
func readable(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	switch {
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return fmt.Errorf("%w: it is a directory, or a device", ErrNotOurs)
	case info.Size() == 0:
		return fmt.Errorf("%w: it is empty", ErrNotOurs)
	}
	return nil
}

// notNewer refuses a database that a newer program has migrated.
func notNewer(ctx context.Context, db *sql.DB) error {
	var now sql.NullInt64
	if err := db.QueryRowContext(ctx, "SELECT max(version_id) FROM goose_db_version").Scan(&now); err != nil {
		return explain("read the database's version", err)
	}
	last, err := newestMigration()
	if err == nil && now.Int64 > last {
		err = tooNew(now.Int64, last)
	}
	return err
}

// newestMigration is the number that the last file begins with.
func newestMigration() (int64, error) {
	steps, err := fs.Glob(migrations, "migration/*.sql")
	if err != nil {
		return 0, err
	}
	number, _, _ := strings.Cut(path.Base(steps[len(steps)-1]), "_")
	return strconv.ParseInt(number, 10, 64)
}

func tooNew(now, last int64) error {
	return fmt.Errorf("%w: it has version %d, this program knows %d", ErrNewer, now, last)
}

// sound is SQLite's own check; of its findings the first is enough.
func sound(ctx context.Context, db *sql.DB, check string) error {
	var found string
	if err := db.QueryRowContext(ctx, "PRAGMA "+check+"(1)").Scan(&found); err != nil {
		return explain("check the database", err)
	}
	if found != "ok" {
		return fmt.Errorf("check the database: %w: %s", ErrDamaged, strings.Join(strings.Fields(found), " "))
	}
	return nil
}
