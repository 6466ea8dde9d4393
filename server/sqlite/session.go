package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"ringback/server/callback"
)

// session is one connection and the statements that were prepared on it. Only one
// goroutine may use it at a time.
//
// Statements run without the caller's context: one that was interrupted could take
// its neighbours' transaction with it, and each of them takes microseconds.
type session struct {
	conn  *sql.Conn
	stmts map[string]*sql.Stmt
}

func newSession(ctx context.Context, db *sql.DB) (*session, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, explain("open the database", err)
	}
	return &session{conn: conn, stmts: map[string]*sql.Stmt{}}, nil
}

// close gives the connection back; its statements end with it.
func (s *session) close() {
	for _, stmt := range s.stmts {
		_ = stmt.Close()
	}
	_ = s.conn.Close()
}

// prepared returns the statement, prepared at its first use.
func (s *session) prepared(query string) (*sql.Stmt, error) {
	if stmt, ok := s.stmts[query]; ok {
		return stmt, nil
	}
	stmt, err := s.conn.PrepareContext(context.Background(), query)
	if err != nil {
		return nil, err
	}
	s.stmts[query] = stmt
	return stmt, nil
}

func (s *session) exec(query string, args ...any) (sql.Result, error) {
	stmt, err := s.prepared(query)
	if err != nil {
		return nil, err
	}
	return stmt.ExecContext(context.Background(), args...)
}

// each calls scan for each row. No other statement may run before it returns.
func (s *session) each(scan func(rows *sql.Rows) error, query string, args ...any) error {
	stmt, err := s.prepared(query)
	if err != nil {
		return err
	}
	rows, err := stmt.QueryContext(context.Background(), args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// span is what one Update or View may do with a session, and for how long.
type span struct {
	*session
	update bool  // not only a view
	over   bool  // its function has returned
	wrote  bool  // something that may write was run
	broken error // after this error nothing of it can be trusted
}

var errOver = errors.New("a transaction was used after its function had returned")

// check remembers an error that may have undone more than its own statement, as
// SQLite does when the disk is full or fails; so nobody goes on by mistake.
func (s *span) check(err error) error {
	if err == nil || primary(err) == 0 || constraint(err) {
		return err
	}
	s.broken = explain("use the database", err)
	if s.update {
		s.broken = fmt.Errorf("%w: %w", callback.ErrNotSaved, s.broken)
	}
	return s.broken
}

func (s *span) usable() error {
	if s.over {
		return errOver
	}
	return s.broken
}

func (s *span) exec(query string, args ...any) (sql.Result, error) {
	if err := s.usable(); err != nil {
		return nil, err
	}
	s.wrote = true
	result, err := s.session.exec(query, args...)
	return result, s.check(err)
}

// changed runs a statement that must change one row: ErrNotFound if it changed none.
func (s *span) changed(query string, args ...any) error {
	result, err := s.exec(query, args...)
	if err != nil {
		return err
	}
	n, err := result.RowsAffected()
	if err == nil && n == 0 {
		return callback.ErrNotFound
	}
	return err
}

func (s *span) each(scan func(rows *sql.Rows) error, query string, args ...any) error {
	if err := s.usable(); err != nil {
		return err
	}
	return s.check(s.session.each(scan, query, args...))
}

// one reads one row into the targets: ErrNotFound if there is none.
func (s *span) one(targets []any, query string, args ...any) error {
	found := false
	err := s.each(func(rows *sql.Rows) error {
		if found {
			return nil
		}
		found = true
		return rows.Scan(targets...)
	}, query, args...)
	if err == nil && !found {
		return callback.ErrNotFound
	}
	return err
}

// number reads one whole number.
func (s *span) number(query string, args ...any) (int, error) {
	var n int
	err := s.one([]any{&n}, query, args...)
	return n, err
}

// list reads rows of one column.
func list[T any](s *span, query string, args ...any) ([]T, error) {
	var found []T
	err := s.each(func(rows *sql.Rows) error {
		var x T
		if err := rows.Scan(&x); err != nil {
			return err
		}
		found = append(found, x)
		return nil
	}, query, args...)
	return found, err
}
