package sqlite

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"modernc.org/sqlite"
)

// file is where a database is.
type file struct {
	path   string // absolute; in memory a name that begins with a slash
	memory bool
	size   int64 // in bytes; 0: made just now, or empty
}

// memories makes databases in memory differ.
var memories atomic.Int64

// locate finds the file or makes it, for its owner's eyes only. SQLite gives its
// write-ahead log the same permissions.
func locate(path string) (file, error) {
	if path == Memory {
		return file{path: fmt.Sprintf("/ringback-%d", memories.Add(1)), memory: true}, nil
	}
	if path == "" {
		return file{}, errors.New("open the database: no path was given")
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return file{}, fmt.Errorf("open the database: %w", err)
	}
	if err := lockWell(); err != nil {
		return file{}, err
	}
	size, err := makeFile(path)
	if err != nil {
		return file{}, fmt.Errorf("open the database: %w: %w", ErrReadOnly, err)
	}
	return file{path: path, size: size}, nil
}

func makeFile(path string) (size int64, err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	if !info.Mode().IsRegular() {
		return 0, &fs.PathError{Op: "open", Path: path, Err: errors.New("not a file")}
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		if err := f.Chmod(0o600); err != nil {
			return 0, err
		}
	}
	return info.Size(), nil
}

// lockWell is needed because with the locks that SQLite takes on Linux otherwise,
// any closing of the file in this process, by a copy or a hash of it, would drop
// them all.
var lockWell = sync.OnceValue(func() error {
	_, err := sqlite.OFDLocking(true)
	if err == nil || errors.Is(err, sqlite.ErrOFDLockingUnavailable) {
		return nil
	}
	return fmt.Errorf("open the database: %w", err)
})

// use is what a connection is for.
type use int

const (
	writing use = iota
	reading
	copying // changes nothing either, but SQLite takes its copies for writing
)

// pool opens the file for one use. Nothing is read before the first connection.
func (f file) pool(u use, connections int) (*sql.DB, error) {
	db, err := sql.Open("sqlite", f.dsn(u))
	if err != nil {
		return nil, explain("open the database", err)
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// dsn names the file and, with it, how each connection to it must behave.
func (f file) dsn(u use) string {
	q := url.Values{
		"_busy_timeout": {"3000"},
		"_foreign_keys": {"1"},
		"_synchronous":  {"FULL"},
		"_defensive":    {"1"},
		"_dqs":          {"0"},
		"_error_rc":     {"1"},
		"_pragma": {
			"temp_store(MEMORY)",  // nobody's name in a file that we don't know of
			"secure_delete(FAST)", // what was erased is not left lying in the file
			"trusted_schema(0)",   // a file that came from elsewhere runs nothing of its own
			"cell_size_check(1)",  // find damage early
			"wal_autocheckpoint(1000)",
			"journal_size_limit(16777216)",
		},
	}
	switch {
	case f.memory:
		q.Set("vfs", "memdb")
		q.Set("_journal_mode", "MEMORY")
	case u == writing:
		q.Set("_journal_mode", "WAL")
	}
	if u == reading {
		q.Set("_query_only", "1")
	}
	path := filepath.ToSlash(f.path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // a drive of Windows
	}
	return (&url.URL{Scheme: "file", OmitHost: true, Path: path, RawQuery: q.Encode()}).String()
}
