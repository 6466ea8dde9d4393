package shop

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// ErrRunning says that a Ringback runs on that data directory already.
var ErrRunning = errors.New("a Ringback is already running on this data directory")

// UsageError is a wrong flag, file or value: its sentence names it and says what is allowed.
type UsageError struct{ Message string }

func (e *UsageError) Error() string { return e.Message }

// DefaultData is the operating system's place for application data.
func DefaultData() string {
	dir, err := os.UserConfigDir()
	if err != nil {
		dir = "."
	}
	return filepath.Join(dir, "ringback")
}

// openData makes the data directory, for its owner only, and takes its lock.
func (s *Shop) openData(context.Context) error {
	dir := s.options.Data
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("the data directory can't be made: %w; choose another with -data", err)
	}
	if err := os.Chmod(dir, 0o700); err != nil { //nolint:gosec // a directory needs its x bit
		return fmt.Errorf("the data directory can't be kept private: %w; choose another with -data", err)
	}
	// The file stays when the program ends; only the lock on it counts.
	lock := flock.New(filepath.Join(dir, "ringback.lock"), flock.SetPermissions(0o600))
	locked, err := lock.TryLock()
	if err != nil {
		return fmt.Errorf("the data directory can't be written: %w; choose another with -data", err)
	}
	if !locked {
		return ErrRunning
	}
	s.onClose("the lock", lock.Unlock)
	return nil
}
