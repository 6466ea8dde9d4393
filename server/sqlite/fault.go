package sqlite

import (
	"errors"
	"fmt"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// What can be wrong with a database. Each stands at the end of a chain that says
// what was tried, before SQLite's own words.
var (
	ErrClosed   = errors.New("the database was closed")
	ErrNewer    = errors.New("the database was made by a newer version of Ringback")
	ErrNotOurs  = errors.New("the file is not a database of Ringback's")
	ErrBusy     = errors.New("another program holds the database")
	ErrReadOnly = errors.New("the database can't be written")
	ErrFull     = errors.New("the disk is full")
	ErrDamaged  = errors.New("the database is damaged")
	ErrDisk     = errors.New("the disk failed")
)

// faults are what SQLite's primary result codes mean to an owner.
var faults = map[int]error{
	lib.SQLITE_BUSY:     ErrBusy,
	lib.SQLITE_LOCKED:   ErrBusy,
	lib.SQLITE_READONLY: ErrReadOnly,
	lib.SQLITE_PERM:     ErrReadOnly,
	lib.SQLITE_CANTOPEN: ErrReadOnly,
	lib.SQLITE_FULL:     ErrFull,
	lib.SQLITE_CORRUPT:  ErrDamaged,
	lib.SQLITE_NOTADB:   ErrNotOurs,
	lib.SQLITE_IOERR:    ErrDisk,
	lib.SQLITE_NOMEM:    ErrDisk,
}

// explain says what was tried and, where SQLite's code tells, what is wrong.
func explain(tried string, err error) error {
	if err == nil {
		return nil
	}
	if fault := faults[primary(err)]; fault != nil {
		return fmt.Errorf("%s: %w: %w", tried, fault, err)
	}
	return fmt.Errorf("%s: %w", tried, err)
}

// primary is SQLite's result code without its details; 0 for other errors.
func primary(err error) int {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code() & 0xff
	}
	return 0
}

// constraint says that only the statement was refused, because it broke a rule of
// the tables; its transaction goes on.
func constraint(err error) bool { return primary(err) == lib.SQLITE_CONSTRAINT }
