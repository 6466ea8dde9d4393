package logs

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"github.com/DeRuina/timberjack"
)

const (
	fileName   = "ringback.log"
	maxMB      = 10
	maxBackups = 8
	maxDays    = 30
	fileMode   = 0o600 // logs tell when a shop is busy and who ran what
	dirMode    = 0o700
)

// file is the rotated log file. It stands before timberjack because a write
// after timberjack's Close opens the file again, and on a Windows computer a
// file that is open can't be moved or deleted.
type file struct {
	mu     sync.Mutex
	closed bool
	to     *timberjack.Logger
}

// openFile makes the file at once, where timberjack would wait for the first
// line and slog would drop the error.
func openFile(dir string) (*file, error) {
	path := filepath.Join(dir, fileName)
	if err := prepare(path); err != nil {
		return nil, fmt.Errorf("open log: %w", err)
	}
	return &file{to: &timberjack.Logger{
		Filename:    path,
		MaxSize:     maxMB,
		MaxBackups:  maxBackups,
		MaxAge:      maxDays,
		Compression: "gzip",
		FileMode:    fileMode, // of new files; compressed ones inherit it
	}}, nil
}

// prepare sees that the file is there, can be appended to and is the owner's
// only, with its directory, also when they were copied here with a wider mode.
func prepare(path string) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, dirMode); err != nil {
		return err
	}
	if err := os.Chmod(dir, dirMode); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, fileMode)
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	// By path, because Windows refuses it on a file opened for appending.
	return os.Chmod(path, fileMode)
}

// Write appends one line. The error after Close is os.ErrClosed.
func (f *file) Write(line []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return 0, os.ErrClosed
	}
	return f.to.Write(line)
}

// Close waits for a compression under way. Closing twice is harmless.
func (f *file) Close() error {
	f.mu.Lock()
	f.closed = true
	f.mu.Unlock()
	if err := f.to.Close(); err != nil {
		return fmt.Errorf("close log: %w", err)
	}
	return nil
}
