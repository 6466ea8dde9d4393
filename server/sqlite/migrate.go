package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"log/slog"
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
func (s *Store) migrate(ctx context.Context, db *sql.DB) error {
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
		return fmt.Errorf("migrate the database: %w", tooNew(now, last))
	}
	if now == last {
		return nil
	}
	return s.bringUp(ctx, db, p, now, last)
}

func (s *Store) bringUp(ctx context.Context, db *sql.DB, p *goose.Provider, now, last int64) error {
	attrs := []any{slog.Int64("from", now), slog.Int64("to", last)}
	if now > 0 && s.backups != "" {
		made, _, err := Shelf{Dir: s.backups}.put(ctx, db, fmt.Sprint(migrating, last), s.now())
		if err != nil {
			return err
		}
		attrs = append(attrs, slog.String("copy", filepath.Base(made.Path)))
	}
	if _, err := p.Up(ctx); err != nil {
		return explain("migrate the database", err)
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
