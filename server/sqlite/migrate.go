package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/pressly/goose/v3"
)

// migrations are run in the order of their numbers, each once and each whole or not
// at all. One that was ever released is never changed.
//
//go:embed migration/*.sql
var migrations embed.FS

// applicationID stands in the header of each database of ours: "Ring" in ASCII.
const applicationID = 0x52696e67

// migrate brings a database of ours up to date. One that is newer than this program
// stays as it is.
func (s *Store) migrate(ctx context.Context, f file, db *sql.DB) error {
	steps, err := fs.Sub(migrations, "migration")
	if err != nil {
		return fmt.Errorf("migrate the database: %w", err)
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, steps, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return explain("migrate the database", err)
	}
	now, last, err := p.GetVersions(ctx)
	if err != nil {
		return explain("migrate the database", err)
	}
	if now > last {
		return fmt.Errorf("migrate the database: %w: it has version %d, this program knows %d", ErrNewer, now, last)
	}
	if now == last {
		return nil
	}
	return s.bringUp(ctx, f, db, p, now, last)
}

func (s *Store) bringUp(ctx context.Context, f file, db *sql.DB, p *goose.Provider, now, last int64) error {
	aside := ""
	if now > 0 && !f.memory {
		aside = fmt.Sprintf("%s.v%d-%s", f.path, now, s.now().UTC().Format("20060102T150405.000Z"))
		if err := copyTo(ctx, db, aside); err != nil {
			return explain("put a copy of the database aside", err)
		}
	}
	if _, err := p.Up(ctx); err != nil {
		return explain("migrate the database", err)
	}
	attrs := []any{slog.Int64("from", now), slog.Int64("to", last)}
	if aside != "" {
		attrs = append(attrs, slog.String("copy", filepath.Base(aside)))
	}
	s.log.Info("database brought up to date", attrs...)
	return nil
}

// ours refuses a file that holds something else.
func ours(ctx context.Context, db *sql.DB) error {
	var id, tables int
	err := db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id)
	if err != nil || id == applicationID {
		return explain("open the database", err)
	}
	// goose keeps its table before the first migration is through.
	err = db.QueryRowContext(ctx, `
		SELECT count(*) FROM sqlite_schema
		WHERE type = 'table' AND name NOT IN ('goose_db_version', 'sqlite_sequence')`).Scan(&tables)
	if err == nil && tables > 0 {
		err = ErrNotOurs
	}
	return explain("open the database", err)
}

// copyTo makes a consistent copy that is safely on disk, in a file that must not be
// there yet.
func copyTo(ctx context.Context, db *sql.DB, path string) (err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if err = errors.Join(err, f.Close()); err != nil {
			_ = os.Remove(path)
		}
	}()
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", path); err != nil {
		return err
	}
	return f.Sync()
}
